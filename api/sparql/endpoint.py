"""The SPARQL 1.1 protocol at /sparql, and the same address as a page for a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flask import Blueprint, Response, make_response, render_template, request

from api.caching.fresh import fresh, unchanged
from api.description import service_description
from api.http.negotiation import NAMES_OF_TRIPLES, best, liked, liked_by
from api.monitoring import watch
from api.problems.errors import status_of, told
from api.querying.results import respond
from api.querying.service import the_service, the_store
from api.sparql.grids import Grid, grid
from api.sparql.protocol import Sent, is_update, query_as_sent, sent
from api.writing.updates import update
from kb.errors import BadQuery, LegationError
from kb.store.formats import GRAPHS
from kb.store.interface import Answer, QueryKind
from kb.store.shape import Shape

blueprint = Blueprint("sparql", __name__)

_TRUTH: Final = ("application/sparql-results+json", "application/sparql-results+xml")
_ROWS: Final = (*_TRUTH, "text/csv", "text/tab-separated-values")
_TRIPLES: Final = tuple(GRAPHS)
_OFFERS: Final = {
    QueryKind.SELECT: _ROWS,
    QueryKind.ASK: _TRUTH,
    QueryKind.CONSTRUCT: _TRIPLES,
    QueryKind.DESCRIBE: _TRIPLES,
}
"""Which media types each kind of query is answered in; the first where the client takes anything."""
_OF_ROWS: Final = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
}
"""Media types that clients send, and what they get."""
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
_PAGE: Final = "text/html"
_ALL: Final = (*_OF_ROWS.items(), *NAMES_OF_TRIPLES.items(), ("application/xhtml+xml", _PAGE))
ANSWER: Final = "legation.answer"
FAULT: Final = "legation.fault"
"""In a WSGI environment: what was found already, answer or error."""
_CHANGING: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"})
"""Words of a query whose answer may differ on unchanged data."""


@blueprint.route("/sparql", methods=["GET", "POST", "QUERY"])
def sparql() -> Response:
    """Answer a query in the form that the client would rather have; a browser gets a page."""
    if is_update():
        return update(request)
    response = _page() if _wants_page() else _data()
    response.vary.add("Accept")
    return response


def page_is_liked(accept: str) -> bool:
    """Tell whether a client would rather have a page than data; one that takes anything gets data."""
    return liked_by(accept, (*_ROWS, *_TRIPLES, _PAGE), _ALL) == _PAGE


def negotiated_for(accept: str, kind: QueryKind) -> str | None:
    """Return the media type in which a client takes the answer to a kind of query best; None for none."""
    offers = _OFFERS[kind]
    return liked_by(accept, offers, tuple(_aliases(offers).items()))


def _aliases(offers: Sequence[str]) -> Mapping[str, str]:
    return NAMES_OF_TRIPLES if offers is _TRIPLES else _OF_ROWS


def _wants_page() -> bool:
    return _format() not in FORMATS and page_is_liked(request.headers.get("Accept", ""))


def _wants_description() -> bool:
    """Tell whether the endpoint itself is asked for, by a client that takes RDF."""
    return (
        request.method in ("GET", "HEAD")
        and not request.args
        and liked(_TRIPLES, NAMES_OF_TRIPLES) is not None
    )


def _data() -> Response:
    asked = sent()
    if asked is None and _wants_description():
        return service_description()
    if asked is None:
        raise BadQuery("no query was sent", repair="Send it as the parameter query, or as the body of a POST")
    watch.asked(asked.query)
    formed = the_store().screen(asked.query)
    media_type = _negotiated(formed.kind)
    lasting = request.method in ("GET", "HEAD") and is_lasting(formed)
    kept = unchanged(media_type) if lasting else None
    if kept is not None:
        return kept
    found = _handed() or _found(asked, media_type)
    response = respond(found)
    return fresh(response, found.version, media_type) if lasting else response


def _handed() -> Answer | None:
    """Return what was found already (api.sparql.shortcut), None for nothing. Raises what went wrong there."""
    fault: LegationError | None = request.environ.pop(FAULT, None)
    if fault is not None:
        raise fault
    answer: Answer | None = request.environ.pop(ANSWER, None)
    return answer


def _found(asked: Sent, media_type: str) -> Answer:
    with the_service().gate.through():
        return the_store().query_bytes(
            asked.query, media_type, dataset=asked.dataset, stranger=True, base=asked.base
        )


def is_lasting(formed: Shape) -> bool:
    """Tell whether a query has one answer as long as the data are unchanged."""
    return all(token.keyword not in _CHANGING for token in formed.tokens)


def _page() -> Response:
    asked: Sent | None = None
    try:
        asked = sent()
        if asked is None:
            return _show(EXAMPLE, None)
        watch.asked(asked.query)
        the_store().screen(asked.query)  # what may not run need not wait
        with the_service().gate.through():
            found = grid(the_store(), asked)
        return _show(asked.query, found)
    except LegationError as error:
        return _show(asked.query if asked else query_as_sent(), None, status_of(error), error)


def _show(query: str, shown: Grid | None, status: int = 200, error: LegationError | None = None) -> Response:
    page = render_template(
        "sparql.html",
        query=query or EXAMPLE,
        grid=shown,
        forms=_forms(query) if shown else [],
        error=told(error) if error else None,
    )
    return make_response(page, status)


def _forms(query: str) -> list[str]:
    """Return the forms that a page offers its result in."""
    offers = _OFFERS[the_store().screen(query).kind]
    return [form for form, media_type in FORMATS.items() if media_type in offers]


def _negotiated(kind: QueryKind) -> str:
    """Return the media type to answer in; aborts with 406 where there is none that the client takes."""
    offers = _OFFERS[kind]
    wished = FORMATS.get(_format())
    if wished in offers:
        return wished
    return best(offers, _aliases(offers))


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
