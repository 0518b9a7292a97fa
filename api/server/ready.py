"""Answers that are ready before the application is asked, and the shape of every answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final


@dataclass(slots=True)
class Answered:
    """An answer; ``rest`` is what comes after ``first``, None where nothing does."""

    status: int
    headers: list[tuple[str, str]]
    first: bytes
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    def next_part(self) -> bytes:
        """Return one part more, empty after the last."""
        assert self.rest is not None
        return next(self.rest, b"")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that the application did not make, and the limit that it stands for; "" where for none."""

    answered: Answered
    limit: str = ""


def problem(
    status: int, detail: str, repair: str = "", *, after: int | None = None, close: bool = False
) -> Answered:
    """Return an answer of problem+json.

    ``after`` is how many seconds later the request may be sent again; with ``close`` the connection ends.
    """
    told: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if repair:
        told["repair"] = repair
    headers = [("Content-Type", "application/problem+json")]
    if after is not None:
        headers.append(("Retry-After", str(after)))
    if close:
        headers.append(("Connection", "close"))
    return Answered(status, headers, json.dumps(told).encode())


UNAVAILABLE: Final = Refusal(
    problem(503, "too many requests are being answered", "Send it again in a moment", after=1), "room"
)
TOO_SLOW: Final = Refusal(
    problem(408, "the body of the request did not arrive in time", close=True), "slow sender"
)
BROKEN_OFF: Final = Refusal(
    problem(400, "the body of the request did not come whole", "Send it again, without trailers", close=True)
)
PACKED: Final = Refusal(
    problem(415, "the body of the request is packed", "Send it without Content-Encoding", close=True)
)
IN_PART: Final = Refusal(
    problem(400, "the body of the request is a part", "Send the whole, without Content-Range", close=True)
)
FAULT: Final = Refusal(problem(500, "the service failed; the operator's log says why"))


def too_large(most: int) -> Refusal:
    """Return the answer to a body of more bytes than that."""
    return Refusal(
        problem(413, f"the body of the request passes the limit of {most:,} bytes", close=True), "size"
    )
