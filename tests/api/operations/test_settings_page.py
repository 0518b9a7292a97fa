"""/settings: each limit with its value and what happens past it; no secret, no path."""

from __future__ import annotations

from dataclasses import fields

from flask.testing import FlaskClient

from api import create_app
from api.operations.settings_page import OF_SETTINGS, UNSHOWN, bounds
from kb.settings import Secret, Settings
from kb.store import Store
from tests.api.html import parse


def test_each_setting_is_shown_or_known_to_be_no_client_s_business() -> None:
    names = {field.name for field in fields(Settings)}
    assert set(OF_SETTINGS) | UNSHOWN == names
    assert not set(OF_SETTINGS) & UNSHOWN


def test_page_and_json_tell_the_same_limits(client: FlaskClient, browser: FlaskClient) -> None:
    limits = client.get("/settings").get_json()["limits"]
    page = parse(browser.get("/settings").data)
    assert [element.words for element in page.all("code")] == [limit["name"] for limit in limits]
    assert all(limit["past"] in page.all("table")[0].words for limit in limits)
    assert browser.get("/settings").vary.as_set() >= {"accept"}


def test_the_values_are_those_that_bind(store: Store) -> None:
    settings = Settings(query_seconds=3.5, query_rows=77, requests_per_second=0)
    limits = create_app(store, settings).test_client().get("/settings").get_json()["limits"]
    values = {limit["name"]: limit["value"] for limit in limits}
    assert (values["query_seconds"], values["query_rows"]) == (3.5, 77)
    assert values["requests_per_second"] is None


def test_neither_secret_nor_path_nor_address_is_told(store: Store) -> None:
    secret = Settings(
        store="/srv/secret/store", reference="/srv/secret/own", cache="/srv/secret/cache",
        model_name="secret", model_key=Secret("secret"), metrics_token=Secret("secret"), model_address="https://secret.example/v1",
    )  # fmt: skip
    client = create_app(store, secret).test_client()
    for accept in ("text/html", "application/json"):
        assert b"secret" not in client.get("/settings", headers={"Accept": accept}).data


def test_each_limit_says_what_it_bounds_and_what_happens_past_it() -> None:
    for bound in bounds(Settings()):
        assert bound.what.endswith("."), bound.name
        assert bound.past, bound.name
