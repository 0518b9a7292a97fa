"""What a request to /sparql asks, by the SPARQL 1.1 Protocol, section 2.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import abort, request

from kb.errors import BadQuery
from kb.store.interface import Dataset

FORM: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Sent:
    """A query, and the graphs that the protocol chose for it; None where the query itself may choose."""

    query: str
    dataset: Dataset | None


def is_update() -> bool:
    """Tell whether this request means to change something."""
    return request.mimetype == UPDATE or "update" in request.values


def sent() -> Sent | None:
    """Return the query that this request carries, None where it carries none.

    Raises BadQuery when it is not one text; aborts with 415 for a body of another media type.
    """
    query = _body() if request.method != "GET" and request.mimetype == DIRECT else _parameter()
    return None if query is None else Sent(query, _dataset())


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


def _body() -> str:
    try:
        return request.get_data(cache=False).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery(f"the body is not UTF-8 at byte {error.start}", repair="Send it as UTF-8") from error


def _dataset() -> Dataset | None:
    default = tuple(request.values.getlist("default-graph-uri"))
    named = tuple(request.values.getlist("named-graph-uri"))
    return Dataset(default, named) if default or named else None
