"""Comunica: it finds out by itself what a service is, asks it, joins it with documents, and writes."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from rdflib import RDFS, Graph

from tests.clients import comunica
from tests.clients.asked import ABOUT, ADA, KNOWN, LABEL, NAME, REFERENCE
from tests.clients.conftest import Bench

SCRIPT: Final = Path(comunica.__file__).with_name("ask.js")
FACTS: Final = f"""
SELECT ?who ?name (COUNT(?p) AS ?facts) WHERE {{
  ?who a ?kind ; <{RDFS.label}> ?name ; ?p ?o .
  OPTIONAL {{ ?who <urn:x:not-there> ?nothing }}
  FILTER(STRSTARTS(STR(?who), "{str(ADA).rsplit("/", 1)[0]}"))
}} GROUP BY ?who ?name ORDER BY ?name LIMIT 3
"""


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    error: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        assert not self.error
        found: list[dict[str, Any]] = json.loads(self.text)["results"]["bindings"]
        return found


def ask(*questions: tuple[str, dict[str, Any]]) -> list[Answer]:
    """Ask Comunica, in one process of its own."""
    sent = json.dumps([{"query": query, "context": context} for query, context in questions])
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=sent,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "NODE_PATH": str(comunica.folder() / "node_modules")},
    )
    assert done.returncode == 0, done.stderr
    return [Answer(found.get("text", ""), found.get("error", "")) for found in json.loads(done.stdout)]


@pytest.fixture(scope="module", autouse=True)
def installed() -> Iterator[None]:
    if not comunica.node_is_new_enough():
        pytest.skip("needs Node 20")
    if comunica.program() is None:
        pytest.skip("needs Comunica: python -m tests.clients.comunica")
    yield


@pytest.fixture(scope="module")
def told(site: str, sparql: str) -> dict[str, Answer]:
    """What Comunica answers to each question, by name; all of it in one process, which is slow to start."""
    service = {"sources": [{"type": "sparql", "value": sparql}]}
    found = {"sources": [sparql]}
    both = {"sources": [{"type": "sparql", "value": sparql}, f"{site}person/ada-moor"]}
    questions: dict[str, tuple[str, dict[str, Any]]] = {
        "service": (LABEL, service),
        "found": (LABEL, found),
        "truth": (KNOWN, service),
        "graph": (ABOUT, service),
        "facts": (FACTS, service),
        "named": (f"SELECT ?label {{ GRAPH <{REFERENCE}> {{ <{ADA}> <{RDFS.label}> ?label }} }}", service),
        "values": (f'SELECT ?s {{ VALUES ?l {{ "Ada Moor"@en "x" }} ?s <{RDFS.label}> ?l }}', found),
        "document": (LABEL, {"sources": [f"{site}person/ada-moor"]}),
        "joined": (LABEL.replace("SELECT", "SELECT DISTINCT"), both),
        "written": ("INSERT DATA { <urn:x:a> <urn:x:b> 1 }", service),
    }
    return dict(zip(questions, ask(*questions.values()), strict=True))


@pytest.mark.parametrize("name", ["service", "found", "named", "document", "joined"])
def test_rows_of_a_service_and_of_a_document(told: dict[str, Answer], name: str) -> None:
    (row,) = told[name].rows
    assert (row["label"]["value"], row["label"]["xml:lang"]) == (str(NAME), "en")


def test_a_truth(told: dict[str, Answer]) -> None:
    assert json.loads(told["truth"].text)["boolean"] is True


def test_a_graph(told: dict[str, Answer]) -> None:
    graph = Graph().parse(data=told["graph"].text, format="nt")
    assert (ADA, RDFS.label, NAME) in graph


def test_groups_order_and_limit(told: dict[str, Answer]) -> None:
    names = [row["name"]["value"] for row in told["facts"].rows]
    assert names == sorted(names)
    assert len(names) == 3
    assert all(int(row["facts"]["value"]) > 1 for row in told["facts"].rows)


def test_values_are_sent_along(told: dict[str, Answer]) -> None:
    assert [row["s"]["value"] for row in told["values"].rows] == [str(ADA)]


def test_an_update_of_a_base_is_refused(told: dict[str, Answer]) -> None:
    assert "403" in told["written"].error


def test_an_update_of_a_workbench_with_its_token(bench: Bench) -> None:
    source = {"type": "sparql", "value": bench.sparql}
    insert = "INSERT DATA { <urn:x:by> <urn:x:client> 'Comunica' }"
    stranger, writer, reader = ask(
        (insert, {"sources": [source]}),
        (insert, {"sources": [source], "httpAuth": f"anyone:{bench.token}"}),
        ("SELECT ?who { <urn:x:by> <urn:x:client> ?who }", {"sources": [source]}),
    )
    assert "401" in stranger.error
    assert not writer.error
    assert [row["who"]["value"] for row in reader.rows] == ["Comunica"]
