"""The questions: a list, and for each a form, its answer as a page and as data."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, make_response, render_template, request

from api.caching.fresh import fresh, unchanged, unchanged_or
from api.http.addresses import local
from api.http.negotiation import best
from api.presentation.answers import MOST, table
from api.problems.errors import status_of
from api.querying.results import CUT
from api.querying.service import the_store
from api.questions.asked import Asked
from api.questions.choices import choices
from kb.errors import BadInput, BadParameter, TooLarge, UnknownPage
from kb.queries import question, questions
from kb.queries.as_of import AS_OF
from kb.queries.formats import Format, render
from kb.queries.paging import Page
from kb.queries.thresholds import THRESHOLDS

blueprint = Blueprint("questions", __name__, url_prefix="/questions")

FORMS: Final = {
    "json": (Format.JSON, "application/json"),
    "csv": (Format.CSV, "text/csv"),
    "tsv": (Format.TSV, "text/tab-separated-values"),
    "xml": (Format.XML, "application/sparql-results+xml"),
    "srj": (Format.RESULTS_JSON, "application/sparql-results+json"),
    "ttl": (Format.TURTLE, "text/turtle"),
}
"""From a suffix of the address to the form and its media type."""
PAGE: Final = "text/html"
OFFERS: Final = {media_type: suffix for suffix, (_, media_type) in FORMS.items()} | {PAGE: ""}
"""What a question's own address is answered in, JSON where the client takes anything."""
ALIASES: Final = {"application/xml": "application/sparql-results+xml", "application/xhtml+xml": PAGE}
ROWS: Final = 100
"""How many rows a page for the eye shows unless ``limit`` says otherwise; MOST at most."""


@blueprint.get("/")
def every() -> Response:
    """Show the list of questions."""
    return unchanged_or(
        lambda: make_response(render_template("questions.html", questions=questions().values())), PAGE
    )


@blueprint.get("/<name>")
def page(name: str) -> Response:
    """Answer a question in the form that the client takes best; as a page, with a form to ask it."""
    question(name)
    chosen = best(tuple(OFFERS), ALIASES)
    response = _page(name) if chosen == PAGE else data(name, OFFERS[chosen])
    response.vary.add("Accept")
    return response


@blueprint.get(f"/<name>.<any({', '.join(FORMS)}):suffix>")
def data(name: str, suffix: str) -> Response:
    """Give a question's answer as data."""
    form, media_type = FORMS[suffix]
    asked = Asked.by_request(question(name), lenient=False)
    kept = unchanged(media_type)
    if kept is not None:
        return kept
    shown, held = asked.page()
    content = render(shown.answer, form, the_store(), shown)
    response = Response(content, content_type=f"{media_type}; charset=utf-8")
    return _described(response, asked, shown, held, media_type)


def _page(name: str) -> Response:
    asked = Asked.by_request(question(name), lenient=True)
    asked = replace(asked, limit=min(asked.limit or ROWS, MOST))
    kept = unchanged(PAGE)
    if kept is not None:
        return kept
    required = asked.question.one_of or any(p.required for p in asked.question.parameters)
    if asked.nothing and required:
        return fresh(_show(asked, None), the_store().version(), PAGE)
    try:
        shown, held = asked.page()
    except (BadParameter, TooLarge, UnknownPage) as error:
        return _show(asked, None, error=error)
    return _described(_show(asked, shown, held), asked, shown, held, PAGE)


def _described(response: Response, asked: Asked, shown: Page, held: int, media_type: str) -> Response:
    """Return a response with what its headers say of the answer."""
    response.headers["Legation-Version"] = shown.answer.version
    if shown.answer.truncated:
        response.headers[CUT] = "rows were left out"
    if shown.answer.known:
        response.headers["Legation-As-Of"] = shown.answer.known.header()
    if held:
        response.headers["Legation-Held-Back"] = (
            "1 row awaits review" if held == 1 else f"{held} rows await review"
        )
    links = asked.links(local(request.path), shown)
    if links:
        response.headers["Link"] = ", ".join(links)
    return fresh(response, shown.answer.version, media_type)


def _show(
    asked: Asked,
    shown: Page | None,
    held: int = 0,
    error: BadInput | None = None,
) -> Response:
    first = asked.nothing and shown is None
    beside = {} if shown is None else {"prev": shown.previous, "next": shown.next}
    page = render_template(
        "question.html",
        asked=asked.question,
        given=asked.question.example() if first else asked.given,
        table=shown and table(the_store(), shown.answer, held),
        shown=shown,
        beside={
            rel: asked.address(local(request.path), after)
            for rel, after in beside.items()
            if after is not None
        },
        error=error,
        choices=choices(asked.question),
        thresholds=THRESHOLDS if asked.question.told else (),
        as_of=AS_OF if asked.question.told else None,
        forms=FORMS,
    )
    return make_response(page, status_of(error) if error else 200)
