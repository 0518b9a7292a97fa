"""One page for each thing, at the local path of its IRI, and the same as Turtle."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as AnyResponse

from api.addresses import iri_at, page_of
from api.privacy import AWAITS_REVIEW, held_back
from api.service import the_store
from api.thing_events import support
from api.thing_view import thing_at
from kb.errors import NotFound
from kb.namespaces import KINDS, shorten
from kb.queries.formats import turtle as as_turtle

blueprint = Blueprint("things", __name__)


@blueprint.get("/<kind>/<local>")
def thing(kind: str, local: str) -> AnyResponse | str:
    """Show a thing: its names, what is said of it, what refers to it, and the events that it took part in."""
    path = KINDS.get(kind, "").rstrip("/")
    if path and path != kind:  # the prefix that pages and queries show: /fac/… for /facility/…
        return redirect(page_of(iri_at(path, local)) or "/", 303)
    iri = iri_at(kind, local)
    if request.accept_mimetypes.best_match(["text/html", "text/turtle"]) == "text/turtle":
        return _turtle(iri)
    return render_template("thing.html", thing=thing_at(the_store(), iri))


@blueprint.get("/<kind>/<local>.ttl")
def turtle(kind: str, local: str) -> Response:
    """Give what is said of a thing as Turtle."""
    return _turtle(iri_at(kind, local))


@blueprint.get("/claim/<local>.ttl")
def claim_turtle(local: str) -> Response:
    """Give a claim as Turtle; its page leads elsewhere, so its address is spelt out."""
    return _turtle(iri_at("claim", local))


@blueprint.get("/article/<local>.ttl")
def article_turtle(local: str) -> Response:
    """Give what is known of an article, without its text, as Turtle."""
    return _turtle(iri_at("article", local))


def _turtle(iri: str) -> Response:
    store = the_store()
    if held_back(store, [iri]) or support(store, NamedNode(iri)).all_held:
        raise NotFound(AWAITS_REVIEW, place=shorten(iri) or iri, repair="Come back after that")
    triples = store.construct(f"CONSTRUCT WHERE {{ {NamedNode(iri)} ?property ?value }}")
    if not triples:
        raise NotFound("nothing is known of it", place=shorten(iri) or iri)
    response = Response(as_turtle(triples), content_type="text/turtle; charset=utf-8")
    response.vary.add("Accept")
    return response
