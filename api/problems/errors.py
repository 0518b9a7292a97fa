"""From an error to an HTTP answer: one table of statuses, one content, as problem+json or as a page."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from api.monitoring.watch import failed
from kb.errors import (
    BadInput,
    BadParameter,
    BadQuery,
    Cancelled,
    ConditionFailed,
    ForbiddenQuery,
    Gone,
    LegationError,
    NotFound,
    OutOfMemory,
    QueryTimeout,
    ServiceFailed,
    StateConflict,
    StoreBusy,
    StoreError,
    TooLarge,
    Unanswerable,
    UnknownPage,
    UnknownQuestion,
    UnknownThing,
)

STATUSES: Final[dict[type[LegationError], HTTPStatus]] = {
    BadParameter: HTTPStatus.BAD_REQUEST,
    BadQuery: HTTPStatus.BAD_REQUEST,
    ForbiddenQuery: HTTPStatus.FORBIDDEN,
    Unanswerable: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownPage: HTTPStatus.NOT_FOUND,
    UnknownQuestion: HTTPStatus.NOT_FOUND,
    UnknownThing: HTTPStatus.NOT_FOUND,
    NotFound: HTTPStatus.NOT_FOUND,
    Gone: HTTPStatus.GONE,
    ConditionFailed: HTTPStatus.PRECONDITION_FAILED,
    StateConflict: HTTPStatus.CONFLICT,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    QueryTimeout: HTTPStatus.GATEWAY_TIMEOUT,
    ServiceFailed: HTTPStatus.BAD_GATEWAY,
    StoreBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
    BadInput: HTTPStatus.BAD_REQUEST,
    LegationError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The nearest class up the family decides."""

_OURS: Final = {
    HTTPStatus.NOT_FOUND: ("there is no such page", "Start at the home page"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("that method is not taken here", "The header Allow names those that are"),
}
"""Our own words, problem and repair, for what the framework words at length."""
_KEPT: Final = ("Allow", "WWW-Authenticate")
"""Headers without which a status says half."""
_AGAIN: Final = "1"
"""Seconds after which a client may try again what failed for want of room."""

_ASKERS: Final = (QueryTimeout, StoreBusy, OutOfMemory, Cancelled)
"""What is the store's fault only in that it keeps its limits: told to the client, no business of the log."""
PROBLEM: Final = "application/problem+json"
_PAGE: Final = "text/html"


def register(app: Flask) -> None:
    """Let an application answer every error in one shape."""
    app.register_error_handler(LegationError, answer_family)
    app.register_error_handler(HTTPException, answer_http)


def status_of(error: LegationError) -> HTTPStatus:
    """Return the status of an error of the family."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def answer_family(error: LegationError) -> Response:
    """Answer with an error of the family."""
    if isinstance(error, StoreError) and not isinstance(error, _ASKERS):
        current_app.logger.error("%s", error)  # what is wrong with the store, never who asked what
    failed(error)
    shown = told(error)
    return answer_with(status_of(error), shown.problem, place=shown.place, repair=shown.repair)


def told(error: LegationError) -> LegationError:
    """Return what a client may read of an error: where the store stands is the operator's business."""
    if isinstance(error, _ASKERS):
        return type(error)(error.problem, repair=error.repair.partition(", or raise ")[0])
    if isinstance(error, StoreError):
        return StoreError("the base could not answer", repair="Try again later, or ask for less at once")
    return error


def answer_http(error: HTTPException) -> Response:
    """Answer with an error that HTTP itself raised, keeping the headers that belong to it."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    problem, repair = _OURS.get(status, (error.description or status.description, ""))
    response = answer_with(status, problem, repair=repair)
    for name, value in error.get_headers():
        if name in _KEPT:
            response.headers[name] = value
    return response


def wants_page(*data: str) -> bool:
    """Tell whether the client would rather have a page than data; one that takes anything gets data.

    ``data`` names the media types that the data would have beside JSON.
    """
    offers = [*data, "application/json", PROBLEM, _PAGE]
    return request.accept_mimetypes.best_match(offers, default=PROBLEM) == _PAGE


def answer_with(status: HTTPStatus, problem: str, *, place: str = "", repair: str = "") -> Response:
    """Answer with a problem, as the client would rather have it: problem+json or a page."""
    if wants_page():
        page = render_template("error.html", status=status, problem=problem, place=place, repair=repair)
        response = make_response(page, status)
    else:
        response = as_data(status, problem, place=place, repair=repair)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = _AGAIN
    response.vary.add("Accept")
    return response


def as_data(status: HTTPStatus, problem: str, **beside: object) -> Response:
    """Answer with a problem as problem+json; of the members ``beside`` those that hold something."""
    content = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": problem}
    told = {name: member for name, member in beside.items() if member}
    return Response(json.dumps({**content, **told}, ensure_ascii=False), status, mimetype=PROBLEM)
