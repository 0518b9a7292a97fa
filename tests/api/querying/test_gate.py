"""Strangers' queries wait for each other, never pages for them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api import create_app
from api.querying.gate import Gate
from kb.errors import StoreBusy
from kb.settings import Settings
from kb.store import Store, open_store
from tests.queries.toy import toy_store

CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SETTINGS = Settings(query_seconds=3.0, readers=2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    toy_store(tmp_path / "store").close()
    with open_store(str(tmp_path / "store"), SETTINGS) as opened:
        yield opened


def test_pages_are_served_while_endless_queries_run(store: Store) -> None:
    app = create_app(store, SETTINGS)

    def endless(_: int) -> int:
        return app.test_client().get("/sparql", query_string={"query": CROSS}).status_code

    with ThreadPoolExecutor(max_workers=6) as pool:
        asked = [pool.submit(endless, n) for n in range(6)]
        time.sleep(0.3)
        began = time.monotonic()
        assert app.test_client().get("/", headers={"Accept": "text/html"}).status_code == 200
        assert time.monotonic() - began < 2
        assert {query.result() for query in asked} == {504}


def test_many_short_queries_at_once_are_all_answered(store: Store) -> None:
    app = create_app(store, SETTINGS)

    def short(_: int) -> int:
        return app.test_client().get("/sparql", query_string={"query": "ASK {}"}).status_code

    with ThreadPoolExecutor(max_workers=40) as pool:
        assert set(pool.map(short, range(80))) == {200}


def test_one_more_than_there_are_places_for_is_sent_away() -> None:
    gate = Gate(places=1, patience=0.05)
    with gate.through(), pytest.raises(StoreBusy, match="too many queries"), gate.through():
        pass
    with gate.through():  # the place is free again
        pass
