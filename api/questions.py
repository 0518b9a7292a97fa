"""The questions: a list, and for each a form, its answer as a page and as data."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from api.answers import publishable, table
from api.choices import choices
from api.errors import status_of
from api.service import the_store
from kb.errors import BadParameter
from kb.queries import Question, answer, question, questions
from kb.queries.formats import Format, render

blueprint = Blueprint("questions", __name__, url_prefix="/questions")

FORMS: Final = {
    "json": (Format.JSON, "application/json"),
    "csv": (Format.CSV, "text/csv"),
    "tsv": (Format.TSV, "text/tab-separated-values"),
    "xml": (Format.XML, "application/sparql-results+xml"),
    "ttl": (Format.TURTLE, "text/turtle"),
}
"""From a suffix of the address to the form and its media type."""


@blueprint.get("/")
def every() -> str:
    """Show the list of questions."""
    return render_template("questions.html", questions=questions().values())


@blueprint.get("/<name>")
def page(name: str) -> Response:
    """Show a question's form, and its answer once it is asked."""
    asked = question(name)
    given = _given(request.args)
    if not given and (asked.one_of or any(p.required for p in asked.parameters)):
        return _show(asked, asked.example(), None, 200)
    return _answered(asked, given)


@blueprint.get("/<name>.<any(json, csv, tsv, xml, ttl):suffix>")
def data(name: str, suffix: str) -> Response:
    """Give a question's answer as data."""
    form, media_type = FORMS[suffix]
    store = the_store()
    found, held = publishable(store, answer(store, name, _given(request.args)))
    response = Response(render(found, form, store), content_type=f"{media_type}; charset=utf-8")
    response.headers["Legation-Version"] = found.version
    if found.truncated:
        response.headers["Legation-Truncated"] = "rows were left out"
    if held:
        response.headers["Legation-Held-Back"] = f"{held} rows await review"
    return response


def _given(args: MultiDict[str, str]) -> dict[str, str]:
    """Return the parameters that are given once; one given twice has no meaning."""
    for name, values in args.lists():
        if len(values) > 1:
            raise BadParameter("given more than once", place=name, repair="Give it once")
    return {name: text for name, text in args.items() if text.strip()}


def _answered(asked: Question, given: dict[str, str]) -> Response:
    store = the_store()
    try:
        found, held = publishable(store, answer(store, asked.name, given))
    except BadParameter as error:
        return _show(asked, given, None, status_of(error), error)
    return _show(asked, given, table(store, found, held), 200)


def _show(
    asked: Question, given: dict[str, str], shown: object, status: int, error: object = None
) -> Response:
    page = render_template(
        "question.html",
        asked=asked,
        given=given,
        table=shown,
        error=error,
        choices=choices(asked),
        forms=FORMS,
    )
    return make_response(page, status)
