"""Which media type a client gets."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import NotAcceptable

from api.http.negotiation import NAMES_OF_TRIPLES, best

OFFERS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")
ALIASES = {"application/json": OFFERS[0], "text/x-elsewhere": "text/elsewhere"}


def chosen(accept: str | None) -> str:
    headers = {} if accept is None else {"Accept": accept}
    with Flask("negotiation").test_request_context("/", headers=headers):
        return best(OFFERS, ALIASES)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, OFFERS[0]),
        ("", OFFERS[0]),
        ("*/*", OFFERS[0]),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("TEXT/CSV; charset=utf-8", "text/csv"),
        ("application/json", OFFERS[0]),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", OFFERS[1]),
        ("*/*, text/csv", "text/csv"),
        ("text/csv, application/sparql-results+xml", "text/csv"),
        ("*/*, application/sparql-results+json;q=0", OFFERS[1]),
        ("application/*, application/sparql-results+json;q=0.1", OFFERS[1]),
        ("text/html, application/xhtml+xml, */*;q=0.8", OFFERS[0]),
    ],
)
def test_the_client_gets_what_it_takes_best(accept: str | None, expected: str) -> None:
    assert chosen(accept) == expected


@pytest.mark.parametrize(
    "accept", ["text/html", "text/csv;q=0", "*/*;q=0", "text/elsewhere", "text/x-elsewhere"]
)
def test_a_client_that_takes_nothing_of_it_is_told_what_there_is(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="text/csv"):
        chosen(accept)


@pytest.mark.parametrize(
    "path", ["/sparql?query=CONSTRUCT+WHERE+{?s+?p+?o}", "/person/ada-moor", "/graphs?default"]
)
@pytest.mark.parametrize(("name", "form"), NAMES_OF_TRIPLES.items())
def test_triples_are_called_the_same_wherever_there_are_some(
    client: FlaskClient, path: str, name: str, form: str
) -> None:
    response = client.get(path, headers={"Accept": f"{name}, text/csv"}, follow_redirects=True)
    assert (response.status_code, response.mimetype) == (200, form)
