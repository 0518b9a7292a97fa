"""Pages of answers over HTTP: limit, after, the header Link."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from api import create_app
from api.questions.kept import Kept
from kb.namespaces import expand
from kb.queries import answer, questions
from kb.settings import Settings
from kb.store import GraphDelta, Store
from tests.api.html import parse as page_of
from tests.queries.toy import CLAIMS, toy_store

BOTH = "state=XAL&other_state=XBO"
LINK = re.compile(r'<([^>]+)>; rel="(\w+)"')


def links(response: object) -> dict[str, str]:
    """Return the addresses of a response's header Link by their relation."""
    header = response.headers.get("Link", "")  # type: ignore[attr-defined]
    return {relation: address for address, relation in LINK.findall(header)}


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("suffix", ["csv", "json", "tsv", "xml", "srj", "ttl"])
def test_every_form_of_data_can_be_followed_from_page_to_page(client: FlaskClient, suffix: str) -> None:
    address: str | None = f"/questions/timeline-of-a-dyad.{suffix}?{BOTH}&limit=2"
    seen, pages = [], []
    while address:
        response = client.get(address)
        assert response.status_code == 200
        assert urlsplit(address).path == f"/questions/timeline-of-a-dyad.{suffix}"
        pages.append(response.get_data(as_text=True))
        seen.append(links(response))
        address = seen[-1].get("next")
    total = json.loads(client.get(f"/questions/timeline-of-a-dyad.json?{BOTH}").data)["total"]
    assert len(pages) == -(-total // 2) > 2
    assert "prev" not in seen[0] and "first" not in seen[0]
    assert all({"prev", "first"} <= found.keys() for found in seen[1:])
    assert client.get(seen[1]["prev"]).get_data(as_text=True) == pages[0]
    assert client.get(seen[2]["prev"]).get_data(as_text=True) == pages[1]
    assert client.get(seen[2]["first"]).get_data(as_text=True) == pages[0]


def test_the_pages_together_are_the_answer(client: FlaskClient) -> None:
    whole = rows_of(client.get(f"/questions/timeline-of-a-dyad.csv?{BOTH}").get_data(as_text=True))
    address: str | None = f"/questions/timeline-of-a-dyad?{BOTH}&limit=3"
    found: list[list[str]] = []
    while address:
        response = client.get(address, headers={"Accept": "text/csv"})
        found += rows_of(response.get_data(as_text=True))
        address = links(response).get("next")
    assert found == whole


def test_json_says_how_many_rows_there_are_and_where_the_next_page_begins(client: FlaskClient) -> None:
    address = f"/questions/timeline-of-a-dyad.json?{BOTH}&limit=2"
    first = client.get(address)
    found = json.loads(first.data)
    assert (len(found["rows"]), found["truncated"]) == (2, False)
    assert parse_qs(urlsplit(links(first)["next"]).query)["after"] == [found["next"]]
    last = json.loads(client.get(f"{address[:-1]}{found['total']}").data)
    assert last["next"] is None


def test_a_question_without_a_limit_gives_all_rows_and_no_links(client: FlaskClient) -> None:
    response = client.get(f"/questions/timeline-of-a-dyad.json?{BOTH}")
    found = json.loads(response.data)
    assert len(found["rows"]) == found["total"]
    assert "Link" not in response.headers


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", "007", "1e3", "100001", "٣", "9" * 30, " 5", ""])
def test_a_limit_that_is_none_is_refused_with_the_largest(client: FlaskClient, limit: str) -> None:
    response = client.get("/questions/denials.json", query_string={"limit": limit})
    assert response.status_code == 400
    assert json.loads(response.data)["place"] == "limit"


@pytest.mark.parametrize("after", ["x", "W10", "%2e", "A" * 5000])
def test_a_cursor_that_is_none_leads_nowhere(client: FlaskClient, browser: FlaskClient, after: str) -> None:
    response = client.get(f"/questions/denials.json?after={after}")
    assert response.status_code == 404
    assert json.loads(response.data)["place"] == "after"
    assert browser.get(f"/questions/denials?after={after}").status_code == 404


def test_a_page_for_the_eye_leads_to_the_next_and_back_and_to_all_data(browser: FlaskClient) -> None:
    page = page_of(browser.get(f"/questions/timeline-of-a-dyad?{BOTH}&limit=2").data)
    (onward,) = page.all("a", rel="next")
    assert "Rows 1–2 of" in page.all("nav", **{"aria-label": "Pages of the answer"})[0].words
    assert not page.all("a", rel="prev")
    second = page_of(browser.get(onward.attributes["href"] or "").data)
    assert second.all("a", rel="prev")[0].attributes["href"] == (
        f"/questions/timeline-of-a-dyad?{BOTH}&limit=2"
    )
    assert page.all("a", href=f"/questions/timeline-of-a-dyad.csv?{BOTH}")


def test_new_rows_do_not_shift_a_page_that_was_linked_before(tmp_path: Path) -> None:
    with toy_store(tmp_path / "store") as store:
        client = create_app(store, Settings()).test_client()
        address = f"/questions/timeline-of-a-dyad.csv?{BOTH}"
        whole = rows_of(client.get(address).get_data(as_text=True))
        onward = links(client.get(f"{address}&limit=3"))["next"].replace("limit=3", "limit=100")
        _take_away(store, "port")  # the first row
        rest = rows_of(client.get(onward).get_data(as_text=True))
        assert rest == whole[3:]
        assert len(rows_of(client.get(address).get_data(as_text=True))) == len(whole) - 1


def _take_away(store: Store, claim: str) -> None:
    article = next(where.id for each, where in CLAIMS if each.id == claim)
    graph = NamedNode(expand(f"art:{article}"))
    gone = {triple for triple in store.graph(graph) if triple.subject == NamedNode(expand(f"claim:{claim}"))}
    assert gone
    store.commit([GraphDelta(graph, remove=frozenset(gone))])


def test_the_pages_of_an_answer_ask_the_store_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(store: Store, name: str, *given: Any, halved: bool) -> object:
        asked.append(name)
        return answer(store, name, *given, halved=halved)

    monkeypatch.setattr("api.questions.asked.answer", counted)
    client = app.test_client()
    for suffix in ("json", "csv", "tsv"):
        for limit in (1, 2, 3):
            address = f"/questions/timeline-of-a-dyad.{suffix}?{BOTH}&from=1999&limit={limit}"
            assert client.get(address).status_code == 200
    assert asked == ["timeline-of-a-dyad"]


def test_what_is_kept_is_bounded_and_the_oldest_goes_first(store: Store) -> None:
    found = answer(store, "timeline-of-a-dyad", {"state": "XAL", "other_state": "XBO"}), 0
    size = (len(found[0].rows) + 1) * len(questions()["timeline-of-a-dyad"].columns)
    kept = Kept(cells=2 * size + 1)
    for key in "ab":
        kept.put(key, found)
    assert kept.get("a") is found  # and so it was used later than b
    kept.put("c", found)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (found, None, found)
    small = Kept(cells=size)
    small.put("a", found)
    assert small.get("a") is None, "one answer never takes more than half"
