"""Run the application in a thread, and take its answer: whole where it is small, else its first part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from kb.store.cancel import WORKING_FOR, Cancel
from kb.store.spool import CHUNK

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(slots=True)
class Answered:
    """An application's answer; ``rest`` is what comes after ``first``, None where nothing does."""

    status: int
    headers: list[tuple[str, str]]
    first: bytes
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    def next_part(self) -> bytes:
        """Return one part more, empty after the last."""
        assert self.rest is not None
        return next(self.rest, b"")


def call(application: Application, environ: dict[str, object], cancel: Cancel) -> Answered:
    """Call the application for one request, in a thread that stops once ``cancel`` is said."""
    WORKING_FOR.set(cancel)
    head: list[tuple[int, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _fault: object = None) -> None:
        head.append((int(status[:3]), headers))

    answer = application(environ, start_response)
    close = getattr(answer, "close", _nothing)
    parts: list[bytes] = []
    size = 0
    rest = iter(answer)
    for part in rest:
        parts.append(part)
        size += len(part)
        if size >= CHUNK and _shows_a_break(head[-1][1]):
            break
    else:
        close()
        return Answered(*head[-1], b"".join(parts))
    return Answered(*head[-1], b"".join(parts), rest, close)


def _shows_a_break(headers: list[tuple[str, str]]) -> bool:
    """Tell whether a client sees where an answer broke off: one in chunks ends as if it were whole."""
    names = {name.lower(): value for name, value in headers}
    return "content-length" in names or names.get("content-encoding") == "gzip"


def _nothing() -> None:
    """Close what needs no closing."""


_PROBLEM: Final = (("Content-Type", "application/problem+json"), ("Server", "Legation"))
"""Else the server below names itself."""
UNAVAILABLE: Final = Answered(
    503,
    [*_PROBLEM, ("Retry-After", "1")],
    b'{"type": "about:blank", "title": "Service Unavailable", "status": 503, '
    b'"detail": "too many requests are being answered", "repair": "Send it again in a moment"}',
)
TOO_SLOW: Final = Answered(
    408,
    [*_PROBLEM, ("Connection", "close")],
    b'{"type": "about:blank", "title": "Request Timeout", "status": 408, '
    b'"detail": "the body of the request did not arrive in time"}',
)
FAULT: Final = Answered(
    500,
    [*_PROBLEM],
    b'{"type": "about:blank", "title": "Internal Server Error", "status": 500, '
    b'"detail": "the service failed; the operator\'s log says why"}',
)


def too_large(most: int) -> Answered:
    """Return the answer to a body of more bytes than that."""
    content = (
        '{"type": "about:blank", "title": "Content Too Large", "status": 413, '
        f'"detail": "the body of the request passes the limit of {most:,} bytes"}}'
    )
    headers = [*_PROBLEM, ("Connection", "close")]
    return Answered(413, headers, content.encode())
