"""How fast and how much at once one client may ask; past that it is answered 429.

A client is an IPv4 address or an IPv6 /64. All whose address is not known count as one.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, cast

from flask import Flask, Response, current_app, g, request

from api.http.peers import Header, header_of, tell_of, unknown_proxy
from api.monitoring.watch import stopped_by
from api.operations.buckets import Buckets, Taken
from api.operations.clients import client_of, is_loopback, networks, packed
from api.operations.health import is_health
from api.problems.errors import answer_with
from kb.settings import Settings

_KEY: Final = "legation.rates"
JUDGED: Final = "legation.judged"
"""In a WSGI environment: that the request was let in or refused already, so that it counts once."""
_AGAIN: Final = "1"
"""Seconds after which a client may try again that had too much in work."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that was let in."""

    client: bytes = b""
    """Empty for one whom no limit binds."""
    taken: Taken | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that a limit stands against."""

    limit: str
    problem: str
    after: str
    """Seconds after which it may be sent again."""
    taken: Taken | None


class Rates:
    """The limits of one application."""

    def __init__(self, settings: Settings) -> None:
        """Raise BadInput for a network that is none."""
        self.rate, self.burst = settings.requests_per_second, settings.requests_burst
        self.buckets = Buckets(self.rate, self.burst) if self.rate else None
        self.at_once = settings.requests_at_once
        self._exempt = networks(settings.requests_exempt)
        self._proxies = settings.trusted_proxies
        self._in_work: Counter[bytes] = Counter()
        self._lock = threading.Lock()

    def client(self, remote: str, version: str, header: Header) -> bytes:
        """Return for whom a request counts, empty where no limit binds it.

        ``remote`` is the client's address as far as it is known, ``version`` such as "HTTP/1.1". Behind a
        proxy that the settings do not count a client is always bound: nobody knows whose the address is.
        """
        address = packed(remote)
        if self._is_exempt(address):
            mark = unknown_proxy(header, version, self._proxies, loopback=is_loopback(address))
            if not mark:
                return b""
            tell_of(mark, self._proxies)
        return client_of(address)

    def client_of_environ(self, environ: Mapping[str, Any]) -> bytes:
        """Return the same for a WSGI environment, of which proxies that are trusted have told the client."""
        remote, version = environ.get("REMOTE_ADDR", ""), environ.get("SERVER_PROTOCOL", "")
        return self.client(remote, version, header_of(environ))

    def _is_exempt(self, address: bytes) -> bool:
        number = int.from_bytes(address)
        return any(size == len(address) and number & mask == net for size, net, mask in self._exempt)

    def enter(self, client: bytes) -> bool:
        """Count a request of a client that begins; False where it has too many in work."""
        with self._lock:
            if self.at_once and self._in_work[client] >= self.at_once:
                return False
            self._in_work[client] += 1
            return True

    def admit(self, environ: Mapping[str, Any]) -> Admitted | Refused:
        """Let a request begin, or say what stands against it; ``dismiss`` ends one that was let in."""
        client = self.client_of_environ(environ)
        if not client:
            return Admitted()
        taken = None if self.buckets is None else self.buckets.take(client)
        if taken and not taken.allowed:
            problem = f"requests come faster than {self.rate:g} a second"
            return Refused("rate", problem, str(math.ceil(taken.wait)), taken)
        if not self.enter(client):
            problem = f"more than {self.at_once} requests were in work at once"
            return Refused("requests at once", problem, _AGAIN, taken)
        return Admitted(client, taken)

    def dismiss(self, admitted: Admitted) -> None:
        """Count a request that was let in and has ended."""
        if admitted.client:
            self.leave(admitted.client)

    def told(self, taken: Taken) -> dict[str, str]:
        """Return how much is left, in the fields of the IETF's draft "RateLimit header fields for HTTP"."""
        window = max(1, math.ceil(self.burst / self.rate))
        return {
            "RateLimit-Policy": f'"client";q={self.burst};w={window}',
            "RateLimit": f'"client";r={taken.left};t={math.ceil(taken.wait) or 1}',
        }

    def leave(self, client: bytes) -> None:
        """Count a request of a client that ended."""
        with self._lock:
            self._in_work[client] -= 1
            if not self._in_work[client]:
                del self._in_work[client]


def register(app: Flask, settings: Settings) -> None:
    """Limit the clients of an application. Raises BadInput for a setting that cannot be read."""
    app.extensions[_KEY] = Rates(settings)
    app.before_request(_limit)
    app.after_request(_tell)
    app.teardown_request(_leave)


def rates_of(app: Flask) -> Rates:
    """Return the limits of an application."""
    return cast(Rates, app.extensions[_KEY])


def _rates() -> Rates:
    return rates_of(current_app)


def _limit() -> Response | None:
    if is_health():
        return None
    before: Admitted | Refused | None = request.environ.get(JUDGED)
    found = before or _rates().admit(request.environ)
    g.legation_taken = found.taken
    if isinstance(found, Refused):
        return _refuse(found)
    if before is None:  # else whoever let it in dismisses it
        g.legation_admitted = found
    return None


def _refuse(refused: Refused) -> Response:
    stopped_by(refused.limit)
    response = answer_with(
        HTTPStatus.TOO_MANY_REQUESTS, refused.problem, repair=f"Wait {refused.after} s, then send it again"
    )
    response.headers["Retry-After"] = refused.after
    return response


def _tell(response: Response) -> Response:
    """Say how much is left."""
    taken: Taken | None = g.get("legation_taken")
    if taken is not None:
        response.headers.update(_rates().told(taken))
    return response


def _leave(_error: BaseException | None) -> None:
    admitted: Admitted | None = g.pop("legation_admitted", None)
    if admitted is not None:
        _rates().dismiss(admitted)
