"""Headers that keep a page to itself, on every answer whatever its status."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from api import create_app
from kb.settings import Settings
from kb.store import Store

EVERY = ["/", "/healthz", "/readyz", "/metrics", "/settings", "/nope/nope/nope", "/sparql?query=SELEC"]


@pytest.mark.parametrize("path", EVERY)
def test_each_answer_forbids_what_no_page_of_ours_needs(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] == "Legation"


def test_tls_is_asked_for_only_where_the_operator_says_so(store: Store, client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    strict = create_app(store, Settings(hsts_seconds=86_400)).test_client()
    for path in EVERY:
        assert strict.get(path).headers["Strict-Transport-Security"] == "max-age=86400"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_nobody_keeps_how_the_service_is(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"
