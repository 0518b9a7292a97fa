"""What the tests of workbenches share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pyoxigraph import BlankNode

from kb.settings import Settings
from kb.store import Store, Term
from kb.store.workbench import Part, WorkbenchStore
from tests.store.conftest import SETTINGS

QUICK = replace(SETTINGS, update_seconds=10.0)
SLOW = "INSERT { ?a <u:w> ?b } WHERE { ?a <u:v> ?x . ?b <u:v> ?y . ?c <u:v> ?z FILTER(?x + ?y + ?z < 0) }"
"""An update that would run for many minutes over 1,500 nodes."""


@contextmanager
def opened(folder: Path, settings: Settings = QUICK) -> Iterator[WorkbenchStore]:
    with WorkbenchStore.open(folder, settings, writable=True) as bench:
        yield bench


def rows(store: Store, query: str) -> set[tuple[str, ...]]:
    """Return a query's rows, each term as its text, blank nodes as they are labelled."""
    return {tuple(str(getattr(term, "value", term)) for term in row) for row in store.select(query).rows}


def every(store: Store) -> set[tuple[str, ...]]:
    """Return all triples, "None" as graph for the default one's; blank nodes are "_"."""
    query = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    return {tuple(_text(term) for term in row) for row in store.select(query).rows}


def _text(term: Term | None) -> str:
    return "_" if isinstance(term, BlankNode) else str(getattr(term, "value", term))


def turtle(text: str) -> list[Part]:
    """Return one statement as a document, or what ends with a full stop or nothing as it is."""
    ended = text if not text or text.endswith((".", "#")) else f"{text} ."
    return [Part(ended.encode(), "text/turtle")]


def nodes(count: int) -> str:
    """Return an update that gives the slow one something to do."""
    return "INSERT DATA { " + " ".join(f"<u:n{n}> <u:v> {n} ." for n in range(count)) + " }"


def writer_of(bench: WorkbenchStore) -> int:
    """Return the process that writes."""
    assert bench.writer_process is not None
    process = bench.writer_process._process
    assert process is not None
    return process.pid
