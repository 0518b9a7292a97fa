"""The readers of a store: those that cannot leave this machine, and those whose queries call the relay."""

from __future__ import annotations

from dataclasses import dataclass

from kb.settings import Settings
from kb.store.federation_list import Services
from kb.store.readers import Readers, Received
from kb.store.snapshots import Layout
from kb.store.spool import Budget
from kb.store.worker import ONLINE, Request


@dataclass(frozen=True, slots=True)
class Pools:
    """Two pools of readers, none of which is started before it is needed."""

    offline: Readers
    online: Readers
    services: Services
    """What queries may call."""

    def ask(self, request: Request, *, calling: bool = False) -> Received:
        """Run a request; ``calling`` where its query calls another service. Raises as Readers.ask does."""
        return (self.online if calling else self.offline).ask(request)

    @property
    def alive(self) -> int:
        """How many processes there are now."""
        return self.offline.alive + self.online.alive

    def close(self) -> None:
        """End all readers."""
        self.offline.close()
        self.online.close()


def readers_of(layout: Layout, settings: Settings) -> Pools:
    """Return the readers of a folder, as the settings have them. Raises BadInput for a bad list."""
    budget = Budget(settings.spool_bytes)
    count, memory = max(1, settings.readers), settings.reader_bytes
    return Pools(
        Readers(layout.folder, count, memory, budget, settings.spool),
        Readers(layout.folder, 1, memory, budget, settings.spool, ONLINE),
        Services.of(settings),
    )
