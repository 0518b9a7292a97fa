"""One table from error to status, one content as data and as a page."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from api.errors import STATUSES, status_of
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

    monkeypatch.setattr("api.things.thing_at", broken)
    response = client.get("/person/ada-moor")
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert b"secret" not in response.data
