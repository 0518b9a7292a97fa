"""What awaits review is in no form, nor are the parts of it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from kb.namespaces import BASE, expand
from kb.store import Store
from tests.api.html import parse

ACCEPTS = ("text/html", "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
SUFFIXES = ("html", "ttl", "jsonld", "nt", "rdf")


def parts(store: Store, claim: str) -> list[str]:
    """Return the local paths of a claim's slots and evidence."""
    query = "SELECT ?part { ?claim lg:hasSlot|lg:hasEvidence ?part }"
    rows = store.select(query, bindings={"claim": NamedNode(expand(f"claim:{claim}"))}).rows
    return ["/" + str(row[0].value).removeprefix(BASE) for row in rows]  # type: ignore[union-attr]


@pytest.mark.parametrize("address", ["/event/rifles", "/claim/rifles"])
def test_an_event_and_a_claim_that_await_review_have_no_document(client: FlaskClient, address: str) -> None:
    for accept in ACCEPTS:
        assert client.get(address, headers={"Accept": accept}).status_code == 404
    for suffix in SUFFIXES:
        response = client.get(f"{address}.{suffix}")
        assert response.status_code == 404
        assert b"Fox" not in response.data


def test_neither_have_the_slots_and_the_evidence_of_such_a_claim(client: FlaskClient, store: Store) -> None:
    held, shown = parts(store, "rifles"), parts(store, "tour")
    assert len(held) > 2 and len(shown) > 2
    for part in held:
        assert client.get(part).status_code == 404
        assert client.get(f"{part}.ttl").status_code == 404
    for part in shown:
        assert client.get(f"{part}.ttl").status_code == 200


def test_an_articles_data_block_tells_nothing_of_it(client: FlaskClient) -> None:
    (block,) = parse(client.get("/article/post").data).all("script")
    assert "claim/denial" not in block.text and "rifles" not in block.text
