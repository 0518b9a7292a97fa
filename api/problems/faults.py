"""A fault of our own: the client gets a reference and nothing of the inside; the log has it too."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus
from types import TracebackType

from flask import Flask, Response

from api.monitoring import logs
from api.monitoring.watch import endpoint_of_request
from api.problems.errors import answer_with

_log = logging.getLogger("legation.faults")

_Raised = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


def register(app: Flask) -> None:
    """Let an application answer what nobody foresaw."""
    app.register_error_handler(Exception, answer_fault)
    # The framework's own log names the path, and the error's words may hold the query.
    app.log_exception = _log_raised  # type: ignore[method-assign,assignment]


def answer_fault(error: Exception) -> Response:
    """Answer 500 with a random reference that stands in the log beside where the fault came from."""
    reference = secrets.token_hex(6)
    _tell(error, reference)
    return answer_with(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "something went wrong that should not",
        place=f"fault {reference}",
        repair="Tell the operator this reference: the log has it too",
    )


def _log_raised(raised: _Raised) -> None:
    if raised[1] is not None:
        _tell(raised[1], "none")


def _tell(error: BaseException, reference: str) -> None:
    frames = logs.frames(error)
    logs.fault(
        _log,
        f"fault: {type(error).__name__} at {frames[-1] if frames else 'nowhere'}",
        reference=reference,
        endpoint=endpoint_of_request(),
        error=type(error).__name__,
        frames=frames,
    )
