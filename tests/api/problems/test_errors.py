"""One table from error to status, one content as data and as a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.problems.errors import STATUSES, status_of
from kb import errors
from kb.errors import BadArticle, LegationError, QueryTimeout, StoreBusy, StoreError
from tests.api.html import parse

FAMILY = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, LegationError)
]


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_every_error_of_the_family_has_a_status(kind: type[LegationError]) -> None:
    assert 400 <= status_of(kind("it went wrong")) < 600


def test_the_nearest_class_decides() -> None:
    assert status_of(BadArticle("it is empty")) == 400
    assert status_of(QueryTimeout("too slow")) == 504
    assert status_of(StoreBusy("locked")) == STATUSES[StoreError] == 503
    assert status_of(LegationError("strange")) == 500


def test_a_page_and_a_problem_say_the_same(client: FlaskClient, browser: FlaskClient) -> None:
    problem = json.loads(client.get("/person/nobody").data)
    (told,) = parse(browser.get("/person/nobody").data).all("p", role="alert")
    assert problem["status"] == 404
    assert problem["detail"] in told.words
    assert problem["place"] in told.words


def test_a_fault_of_our_own_tells_nothing_of_the_inside(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("the secret path /root/secret")

    monkeypatch.setattr("api.things.pages.thing_at", broken)
    response = client.get("/person/ada-moor.html?not-kept")
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert b"secret" not in response.data


INSIDE = [
    StoreError(
        "'current' cannot be read: /srv/secret/current", place="/srv/secret", repair="Remove /srv/secret"
    ),
    QueryTimeout("past its limit", place="/srv/secret", repair="Narrow it, or raise LEGATION_QUERY_SECONDS"),
    StoreBusy("another writer holds it", place="/srv/secret"),
]


@pytest.mark.parametrize("error", INSIDE, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize(
    "path",
    ["/person/ada-moor", "/sparql?query=ASK%7B%7D&format=none", "/questions/who-said-so?event=ev:tour"],
)
def test_where_the_store_stands_is_not_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch, error: StoreError, accept: str, path: str
) -> None:
    store = the_store_that_fails(error)
    monkeypatch.setattr("api.things.pages.the_store", store)
    monkeypatch.setattr("api.sparql.endpoint.the_store", store)
    monkeypatch.setattr("api.questions.pages.the_store", store)
    response = app.test_client().get(path, headers={"Accept": accept})
    assert response.status_code == status_of(error)
    assert b"secret" not in response.data
    assert b"LEGATION_" not in response.data


def the_store_that_fails(error: StoreError) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail


def test_what_is_wrong_with_the_store_is_told_to_the_operator(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("api.things.pages.the_store", the_store_that_fails(INSIDE[0]))
    response = app.test_client().get("/person/ada-moor")
    assert response.headers["Retry-After"] == "1"
    assert "/srv/secret" in caplog.text
    assert "ada-moor" not in caplog.text


@pytest.mark.parametrize("path", ["/questions", "//questions/", "//evil.example/%2f.."])
def test_no_answer_leads_where_the_host_header_says(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Host": "evil.example"})
    assert response.status_code in (200, 404)
    assert "Location" not in response.headers


def test_errors_of_http_have_our_own_words(client: FlaskClient) -> None:
    assert client.get("/a/b/c/d").get_json()["detail"] == "there is no such page"
    response = client.delete("/questions/")
    assert response.get_json()["detail"] == "that method is not taken here"
    assert "GET" in response.headers["Allow"]
