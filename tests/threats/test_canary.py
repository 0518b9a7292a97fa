"""Nothing that a client sends makes the service call anybody."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.request import urlopen

import pytest

from api.writing.tokens import hash_of, new_token
from tests.threats.canary import Canary
from tests.threats.serving import Answer, Served, serving
from tests.threats.vectors import EMPTY, Vector, documents, vectors
from tests.threats.writing_vectors import writing_vectors

LEAST = 20

BARE = {
    "rdflib, SERVICE": "rdflib.Graph().query('ASK {{ SERVICE <{there}/sparql> {{ ?s ?p ?o }} }}').askAnswer",
    "rdflib, FROM": "rdflib.Dataset().query('ASK FROM <{there}/turtle> {{ ?s ?p ?o }}').askAnswer",
    "rdflib, LOAD": "rdflib.Graph().update('LOAD <{there}/turtle>')",
    "rdflib, JSON-LD": "rdflib.Graph().parse(data={context!r}, format='json-ld')",
    "rdflib, by proxy": "rdflib.Graph().parse('http://nowhere.example/turtle')",
    "pyoxigraph, SERVICE": "list(pyoxigraph.Store().query('SELECT * {{ SERVICE <{there}/sparql> {{ }} }}'))",
    "pyoxigraph, LOAD": "pyoxigraph.Store().update('LOAD <{there}/turtle>')",
}
"""What libraries do with the same requests where nobody looks at them first."""


def send(served: Served, vector: Vector) -> Answer:
    return served.send(vector.method, vector.path, vector.headers, vector.body)


def faults(served: Served, bird: Canary, sent: Iterable[Vector]) -> list[str]:
    """Send requests; return which got another status than theirs, or made the canary be called."""
    wrong: list[str] = []
    before = bird.hits
    for vector in sent:
        answer = send(served, vector)
        if answer.status not in vector.statuses:
            said = answer.body[:200]
            wrong.append(f"{vector.name}: {answer.status}, not {sorted(vector.statuses)}: {said!r}")
        elif vector.statuses == EMPTY and vector.path.startswith("/sparql"):
            rows = json.loads(answer.body).get("results", {}).get("bindings", [])
            wrong += [f"{vector.name}: {len(rows)} rows"] if rows else []
        if bird.seen[before:]:
            wrong.append(f"{vector.name}: the canary was called")
            before = len(bird.seen)
    return [*wrong, *(["the canary was called in the end"] if bird.hits > before else [])]


def test_no_request_makes_the_service_call_anybody(served: Served, bird: Canary) -> None:
    sent = list(vectors(bird))
    assert len(sent) >= LEAST
    wrong = faults(served, bird, sent)
    assert not wrong, "\n".join(wrong)


def test_no_change_makes_a_workbench_call_anybody(
    tmp_path: Path, bird: Canary, going_out: dict[str, str]
) -> None:
    token = new_token()
    with serving(
        tmp_path / "bench", "--writable", LEGATION_UPDATE_TOKEN_HASH=hash_of(token), **going_out
    ) as bench:
        wrong = faults(bench, bird, writing_vectors(bird, token))
        content = bench.send("GET", "/graphs?graph=urn:x:g", {"Accept": "text/turtle"}).body
    assert not wrong, "\n".join(wrong)
    assert b"fetched" not in content


@pytest.mark.parametrize("name", BARE)
def test_the_canary_counts_what_a_bare_library_does(bird: Canary, name: str) -> None:
    context = documents(bird.address)["JSON-LD context"][1]
    program = f"import rdflib, pyoxigraph\n{BARE[name].format(there=bird.address, context=context)}"
    proxy = {"http_proxy": bird.address, "no_proxy": "127.0.0.1"}
    before = bird.hits
    subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **proxy},
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )
    assert bird.hits > before


def test_every_form_of_the_canarys_address_that_the_system_takes_is_counted(bird: Canary) -> None:
    before = bird.hits
    reached = 0
    for address in bird.forms().values():
        with contextlib.suppress(OSError), urlopen(address.replace("public.example@", ""), timeout=5):
            reached += 1
    assert reached >= 5
    assert bird.hits >= before + reached


def test_no_file_of_the_machine_stands_in_any_answer(served: Served, bird: Canary) -> None:
    secret = Path("/etc/passwd").read_bytes().splitlines()[0]
    for vector in vectors(bird):
        if "file" in vector.name:
            assert secret not in send(served, vector).body, vector.name
