"""Who has too much in work is sent away at the door, before a thread is taken for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.http.peers import Header
from api.operations.rates import Rates
from api.server.environ import Scope, version_of
from api.server.ready import Refusal, problem

_HEALTH: Final = ("/healthz", "/readyz")


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Counts the requests of each client that wait or are in work."""

    rates: Rates
    """Its own, not the application's: here those count that wait for a thread too."""
    proxies: int
    """How many proxies stand before the service, whose X-Forwarded-For is believed."""

    def enter(self, scope: Scope) -> bytes | None:
        """Let a request in; return what to leave with, None where its client has too many already."""
        if scope.path.endswith(_HEALTH):
            return b""
        header = _header_of(scope)
        remote = self._address(scope, header)
        client = self.rates.client(remote, version_of(scope), header)
        return client if not client or self.rates.enter(client) else None

    def leave(self, client: bytes) -> None:
        """Count a request that is answered."""
        if client:
            self.rates.leave(client)

    def refusal(self) -> Refusal:
        """Return the answer to a request that is not let in."""
        told = f"more than {self.rates.at_once} requests were in work at once"
        return Refusal(problem(429, told, "Wait 1 s, then send it again", after=1), "requests at once")

    def _address(self, scope: Scope, header: Header) -> str:
        if self.proxies:
            passed = header("x-forwarded-for").split(",")
            if len(passed) >= self.proxies:
                return passed[-self.proxies].strip()
        return scope.client.rpartition(":")[0].strip("[]")


def _header_of(scope: Scope) -> Header:
    """Return how to look into a request's headers; a proxy may add a line to one that its client sent."""
    return lambda name: ",".join(scope.headers.get_all(name))
