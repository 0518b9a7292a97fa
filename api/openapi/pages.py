"""What can be asked over HTTP, as an OpenAPI 3.1 document and as a page, made from the questions' headers.

A module that has addresses of its own tells of them with ``add_paths``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final, cast

from flask import Blueprint, Flask, Response, current_app, make_response, render_template

from api.caching.fresh import unchanged_or
from api.http.addresses import local
from api.openapi.others import other_paths
from api.openapi.questions import question_paths
from api.openapi.schemas import Json, components
from api.querying.service import the_service
from api.questions.choices import states
from kb import __version__

blueprint = Blueprint("openapi", __name__)

_ADDED: Final = "legation.openapi"
_JSON: Final = "application/json"
_PAGE: Final = "text/html"
_ABOUT: Final = """\
Questions about states, their leaders, what they do with one another and where: each answer leads to the \
words of a text or to the sources of a record. Any address may also be asked with HEAD. An unknown parameter \
is refused with 400, an unknown form with 406; every refusal says what is wrong, where, and what to do."""

Paths = Mapping[str, object]


def add_paths(app: Flask, paths: Callable[[], Paths]) -> None:
    """Let a module tell of its addresses: ``paths`` returns path items by path, as OpenAPI 3.1 writes them.

    They may refer to the components of ``api.openapi.schemas`` (``refusals(400, 503)``).
    """
    app.extensions.setdefault(_ADDED, []).append(paths)


def document() -> Json:
    """Return the OpenAPI document of the present application."""
    service = the_service()
    codes = [choice.value for choice in states()]
    added = cast(list[Callable[[], Paths]], current_app.extensions.get(_ADDED, []))
    paths: Json = {**question_paths(codes, service.settings.query_rows), **other_paths(current_app)}
    for more in added:
        paths.update(more())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Legation",
            "version": __version__,
            "summary": "A bilateral-relations knowledge base",
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": local("") or "/"}],
        "tags": [
            {"name": "questions", "description": "Asked by name, with typed parameters."},
            {"name": "sparql", "description": "Asked in SPARQL."},
            {"name": "things", "description": "Every thing at the address that its IRI leads to."},
            {"name": "reconciliation", "description": "Names in a table, matched with entities."},
            {"name": "service", "description": "What the service says of itself."},
        ],
        "paths": paths,
        "components": components(codes),
    }


@blueprint.get("/openapi.json")
def as_json() -> Response:
    """Give the document."""
    return unchanged_or(lambda: Response(json.dumps(document(), ensure_ascii=False), mimetype=_JSON), _JSON)


@blueprint.get("/docs/api")
def as_page() -> Response:
    """Show the document as a page."""
    return unchanged_or(lambda: make_response(render_template("openapi.html", api=document())), _PAGE)
