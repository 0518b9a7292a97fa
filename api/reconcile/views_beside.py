"""What stands beside the queries: suggestions, flyouts, previews, proposals of properties, an explanation."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from api.http.addresses import absolute, local, page_of
from api.reconcile import suggest
from api.reconcile.catalogue import Current
from api.reconcile.extension import as_shown, proposed
from api.reconcile.features import MEANINGS, meaning
from api.reconcile.manifest import PLACE
from api.reconcile.preview import card, flyout_of_entity, flyout_of_property, flyout_of_type
from api.reconcile.queries import LONGEST_TEXT, MOST_QUERIES, known_type
from api.reconcile.reading import shortened
from api.reconcile.types import Shown, default_types, type_at
from api.reconcile.views import json_answer, the_catalogue
from kb.errors import BadParameter, NotFound

blueprint = Blueprint("reconcile_beside", __name__, url_prefix=PLACE)

_FRAMED: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A preview may be framed by any page, as the protocol wants; it has nothing to run, to send or to lose."""
_MOST_LIMIT: Final = 100


@blueprint.get("/suggest/<kind>")
def suggestions(kind: str) -> Response:
    """Suggest entities, properties or types for what a client has typed."""
    prefix = request.args.get("prefix", "")
    if len(prefix) > LONGEST_TEXT:
        raise BadParameter(
            f"it has {len(prefix):,} characters", place="prefix", repair=f"Give {LONGEST_TEXT} at most"
        )
    cursor = _number("cursor", 0, suggest.FURTHEST)
    limit = _number("limit", suggest.SUGGESTED, _MOST_LIMIT) or suggest.SUGGESTED
    if kind == "entity":
        found = suggest.entities(the_catalogue(), prefix, _asked_types(), cursor, limit)
    elif kind == "property":
        found = suggest.some_properties(prefix, cursor, limit)
    elif kind == "type":
        found = suggest.some_types(prefix, cursor, limit)
    else:
        raise _no_service(kind)
    return json_answer({"result": found})


@blueprint.get("/flyout/<kind>")
def flyout(kind: str) -> Response:
    """Give a few words about an entity, a property or a type, as HTML without anything that runs."""
    identifier = request.args.get("id", "")
    if kind == "entity":
        html = flyout_of_entity(the_catalogue(), _known(identifier))
    elif kind == "property":
        found = flyout_of_property(identifier)
        if found is None:
            raise NotFound("there is no such property", place=shortened(identifier))
        html = found
    elif kind == "type":
        name = type_at(identifier)
        if name is None:
            raise NotFound("there is no such type", place=shortened(identifier))
        html = flyout_of_type(name)
    else:
        raise _no_service(kind)
    return json_answer({"id": identifier, "html": str(html)})


@blueprint.get("/properties")
def properties_of_a_type() -> Response:
    """Propose properties that entities of a type have."""
    asked = request.args.get("type", "")
    limit = _number("limit", 0, 1000)
    found = proposed(the_catalogue(), known_type(asked, "type")) if asked else None
    if found is None:
        raise BadParameter("no type was given", place="type", repair="Add ?type=Person")
    answer: Shown = {"type": asked, "properties": as_shown(found[:limit] if limit else found)}
    return json_answer({**answer, "limit": limit} if limit else answer)


@blueprint.get("/preview")
def preview() -> Response:
    """Show a small card of an entity, for a frame."""
    found = card(the_catalogue(), _known(request.args.get("id", "")))
    response = Response(render_template("reconcile_preview.html", card=found))
    response.headers["Content-Security-Policy"] = _FRAMED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/view")
def view() -> AnyResponse:
    """Lead from an identifier to the thing's page; a retired one to that of what replaces it."""
    found = _known(request.args.get("id", ""))
    return redirect(page_of(found.entity.iri) or local("/"), 303)


@blueprint.get("/about")
def about() -> str:
    """Explain the service to a reader, and a feature of the scores where one is named."""
    feature = request.args.get("feature", "")
    if feature and meaning(feature) is None:
        raise NotFound("there is no such feature", place=shortened(feature), repair="Leave ?feature= out")
    return render_template(
        "reconcile_about.html",
        address=absolute(PLACE),
        feature=feature,
        meaning=meaning(feature),
        meanings=MEANINGS,
        most=MOST_QUERIES,
        types=default_types(),
    )


def _known(identifier: str) -> Current:
    found = the_catalogue().at(identifier)
    if found is None:
        raise NotFound(
            "there is no such entity", place=shortened(identifier), repair="Ask /reconcile for a name"
        )
    return found


def _asked_types() -> list[str]:
    return [known_type(text, "type") for text in request.args.getlist("type") if text]


def _number(name: str, default: int, most: int) -> int:
    text = request.args.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) > most:
        raise BadParameter(
            f"{shortened(text)} is no number from 0 to {most}", place=name, repair="Leave it out, or give one"
        )
    return int(text)


def _no_service(kind: str) -> NotFound:
    return NotFound(
        "there is no such service", place=shortened(kind), repair="There are entity, property and type"
    )
