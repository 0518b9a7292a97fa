"""The SPARQL 1.1 protocol at /sparql, and the same address as a page for a browser."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, make_response, render_template, request

from api.errors import status_of, told, wants_page
from api.grids import Grid, grid
from api.service import the_service, the_store
from kb.errors import BadQuery, ForbiddenQuery, LegationError
from kb.store.guard import screen
from kb.store.interface import QueryKind

blueprint = Blueprint("sparql", __name__)

_TRUTH: Final = ("application/sparql-results+json", "application/sparql-results+xml")
_ROWS: Final = (*_TRUTH, "text/csv", "text/tab-separated-values")
_TRIPLES: Final = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
_OFFERS: Final = {
    QueryKind.SELECT: _ROWS,
    QueryKind.ASK: _TRUTH,
    QueryKind.CONSTRUCT: _TRIPLES,
    QueryKind.DESCRIBE: _TRIPLES,
}
"""Which media types each kind of query is answered in; the first where the client takes anything."""
_ALIASES: Final = (
    ("application/json", "application/sparql-results+json"),
    ("application/xml", "application/sparql-results+xml"),
    ("application/xml", "application/rdf+xml"),
    ("application/turtle", "text/turtle"),
    ("text/n3", "text/turtle"),
    ("text/rdf+n3", "text/turtle"),
    ("text/plain", "application/n-triples"),
)
"""Media types that clients send, and what they get: whatever is Turtle is N3 too."""
FORMATS: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
"""What ``format=`` may say instead of the header Accept, for a link in a page. Clients send other words there
of their own accord beside the header (SPARQLWrapper does), so what is not known here says nothing."""
_FORM: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_DIRECT: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_DATA_SET: Final = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query in the form that the client would rather have; a browser gets a page."""
    response = _page() if _format() not in FORMATS and wants_page(*_ROWS, *_TRIPLES) else _data()
    response.vary.add("Accept")
    return response


def _data() -> Response:
    query = _query()
    if query is None:
        raise BadQuery("no query was sent", repair="Send it as the parameter query, or as the body of a POST")
    media_type = _negotiated(screen(query).kind)
    with the_service().gate.through():
        found = the_store().query_bytes(query, media_type)
    response = Response(found.content, content_type=_with_charset(found.media_type))
    if found.truncated:
        response.headers["Legation-Truncated"] = "rows were left out"
    return response


def _with_charset(media_type: str) -> str:
    return media_type if "charset=" in media_type else f"{media_type}; charset=utf-8"


def _page() -> Response:
    query: str | None = None
    try:
        query = _query()
        return _show(query, None if query is None else _grid(query))
    except LegationError as error:
        return _show(query or _sent(), None, status_of(error), error)


def _grid(query: str) -> Grid:
    screen(query)  # what may not run need not wait
    with the_service().gate.through():
        return grid(the_store(), query)


def _show(
    query: str | None, shown: Grid | None, status: int = 200, error: LegationError | None = None
) -> Response:
    page = render_template(
        "sparql.html",
        query=query or EXAMPLE,
        grid=shown,
        forms=_forms(query, shown),
        error=told(error) if error else None,
    )
    return make_response(page, status)


def _forms(query: str | None, shown: Grid | None) -> list[str]:
    """Return the forms that a page offers its result in."""
    if query is None or shown is None:
        return []
    offers = _OFFERS[screen(query).kind]
    return [form for form, media_type in FORMATS.items() if media_type in offers]


def _sent() -> str:
    return str(request.values.get("query", ""))


def _query() -> str | None:
    """Return the query that the request carries, None where it carries none.

    Raises BadQuery when it is not one text; ForbiddenQuery for an update or a data set of the client's own.
    """
    if any(name in request.values for name in _DATA_SET):
        raise ForbiddenQuery(
            "the data set is fixed", repair="Leave out default-graph-uri and named-graph-uri"
        )
    if request.mimetype == _UPDATE or "update" in request.values:
        raise ForbiddenQuery("the store is not written here", repair="Send a query; `legation ingest` writes")
    if request.method == "POST" and request.mimetype == _DIRECT:
        return _body()
    if request.method == "POST" and request.mimetype not in _FORM:
        abort(415, f"A query is posted as {_DIRECT} or as {_FORM[0]}")
    sent = request.values.getlist("query")
    if len(sent) > 1:
        raise BadQuery("more than one query was sent", repair="Send one at a time")
    return sent[0] if sent and sent[0].strip() else None


def _body() -> str:
    try:
        return request.get_data(cache=False).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery(f"the body is not UTF-8 at byte {error.start}", repair="Send it as UTF-8") from error


def _negotiated(kind: QueryKind) -> str:
    """Return the media type to answer in; aborts with 406 where there is none that the client takes."""
    offers = _OFFERS[kind]
    aliases = {alias: media_type for alias, media_type in _ALIASES if media_type in offers}
    wished = FORMATS.get(_format())
    if wished in offers:
        return wished
    if not request.accept_mimetypes:
        return offers[0]
    best = request.accept_mimetypes.best_match([*offers, *aliases])
    if best is None:
        abort(406, f"This query is answered as {', '.join(offers)}")
    return aliases.get(best, best)


def _format() -> str:
    return str(request.values.get("format", ""))


EXAMPLE: Final = """\
PREFIX lg: <https://w3id.org/legation/terms/>
PREFIX state: <https://w3id.org/legation/state/>

SELECT DISTINCT ?leader ?facility WHERE {
  ?visit lg:visitingLeaderOf state:PRK ;
         lg:visitor ?leader ;
         lg:atFacility ?facility .
  ?facility lg:inState state:RUS
}
"""
