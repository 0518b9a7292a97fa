"""Pages of things are kept for the version of the data, as answers to questions are."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.caching.answer_cache import cache_of
from api.querying.service import the_store

PATHS = ("/person/ada-moor.html", "/person/ada-moor.ttl", "/article/herald.html", "/terms/Visit.html?lang=ko")


@pytest.mark.parametrize("path", PATHS)
def test_a_document_that_is_asked_for_again_is_kept_and_the_same(client: FlaskClient, path: str) -> None:
    first, *others = (client.get(path) for _ in range(3))
    cache = cache_of(client.application)
    assert [key for key in cache.answers if path.partition("?")[0] in key]
    for other in others:
        assert other.data == first.data
        assert other.headers.get("ETag") == first.headers.get("ETag")
        assert other.headers.getlist("Link") == first.headers.getlist("Link")


def test_a_page_in_one_language_is_not_given_to_who_reads_another(client: FlaskClient) -> None:
    def page(language: str) -> tuple[bytes, str | None]:
        for _ in range(3):
            response = client.get("/terms/Visit.html", headers={"Accept-Language": language})
        return response.data, response.headers.get("ETag")

    assert page("en") != page("ko")
    assert page("en") == page("en;q=0.9")


@pytest.mark.parametrize("path", [*PATHS, "/questions/", "/openapi.json", "/terms/", "/ontology/events.ttl"])
def test_every_document_has_a_tag_of_one_making_and_answers_304_to_it(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    tag = response.headers["ETag"]
    assert tag.startswith(f'W/"{response.headers.get("Legation-Version") or version_of(client.application)}-')
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"]) == (304, tag)
    assert client.get(path, headers={"If-None-Match": 'W/"else"'}).status_code == 200


def version_of(app: Flask) -> str:
    with app.app_context():
        return the_store().version()
