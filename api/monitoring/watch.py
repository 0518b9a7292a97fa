"""What is seen of each request: how it went and how long it took, and never who asked for what.

Neither the address of a client, nor its agent, nor a token, nor a path, nor a query is kept anywhere. Of a
query there is only a hash, keyed with random bytes that end with the process: it shows repeats, nothing else.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, g, request

from api.monitoring import logs
from api.monitoring.metrics import metrics_of, the_metrics
from api.querying.results import CUT
from kb.errors import (
    Cancelled,
    LegationError,
    OutOfMemory,
    QueryTimeout,
    ServiceFailed,
    StoreBusy,
    TooLarge,
)

_KEY: Final = secrets.token_bytes(32)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY"})
_LIMITS: Final = {413: "size", 429: "rate", 503: "room", 504: "seconds"}
"""Which limit stopped a request whose answer has that status, where nothing more exact is known."""
_STOPS: Final[dict[type[LegationError], str]] = {
    Cancelled: "client left",
    OutOfMemory: "memory",
    QueryTimeout: "seconds",
    ServiceFailed: "other service",
    StoreBusy: "room",
    TooLarge: "size",
}
"""What an error says of why a request was stopped."""
DOOR: Final = "door"
"""The endpoint of an answer that was made before the application was asked, or of one broken off after it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One request, as the log and the metrics may know it."""

    method: str
    endpoint: str
    """The name of the route, "none" where no route fits; never the path."""
    status: int
    seconds: float
    """Until the answer was ready to be sent."""
    size: int | None
    """Bytes of the answer's body; None where it is not known before it is sent."""
    query: str
    """A keyed hash of what was asked; empty where nothing was."""
    stopped: str
    """The limit that stopped the request or cut its answer; empty where none did."""


def register(app: Flask) -> None:
    """Watch every request of an application; call it before any other module that looks at requests."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_leave)


def asked(query: str) -> None:
    """Say which query this request carries; without it, the address with its parameters stands for it."""
    if logs.wanted():
        g.legation_query = hashed(query.encode(errors="surrogatepass"))


def stopped_by(limit: str) -> None:
    """Say which limit stopped this request, or cut its answer: a word of ours, nothing that a client sent."""
    g.legation_stopped = limit


def failed(error: LegationError) -> None:
    """Say that an error of the family ended this request: some of them are limits."""
    for kind in type(error).__mro__:
        if kind in _STOPS:
            stopped_by(_STOPS[kind])
            return


def method_of_request() -> str:
    """Return the request's method, "other" for one that is none of HTTP's usual ones."""
    return _known(request.method)


def at_the_door(app: Flask) -> Callable[[str, int, str], None]:
    """Return what watches the answers that an application did not make: method, status, limit met or ""."""
    metrics = metrics_of(app)

    def see(method: str, status: int, limit: str) -> None:
        seen = Seen(_known(method), DOOR, status, 0.0, None, "", limit)
        metrics.see(seen.method, seen.endpoint, status, 0.0, limit)
        if logs.wanted():
            logs.tell(seen)

    return see


def endpoint_of_request() -> str:
    """Return the name of the request's route, "none" where no route fits."""
    return request.endpoint or "none"


def _known(method: str) -> str:
    return method if method in _METHODS else "other"


def _begin() -> None:
    g.legation_began = time.perf_counter()
    the_metrics().begin()


def _end(response: Response) -> Response:
    now = time.perf_counter()
    method, endpoint, status = method_of_request(), endpoint_of_request(), response.status_code
    seconds = now - g.get("legation_began", now)
    stopped = g.get("legation_stopped") or _limit_of(response)
    the_metrics().see(method, endpoint, status, seconds, stopped)
    if "answer_key" in g:  # see api.caching.answer_cache
        the_metrics().looked(kept="answer_kept" in g)
    if logs.wanted():
        query = g.get("legation_query") or _of_address()
        logs.tell(Seen(method, endpoint, status, seconds, response.content_length, query, stopped))
    return response


def _leave(_error: BaseException | None) -> None:
    if g.pop("legation_began", None) is not None:
        the_metrics().end()


def _limit_of(response: Response) -> str:
    if CUT in response.headers:
        return "rows or bytes"
    # Whether the service is well is no request that a limit stops.
    return "" if request.blueprint == "health" else _LIMITS.get(response.status_code, "")


def _of_address() -> str:
    return hashed(request.path.encode() + b"?" + request.query_string) if request.query_string else ""


def hashed(query: bytes) -> str:
    """Return what stands for a query in the log."""
    return hashlib.blake2b(query, key=_KEY, digest_size=8).hexdigest()
