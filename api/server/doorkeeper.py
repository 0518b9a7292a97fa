"""Who has too much in work is sent away at the door, before a thread is taken for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.operations.buckets import client_of, packed
from api.operations.rates import Rates
from api.server.calling import Answered
from api.server.environ import Scope

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
        address = packed(self._address(scope))
        if not self.rates.binds(address):
            return b""
        client = client_of(address)
        return client if self.rates.enter(client) else None

    def leave(self, client: bytes) -> None:
        """Count a request that is answered."""
        if client:
            self.rates.leave(client)

    def refusal(self) -> Answered:
        """Return the answer to a request that is not let in."""
        content = (
            '{"type": "about:blank", "title": "Too Many Requests", "status": 429, '
            f'"detail": "more than {self.rates.at_once} requests were in work at once", '
            '"repair": "Wait 1 s, then send it again"}'
        )
        headers = [("Content-Type", "application/problem+json"), ("Retry-After", "1"), ("Server", "Legation")]
        return Answered(429, headers, content.encode())

    def _address(self, scope: Scope) -> str:
        if self.proxies:
            passed = scope.headers.get("x-forwarded-for", "").split(",")
            if len(passed) >= self.proxies:
                return passed[-self.proxies].strip()
        return scope.client.rpartition(":")[0].strip("[]")
