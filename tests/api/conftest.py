"""The application over the toy base, with a text and a name in it that try to break out of a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.test import TestResponse

from api import create_app
from kb.claims import StoredClaim, head_of, head_triples, text_triple, to_triples
from kb.namespaces import expand
from kb.records import ClaimType, Ref
from kb.settings import Settings
from kb.store import GraphChange, GraphDelta, Store
from tests.queries.toy import article, said, toy_store

SCRIPT = "<script>alert(1)</script>"
HOSTILE = article(
    "hostile", f"</div>{SCRIPT} toured “A&B”\n\n  {SCRIPT} <b>left</b>.\n", SCRIPT, date(2024, 1, 2)
)
VILLAIN = Ref(SCRIPT, expand("person:x-villain"))


def add_hostile(store: Store) -> None:
    claim, _ = said(
        HOSTILE, "broken", ClaimType.VISIT, f"{SCRIPT} toured “A&B”", agents=(VILLAIN,), speaker=VILLAIN
    )
    graph = NamedNode(expand("art:hostile"))
    label = Triple(NamedNode(VILLAIN.iri or ""), NamedNode(expand("rdfs:label")), Literal(SCRIPT))
    head = head_triples(head_of(HOSTILE, outlet_iri=None, run="toy"))
    triples = frozenset([label, *head, *to_triples(StoredClaim(claim, run="toy"), HOSTILE)])
    text = GraphDelta(NamedNode(expand("g:texts")), add=frozenset([text_triple(HOSTILE)]))
    store.commit([GraphChange(graph, triples), text])


class Following(FlaskClient):
    """A client that follows redirects, as browsers do."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("follow_redirects", True)
        return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with toy_store(tmp_path_factory.mktemp("api") / "store") as opened:
        add_hostile(opened)
        yield opened


@pytest.fixture(scope="session")
def app(store: Store) -> Flask:
    return create_app(store, Settings())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client that takes anything, as a program does."""
    return app.test_client()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """Return a client that would rather have pages, and follows where an address leads."""
    found = Following(app, app.response_class)
    found.environ_base["HTTP_ACCEPT"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    return found
