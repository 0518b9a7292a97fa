"""What a request to /sparql asks, by the SPARQL 1.1 Protocol, section 2.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from flask import abort, request
from pyoxigraph import NamedNode

from api.writing.updates import DIRECT as UPDATE
from api.writing.updates import decoded
from kb.errors import BadQuery
from kb.store.interface import Dataset

FORM: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
DIRECT: Final = "application/sparql-query"
_FOR_UPDATES: Final = ("using-graph-uri", "using-named-graph-uri")
_RDFLIB_DEFAULT: Final = "urn:x-rdflib:default"


@dataclass(frozen=True, slots=True)
class Sent:
    """A query, and the graphs that the protocol chose for it; None where the query itself may choose."""

    query: str
    dataset: Dataset | None
    base: str
    """What relative IRIs are resolved against: the address of the endpoint (RFC 3986, section 5.1.3)."""


def is_update() -> bool:
    """Tell whether this request means to change something."""
    return request.mimetype == UPDATE or "update" in request.values


def sent() -> Sent | None:
    """Return the query that this request carries, None where it carries none.

    Raises BadQuery when it is not one text; aborts with 415 for a body of another media type.
    """
    direct = request.method != "GET" and request.mimetype == DIRECT
    query = decoded(request.get_data(cache=False)) if direct else _parameter()
    return None if query is None else Sent(query, _dataset(), base_of(request.environ))


def query_as_sent() -> str:
    """Return the text that a page shows again, whatever is wrong with it."""
    return str(request.values.get("query", ""))


def _parameter() -> str | None:
    if request.method not in ("GET", "HEAD") and request.mimetype not in FORM:
        abort(415, f"A query is sent as {DIRECT} or as {FORM[0]}")
    queries = request.values.getlist("query")
    if len(queries) > 1:
        raise BadQuery("more than one query was sent", repair="Send one at a time")
    return queries[0] if queries and queries[0].strip() else None


def base_of(environ: Mapping[str, Any]) -> str:
    """Return what a request's relative IRIs are resolved against: the address of the endpoint."""
    host = environ.get("HTTP_HOST", "")
    return _iri(f"{environ['wsgi.url_scheme']}://{host}{environ.get('SCRIPT_NAME', '')}/sparql")


@lru_cache(maxsize=64)
def _iri(address: str) -> str:
    try:
        return NamedNode(address).value
    except ValueError:  # whatever stood in the header Host
        return ""


def _dataset() -> Dataset | None:
    for name in _FOR_UPDATES:
        if name in request.values:
            raise BadQuery(
                f"{name} is for updates", repair="Name graphs with default-graph-uri or named-graph-uri"
            )
    default = tuple(request.values.getlist("default-graph-uri"))
    named = tuple(request.values.getlist("named-graph-uri"))
    # rdflib sends its name for "the default graph" alone, and then expects to read named graphs too.
    if (default, named) in (((), ()), ((_RDFLIB_DEFAULT,), ())):
        return None
    return Dataset(default, named)
