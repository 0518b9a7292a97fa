"""An answer that was made while the store was switched is not kept for later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response

from api import create_app
from api.caching.fresh import fresh
from api.querying.rows import texts
from api.querying.service import the_store
from kb.settings import Settings
from kb.store import open_store
from kb.store.switching import switch
from tests.store.world import g, triple, whole


def built(folder: Path, mark: str) -> Path:
    with open_store(str(folder)) as store:
        store.commit([whole(g("facts"), triple("s", mark))])
    return folder


def marking(before_asking: list[Callable[[], object]]) -> Blueprint:
    """Return a page that shows the store's mark; what is in the list happens between look and question."""
    blueprint = Blueprint("marking", __name__)

    @blueprint.get("/mark/")
    def mark() -> Response:
        version = the_store().version()
        while before_asking:
            before_asking.pop()()
        found = texts(the_store(), "SELECT ?mark { ?s ?p ?mark }")
        return fresh(Response(found[0]["mark"]), version, "text/plain")

    return blueprint


def test_an_answer_made_across_a_switch_is_not_given_again(tmp_path: Path) -> None:
    one, two, link = built(tmp_path / "base-1", "one"), built(tmp_path / "base-2", "two"), tmp_path / "base"
    switch(link, one)
    meanwhile: list[Callable[[], object]] = [lambda: switch(link, two)]
    with open_store(str(link)) as store:
        app = create_app(store, Settings())
        app.register_blueprint(marking(meanwhile))
        client = app.test_client()
        assert client.get("/mark/").data == b"two"  # true now, though it was looked up for the other
        switch(link, one)
        assert client.get("/mark/").data == b"one"
        assert client.get("/mark/").data == b"one"
        metrics = client.get("/metrics").get_data(as_text=True)
    assert 'legation_answer_lookups_total{found="yes"} 1.0' in metrics
    assert 'legation_answer_lookups_total{found="no"} 2.0' in metrics
