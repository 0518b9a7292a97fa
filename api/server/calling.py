"""Run the application in a thread, and take its answer: whole where it is small, else its first part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from api.server.ready import Answered
from kb.store.cancel import WORKING_FOR, Cancel
from kb.store.spool import CHUNK

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


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
