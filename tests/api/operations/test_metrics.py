"""/metrics: counts by the names of routes, for whom the operator lets read them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from api import create_app
from kb.settings import Secret, Settings
from kb.store import Store

TOKEN = "t0ken-of-the-collector"


@pytest.fixture
def own(store: Store) -> Flask:
    return create_app(store, Settings())


def read(client: FlaskClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.get_data(as_text=True))
        for sample in family.samples
    }


def test_requests_are_counted_by_route_method_and_status(own: Flask) -> None:
    client = own.test_client()
    client.get("/settings")
    client.get("/settings?other=1")
    client.get("/settings", headers={"Accept": "image/png"})
    found = read(client)
    page = (("endpoint", "settings.show"), ("method", "GET"))
    assert found["legation_requests_total", (*page, ("status", "200"))] == 2
    assert found["legation_requests_total", (*page, ("status", "406"))] == 1
    assert found["legation_request_seconds_count", page[:1]] == 3
    assert found["legation_requests_running", ()] == 1


def test_nothing_that_a_client_sends_becomes_a_label(own: Flask) -> None:
    client = own.test_client()
    client.open("/a/b/c-5678", method="BREW")
    client.get("/sparql?query=SELECT+%3Fsecret+%7B+%3Fsecret+a+%3Fb+%7D")
    client.get("/questions/who-accompanied?person=ada-moor", headers={"User-Agent": "agent-1a2b"})
    text = client.get("/metrics").get_data(as_text=True)
    assert not [word for word in ("5678", "BREW", "secret", "ada-moor", "1a2b", "127.0.0.1") if word in text]


def test_there_is_nothing_of_the_process_or_the_platform(own: Flask) -> None:
    names = {name for name, _ in read(own.test_client())}
    assert names
    assert all(name.startswith("legation_") for name in names)
    assert "legation_requests_created" not in names


def test_the_store_s_version_is_told(own: Flask, store: Store) -> None:
    assert read(own.test_client())["legation_store_info", (("version", store.version()),)] == 1


def test_two_applications_count_apart(store: Store) -> None:
    first, second = create_app(store, Settings()), create_app(store, Settings())
    first.test_client().get("/questions/")
    assert not [name for name in read(second.test_client()) if ("endpoint", "questions.every") in name[1]]


def test_only_this_machine_may_read_them_by_default(own: Flask) -> None:
    elsewhere = own.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    assert elsewhere.get("/metrics").status_code == 404
    assert own.test_client().get("/metrics").status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_through_a_proxy_of_this_machine_nobody_may(own: Flask, header: str) -> None:
    assert own.test_client().get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


def test_behind_trusted_proxies_a_token_is_needed(store: Store) -> None:
    client = create_app(store, Settings(trusted_proxies=1)).test_client()
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer  {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 404),
        (f"Basic {TOKEN}", 404),
        (f"Bearer {TOKEN[:-1]}", 404),
        ("Bearer ", 404),
        ("Bearer \xff", 404),
        (None, 404),
    ],
)
def test_where_a_token_is_set_it_alone_decides(store: Store, sent: str | None, status: int) -> None:
    client = create_app(store, Settings(metrics_token=Secret(TOKEN))).test_client()
    headers = {"Authorization": sent} if sent else {}
    assert client.get("/metrics", headers=headers).status_code == status


def test_they_may_be_turned_off(store: Store) -> None:
    client = create_app(store, Settings(metrics="off", metrics_token=Secret(TOKEN))).test_client()
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 404


def test_stops_are_counted_by_limit(store: Store) -> None:
    settings = Settings(requests_exempt="", requests_per_second=0.01, requests_burst=2)
    client = create_app(store, settings).test_client()
    assert [client.get("/questions/").status_code for _ in range(4)] == [200, 200, 429, 429]
    client.environ_base["REMOTE_ADDR"] = "::1"  # another client, of this machine too
    text = client.get("/metrics").get_data(as_text=True)
    assert re.search(r'legation_stopped_total\{limit="rate"\} 2\.0', text)
