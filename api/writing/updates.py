"""SPARQL 1.1 Update over HTTP (SPARQL 1.1 Protocol, section 2.2), on a workbench that may be changed."""

from __future__ import annotations

from typing import Final

from flask import Request, Response, abort

from api.writing.authorisation import done, workbench
from kb.errors import BadQuery
from kb.store.interface import Dataset

DIRECT: Final = "application/sparql-update"
_FORM: Final = "application/x-www-form-urlencoded"
_DEFAULT: Final = "using-graph-uri"
_NAMED: Final = "using-named-graph-uri"
_FOR_QUERIES: Final = ("default-graph-uri", "named-graph-uri")

Parameters = list[tuple[str, str]]


def update(request: Request) -> Response:
    """Carry out the update that a request carries; answer 204.

    Raises BadQuery, ForbiddenQuery and what the store raises; aborts with 401 and 415.
    """
    if request.method != "POST":
        raise BadQuery("an update is sent by POST, never by GET", repair=f"POST it as {DIRECT}")
    store = workbench()
    text, parameters = _read(request)
    using = Dataset(_all(parameters, _DEFAULT), _all(parameters, _NAMED))
    for name in _FOR_QUERIES:
        if _all(parameters, name):
            raise BadQuery(f"{name} is for queries", repair=f"Name the graphs with {_DEFAULT} or {_NAMED}")
    store.update(text, using=using, base=request.base_url)
    return done(204)


def _read(request: Request) -> tuple[str, Parameters]:
    """Return the update and the request's other parameters."""
    beside = list(request.args.items(multi=True))
    _hold_utf_8(request)
    if request.mimetype == DIRECT:
        if _all(beside, "update") or _all(beside, "query"):
            raise BadQuery("the request has a body and a text as parameter too", repair="Send one of them")
        return decoded(request.get_data(cache=False)), beside
    if request.mimetype != _FORM:
        abort(415, f"An update is posted as {DIRECT} or as {_FORM}")
    parameters = [*beside, *request.form.items(multi=True)]
    texts = _all(parameters, "update")
    if _all(parameters, "query"):
        raise BadQuery("a query and an update were sent", repair="Send one of them")
    if len(texts) != 1:
        raise BadQuery(
            f"{len(texts) or 'no'} updates were sent",
            repair="Send one at a time; it may hold several operations, with ; between them",
        )
    return texts[0], parameters


def _hold_utf_8(request: Request) -> None:
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8", "us-ascii"):
        raise BadQuery(f"the body is said to be in {charset[:40]}", repair="Send it as UTF-8")


def decoded(body: bytes) -> str:
    """Return a body that must be UTF-8 as text. Raises BadQuery."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery(f"the body is not UTF-8 at byte {error.start}", repair="Send it as UTF-8") from error


def _all(parameters: Parameters, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in parameters if key == name)
