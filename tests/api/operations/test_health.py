"""/healthz and /readyz: alive, able to answer, and honest about what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from api.monitoring.metrics import metrics_of
from api.operations.health import readiness
from kb.errors import StoreError
from kb.settings import Settings
from kb.store import Store, open_store
from tests.queries.toy import toy_store


@pytest.fixture
def own(store: Store) -> Flask:
    """Return an application of its own, which a test may stop."""
    return create_app(store, Settings())


@pytest.fixture
def unbuilt(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "nothing")) as store:
        yield store


def test_a_service_with_a_readable_store_is_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "alive"}
    assert client.get("/readyz").get_json() == {"status": "ready"}


def test_being_alive_touches_no_store(own: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def touched(*_given: object, **_named: object) -> NoReturn:
        raise AssertionError("the store was asked")

    monkeypatch.setattr("kb.store.embedded.EmbeddedStore.query_bytes", touched)
    monkeypatch.setattr("kb.store.embedded.EmbeddedStore.version", touched)
    assert own.test_client().get("/healthz").status_code == 200


def test_without_a_readable_store_it_is_alive_and_not_ready(unbuilt: Store) -> None:
    client = create_app(unbuilt, Settings()).test_client()
    response = client.get("/readyz")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.get_json()["missing"] == ["the store cannot be read"]
    assert "Retry-After" in response.headers
    assert client.get("/healthz").status_code == 200


def test_it_is_not_ready_before_all_is_warm(own: Flask) -> None:
    state, client = readiness(own), own.test_client()
    state.expect("the index of names")
    assert client.get("/readyz").get_json()["missing"] == ["the index of names is not ready yet"]
    state.warmed("the index of names")
    assert client.get("/readyz").status_code == 200


def test_one_trial_of_the_store_serves_all_who_ask_within_a_second(
    own: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def ask(*_given: object, **_named: object) -> bool:
        tried.append("once")
        raise StoreError("away")

    monkeypatch.setattr("kb.store.querying.QueryingStore.ask", ask)
    client = own.test_client()
    assert [client.get("/readyz").status_code for _ in range(5)] == [503] * 5
    assert tried == ["once"]


def test_one_that_stops_takes_nothing_new_and_says_so(own: Flask) -> None:
    client = own.test_client()
    assert client.get("/questions/").status_code == 200
    readiness(own).stop()
    for path in ("/", "/questions/", "/sparql?query=ASK%7B%7D", "/metrics"):
        response = client.get(path)
        assert (response.status_code, response.mimetype) == (503, "application/problem+json")
        assert response.get_json()["detail"] == "the service is stopping"
    assert client.get("/readyz").get_json()["missing"] == ["the service is stopping"]


def test_a_probe_that_fails_counts_as_no_request_that_a_limit_stopped(own: Flask) -> None:
    client = own.test_client()
    readiness(own).stop()
    assert client.get("/readyz").status_code == 503
    counted = metrics_of(own)
    assert not [each for each in counted.collect() if each.name == "legation_stopped" and each.samples]
    client.get("/questions/")
    (stopped,) = [each for each in counted.collect() if each.name == "legation_stopped"]
    assert [sample.labels["limit"] for sample in stopped.samples] == ["stopping"]
    assert client.get("/healthz").status_code == 200


def test_a_store_that_comes_back_makes_it_ready_again(own: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_given: object, **_named: object) -> NoReturn:
        raise StoreError("away")

    monkeypatch.setattr("api.operations.health._FRESH", -1.0)
    client = own.test_client()
    with monkeypatch.context() as broken:
        broken.setattr("kb.store.querying.QueryingStore.ask", away)
        assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").status_code == 200


def test_it_tells_neither_where_the_store_is_nor_why(tmp_path: Path) -> None:
    with toy_store(tmp_path / "secret") as store:
        client = create_app(store, Settings()).test_client()
        (tmp_path / "secret" / "current").write_text("damaged", encoding="ascii")
        response = client.get("/readyz")
    assert response.status_code == 503
    assert b"secret" not in response.data
