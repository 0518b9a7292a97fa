"""A fault of our own: a reference for the client, its place for the operator, its words for nobody."""

from __future__ import annotations

import json
import logging
import sys

import flask
import pytest
import werkzeug
from flask import Flask, Response

from api import create_app
from api.monitoring import logs
from kb import __version__
from kb.settings import Settings
from kb.store import Store
from tests.api.html import parse

ASKED = "person:the-one-who-was-asked-for"
PLANTED = f"cannot read /srv/secret/store while answering {ASKED}"


@pytest.fixture
def faulty(store: Store) -> Flask:
    app = create_app(store, Settings())

    def broken() -> str:
        raise RuntimeError(PLANTED)

    def breaks_after() -> Response:
        return Response("", headers={"X-Break": "yes"})

    app.add_url_rule("/broken/", "broken", broken)
    app.add_url_rule("/breaks-after/", "breaks_after", breaks_after)
    return app


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_a_client_gets_a_reference_that_the_log_has_too(
    faulty: Flask, caplog: pytest.LogCaptureFixture, accept: str
) -> None:
    response = faulty.test_client().get(f"/broken/?who={ASKED}", headers={"Accept": accept})
    assert response.status_code == 500
    (record,) = (record for record in caplog.records if record.name == "legation.faults")
    told = json.loads(logs.JsonLines().format(record))
    assert told["reference"] in response.get_data(as_text=True)
    assert (told["endpoint"], told["error"]) == ("broken", "RuntimeError")
    assert any("test_faults.py" in frame for frame in told["frames"])


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_neither_answer_nor_log_tells_the_words_of_the_fault(
    faulty: Flask, caplog: pytest.LogCaptureFixture, accept: str
) -> None:
    response = faulty.test_client().get(f"/broken/?who={ASKED}", headers={"Accept": accept})
    logged = "\n".join(logs.JsonLines().format(record) for record in caplog.records)
    for secret in ("secret", ASKED, "Traceback", "RuntimeError"):
        assert secret not in response.get_data(as_text=True)
    for secret in ("secret", ASKED):
        assert secret not in logged


def test_each_fault_has_a_reference_of_its_own(faulty: Flask) -> None:
    first, second = (faulty.test_client().get("/broken/").get_json()["place"] for _ in range(2))
    assert first != second


def test_a_fault_after_the_answer_was_made_is_told_in_the_same_way(
    faulty: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(response: Response) -> Response:
        if "X-Break" in response.headers:
            raise RuntimeError(PLANTED)
        return response

    faulty.after_request(breaks)
    response = faulty.test_client().get(f"/breaks-after/?who={ASKED}")
    assert response.status_code == 500
    assert b"secret" not in response.data
    assert ASKED not in caplog.text
    assert "secret" not in caplog.text


WRONG = [
    ("GET", "/nope/nope/nope"),
    ("GET", "/person/nobody"),
    ("GET", "/sparql?query=SELEC"),
    ("GET", "/questions/who-said-so?event=nope%00"),
    ("GET", "/broken/"),
    ("DELETE", "/questions/"),
    ("POST", "/sparql"),
]


@pytest.mark.parametrize(("method", "path"), WRONG)
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_no_error_tells_a_library_its_version_a_path_or_a_stack(
    faulty: Flask, method: str, path: str, accept: str
) -> None:
    response = faulty.test_client().open(path, method=method, headers={"Accept": accept})
    assert response.status_code >= 400
    told = response.get_data(as_text=True) + str(response.headers)
    if accept == "text/html":  # the foot of every page says which Legation this is
        assert parse(response.data).all("footer")
        told = told.replace(f"Legation {__version__}", "Legation")
    inside = [
        "Traceback",
        "site-packages",
        ".py",
        "/work",
        "/home",
        "/tmp",
        "pyoxigraph",
        "Werkzeug",
        "werkzeug",
    ]
    inside += [sys.version.split()[0], version_of(flask), version_of(werkzeug), "werkzeug", "Flask", "python"]
    assert not [word for word in inside if word in told]


def version_of(module: object) -> str:
    from importlib.metadata import version

    return version(module.__name__)  # type: ignore[attr-defined]


def test_the_check_would_see_what_a_bare_framework_tells(caplog: pytest.LogCaptureFixture) -> None:
    bare = Flask(__name__)

    def broken() -> str:
        raise RuntimeError(PLANTED)

    bare.add_url_rule("/broken/", "broken", broken)
    with caplog.at_level(logging.ERROR):
        bare.test_client().get(f"/broken/?who={ASKED}")
    assert "secret" in caplog.text
