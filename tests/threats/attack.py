"""What an attack is told, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.threats.serving import Served
from tests.threats.wire import Got

JSON: Final = "application/sparql-results+json"
DIRECT: Final = "application/sparql-query"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server under attack was told."""

    seconds: float
    """Of one query."""
    idle: float = 40.0
    """Seconds after which it must have left a connection whose request never ends."""
    clients: int = 200
    """Connections at once."""
    patience: float = 30.0
    """Seconds that a slow reader reads on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attack."""

    got: tuple[Got, ...]
    allowed: float
    """Seconds within which each answer had to come."""
    fault: str = ""
    """What was wrong beside the answers."""
    crowd: bool = False
    """Whether it came from so many addresses that a second client is one of the crowd, and waits with it."""


Attack = Callable[[Served, Limits], Outcome]


def sparql(query: str, accept: str = JSON) -> bytes:
    """Return a request that posts a query."""
    body = query.encode()
    return (
        f"POST /sparql HTTP/1.1\r\nHost: a\r\nAccept: {accept}\r\nContent-Type: {DIRECT}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode() + body
