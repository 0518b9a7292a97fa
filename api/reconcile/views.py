"""The Reconciliation Service API 0.2 over HTTP: read-only, so that pages of any origin may use it (api.cors)."""

from __future__ import annotations

import json
from typing import Final, cast

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from api.addresses import absolute, page_of
from api.metrics import the_metrics
from api.reconcile import suggest
from api.reconcile.answers import answer_batch
from api.reconcile.catalogue import Catalogue, Current
from api.reconcile.extension import as_shown, extend, proposed
from api.reconcile.extension_query import read_extension
from api.reconcile.features import MEANINGS, meaning
from api.reconcile.keeper import Keeper
from api.reconcile.manifest import PLACE, manifest
from api.reconcile.preview import card, flyout_of_entity, flyout_of_property, flyout_of_type
from api.reconcile.queries import LONGEST_TEXT, MOST_QUERIES, known_type, read_batch
from api.reconcile.reading import shortened
from api.reconcile.types import Shown, default_types, type_at
from kb.errors import BadParameter, NotFound

blueprint = Blueprint("reconcile", __name__, url_prefix=PLACE)

KEY: Final = "legation.reconcile"
"""Where an application keeps its Keeper."""
_FRAMED: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A preview may be framed by any page, as the protocol wants; it has nothing to run, to send or to lose."""
_MOST_LIMIT: Final = 100


def the_catalogue() -> Catalogue:
    """Return the catalogue that this request is answered from. Raises StoreBusy while there is none."""
    return _keeper().catalogue()


def _keeper() -> Keeper:
    return cast(Keeper, current_app.extensions[KEY])


@blueprint.route("", methods=["GET", "POST"])
@blueprint.route("/", methods=["GET", "POST"])
def service() -> Response:
    """Give the manifest, or answer a batch of queries, or of identifiers to extend."""
    given = _given()
    if "callback" in given:
        raise BadParameter(
            "there is no JSONP here",
            place="callback",
            repair="Any page may read the answers by CORS",
        )
    asked = [name for name in ("queries", "extend") if name in given]
    if len(asked) > 1:
        raise BadParameter("queries and extend came together", repair="Send one of the two")
    if asked:
        text = _one(given, asked[0])
        answer: Shown | dict[str, Shown]
        if asked == ["queries"]:
            batch = read_batch(text)
            the_metrics().asked("reconcile", len(batch))
            with _keeper().turns.one():
                answer = answer_batch(the_catalogue(), batch)
        else:
            wanted = read_extension(text)
            with _keeper().turns.one():
                answer = extend(the_catalogue(), wanted)
        return _json(answer)
    unknown = next((name for name in given if name != "_"), "")  # jQuery adds _ against caches
    if unknown or request.method == "POST":
        raise BadParameter(
            "there is nothing to answer",
            place=unknown[:60],
            repair='Send queries={"q0": {"query": "a name"}}, or extend=…',
        )
    return _json(manifest())


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
    return _json({"result": found})


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
    return _json({"id": identifier, "html": str(html)})


@blueprint.get("/properties")
def properties_of_a_type() -> Response:
    """Propose properties that entities of a type have."""
    asked = request.args.get("type", "")
    limit = _number("limit", 0, 1000)
    found = proposed(the_catalogue(), known_type(asked, "type")) if asked else None
    if found is None:
        raise BadParameter("no type was given", place="type", repair="Add ?type=Person")
    answer: Shown = {"type": asked, "properties": as_shown(found[:limit] if limit else found)}
    return _json({**answer, "limit": limit} if limit else answer)


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
    return redirect(page_of(found.entity.iri) or "/", 303)


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


def _given() -> MultiDict[str, str]:
    if request.method == "POST":
        if request.mimetype not in ("application/x-www-form-urlencoded", "multipart/form-data", ""):
            raise BadParameter(
                "the body is no form", place="Content-Type", repair="Send application/x-www-form-urlencoded"
            )
        return MultiDict([*request.args.items(multi=True), *request.form.items(multi=True)])
    return request.args


def _one(given: MultiDict[str, str], name: str) -> str:
    several = given.getlist(name)
    if len(several) > 1:
        raise BadParameter("it was sent more than once", place=name, repair="Send it once")
    return several[0]


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


def _json(answer: object) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")
