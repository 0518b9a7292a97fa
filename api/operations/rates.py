"""How fast and how much at once one client may ask; past that it is answered 429.

A client is an IPv4 address or an IPv6 /64. All whose address is not known count as one.
"""

from __future__ import annotations

import ipaddress
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
from api.operations.buckets import Buckets, Taken, client_of, packed
from api.operations.health import is_health
from api.problems.errors import answer_with
from kb.errors import BadInput
from kb.settings import Settings

_KEY: Final = "legation.rates"
ADMITTED: Final = "legation.admitted"
"""In a WSGI environment: that the request was let in already."""
_AGAIN: Final = "1"
"""Seconds after which a client may try again that had too much in work."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that was let in."""

    client: bytes = b""
    """Empty for one whom no limit binds."""
    taken: Taken | None = None


class Rates:
    """The limits of one application."""

    def __init__(self, settings: Settings) -> None:
        """Raise BadInput for a network that is none."""
        self.rate, self.burst = settings.requests_per_second, settings.requests_burst
        self.buckets = Buckets(self.rate, self.burst) if self.rate else None
        self.at_once = settings.requests_at_once
        self._exempt = _networks(settings.requests_exempt)
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
            mark = unknown_proxy(header, version, self._proxies, loopback=_is_loopback(address))
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

    def admitted(self, environ: Mapping[str, Any]) -> Admitted | None:
        """Let a request begin; None where a limit stands against it. ``dismiss`` ends it."""
        client = self.client_of_environ(environ)
        if not client:
            return Admitted()
        taken = None if self.buckets is None else self.buckets.take(client)
        if (taken and not taken.allowed) or not self.enter(client):
            return None
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


def _networks(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return networks as bytes of an address, number and mask."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            network = ipaddress.ip_network(part)
        except ValueError as error:
            raise BadInput(
                f"{part!r} is no network",
                place="LEGATION_REQUESTS_EXEMPT",
                repair="Write networks such as 192.0.2.0/24, with commas",
            ) from error
        found.append((network.max_prefixlen // 8, int(network.network_address), int(network.netmask)))
    return tuple(found)


def _is_loopback(address: bytes) -> bool:
    return address[0] == 127 if len(address) == 4 else address == packed("::1")


def rates_of(app: Flask) -> Rates:
    """Return the limits of an application."""
    return cast(Rates, app.extensions[_KEY])


def _rates() -> Rates:
    return rates_of(current_app)


def _limit() -> Response | None:
    rates = _rates()
    before: Admitted | None = request.environ.get(ADMITTED)
    if before is not None:
        g.legation_taken = before.taken
        return None
    client = b"" if is_health() else rates.client_of_environ(request.environ)
    if not client:
        return None
    if rates.buckets is not None:
        taken = rates.buckets.take(client)
        g.legation_taken = taken
        if not taken.allowed:
            return _refuse(
                "rate",
                f"requests come faster than {rates.rate:g} a second",
                str(math.ceil(taken.wait)),
            )
    if not rates.enter(client):
        return _refuse("requests at once", f"more than {rates.at_once} requests were in work at once", _AGAIN)
    g.legation_client = client
    return None


def _refuse(limit: str, problem: str, after: str) -> Response:
    stopped_by(limit)
    response = answer_with(
        HTTPStatus.TOO_MANY_REQUESTS, problem, repair=f"Wait {after} s, then send it again"
    )
    response.headers["Retry-After"] = after
    return response


def _tell(response: Response) -> Response:
    """Say how much is left."""
    taken: Taken | None = g.get("legation_taken")
    if taken is not None:
        response.headers.update(_rates().told(taken))
    return response


def _leave(_error: BaseException | None) -> None:
    client: bytes | None = g.pop("legation_client", None)
    if client is not None:
        _rates().leave(client)
