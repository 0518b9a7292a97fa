"""The real server over the toy base, and a canary that it must never call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Triple

from api import create_app
from kb.namespaces import expand
from kb.settings import Settings
from kb.store import GraphChange, Store
from tests.queries.toy import toy_store
from tests.threats.canary import Canary, canary
from tests.threats.payloads import ADDRESSES, PAYLOADS
from tests.threats.serving import Served, serving

PERSON = NamedNode(expand("lg:Person"))
LABEL = NamedNode(expand("rdfs:label"))
TYPE = NamedNode(expand("rdf:type"))
SEE = NamedNode(expand("rdfs:seeAlso"))


@pytest.fixture(scope="session")
def bird() -> Iterator[Canary]:
    with canary() as found:
        yield found


@pytest.fixture(scope="session")
def going_out(bird: Canary) -> dict[str, str]:
    """Return an environment that sends whoever goes out by way of the canary."""
    names = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY")
    return {**dict.fromkeys(names, bird.address), "no_proxy": ""}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, going_out: dict[str, str]) -> Iterator[Served]:
    """Return the server, over the toy base."""
    folder = tmp_path_factory.mktemp("threats") / "store"
    toy_store(folder).close()
    with serving(folder, **going_out) as found:
        yield found


def planted() -> frozenset[Triple]:
    """Return a person for each payload, who is called so and leads to each address."""
    found: list[Triple] = []
    for number, text in enumerate(PAYLOADS):
        person = NamedNode(expand(f"person:planted-{number}"))
        found += [Triple(person, TYPE, PERSON), Triple(person, LABEL, Literal(text, language="en"))]
        found += [Triple(person, SEE, NamedNode(address)) for address in ADDRESSES]
    return frozenset(found)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with toy_store(tmp_path_factory.mktemp("injection") / "store") as opened:
        opened.commit([GraphChange(NamedNode(expand("art:planted")), planted())])
        yield opened


@pytest.fixture(scope="session")
def app(store: Store) -> Flask:
    return create_app(store, Settings())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
