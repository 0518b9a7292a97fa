"""How an answer is waited for."""

from __future__ import annotations

from typing import Protocol

from kb.store.reader import Exchange, Received


class Pace(Protocol):
    """How an answer is waited for."""

    def wait(self, exchange: Exchange, deadline: float) -> Received:
        """Return the answer. Raises as Exchange.wait does, and what else the pace has to say."""
        ...


class Steady:
    """Wait until the deadline."""

    def wait(self, exchange: Exchange, deadline: float) -> Received:
        """See Pace.wait."""
        return exchange.wait(deadline)
