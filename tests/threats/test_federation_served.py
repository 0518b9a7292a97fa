"""SERVICE through the real server: the operator's list decides, and the answer is nobody's to keep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.queries.toy import toy_store
from tests.threats.canary import Canary
from tests.threats.other_service import Other, answer, other
from tests.threats.serving import Answer, Served, serving


@pytest.fixture(scope="module")
def there() -> Iterator[Other]:
    with other(answer()) as found:
        yield found


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory, there: Other, bird: Canary) -> Iterator[Served]:
    """A server whose operator lists two services on this machine, and says of one that it may be there."""
    store = tmp_path_factory.mktemp("federation") / "store"
    toy_store(store).close()
    listed = f"{there.address}, {bird.address}/sparql"
    with serving(store, LEGATION_SERVICES=listed, LEGATION_SERVICES_INTERNAL=there.place) as found:
        yield found


def ask(served: Served, query: str) -> Answer:
    headers = {"Accept": "application/sparql-results+json", "Cookie": "a=b", "Authorization": "Bearer c"}
    return served.send("GET", f"/sparql?query={quote(query)}", headers)


def test_a_listed_service_is_asked_and_its_rows_join_ours(joined: Served, there: Other) -> None:
    before = len(there.seen)
    ours = "{ SELECT ?t { ?t a ?c } LIMIT 1 }"
    query = f"SELECT ?t ?o {{ {ours} SERVICE <{there.address}> {{ ?s <urn:x:p> ?o }} }}"
    found = ask(joined, query)
    assert found.status == 200, found.body
    (row,) = json.loads(found.body)["results"]["bindings"]
    assert row["o"]["value"] == "x"
    assert row["t"]
    headers, body = there.seen[before]
    assert b"urn:x:p" in body
    assert not {"cookie", "authorization", "referer", "x-forwarded-for"} & set(headers)
    assert "etag" not in found.headers


def test_each_time_it_is_asked_anew(joined: Served, there: Other) -> None:
    before = len(there.seen)
    query = f"SELECT ?o {{ SERVICE <{there.address}> {{ ?s <urn:x:p> ?o }} }}"
    for _ in range(2):
        assert ask(joined, query).status == 200
    assert len(there.seen) == before + 2


def test_a_service_that_is_not_listed_is_refused(joined: Served, bird: Canary) -> None:
    before = bird.hits
    found = ask(joined, f"ASK {{ SERVICE <{bird.address}/other> {{ ?s ?p ?o }} }}")
    assert found.status == 403
    assert b"operator" in found.body
    assert bird.hits == before


def test_a_listed_service_on_a_private_address_is_not_called_by_that_alone(
    joined: Served, bird: Canary
) -> None:
    before = bird.hits
    found = ask(joined, f"ASK {{ SERVICE <{bird.address}/sparql> {{ ?s ?p ?o }} }}")
    assert found.status == 502
    problem = json.loads(found.body)
    assert "not public" in problem["detail"]
    assert problem["place"] == f"{bird.address}/sparql"
    assert bird.hits == before


def test_a_service_that_fails_is_told_by_its_own_address_and_not_the_relays(
    joined: Served, there: Other
) -> None:
    there.behaviour = answer(b"", 500)
    try:
        found = ask(joined, f"SELECT ?o {{ SERVICE <{there.address}> {{ ?s <urn:x:p> ?o }} }}")
        silent = ask(joined, f"SELECT ?o {{ SERVICE SILENT <{there.address}> {{ ?s <urn:x:p> ?o }} }}")
    finally:
        there.behaviour = answer()
    assert found.status == 502
    assert json.loads(found.body)["place"] == there.address
    assert silent.status == 200


def test_a_bad_list_is_told_at_the_start(tmp_path: Path) -> None:
    toy_store(tmp_path / "store").close()
    with (
        pytest.raises(AssertionError, match="LEGATION_SERVICES"),
        serving(tmp_path / "store", LEGATION_SERVICES="http://2130706433/"),
    ):
        pass
