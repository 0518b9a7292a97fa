"""The readers of a store: for questions and pages, for strangers, and for calls of other services."""

from __future__ import annotations

from dataclasses import dataclass

from kb.settings import Settings
from kb.store.federation_list import Services
from kb.store.lanes import Lanes
from kb.store.memory.copies import Copies
from kb.store.memory.orders import own_share
from kb.store.messages import ONLINE, Request
from kb.store.reader import Received
from kb.store.readers import Readers
from kb.store.snapshots import Layout
from kb.store.spool import Budget


@dataclass(frozen=True, slots=True)
class Pools:
    """Three pools of readers, none of which is started before it is needed."""

    house: Readers
    """For questions and pages, which no stranger's query can hold up."""
    strangers: Lanes
    calling: Readers
    """The only ones that may open sockets: to the relay."""
    services: Services
    """What queries may call."""
    copies: Copies
    """The copy in memory that the first two share, once it is made."""

    def keep_in_memory(self) -> None:
        """Make a copy of what is asked in the background, and anew whenever the base has changed."""
        self.copies.start(self._renew)

    def _renew(self) -> None:
        self.house.renew()
        self.strangers.readers.renew()

    def ask(self, request: Request, *, shape: int | None = None, calling: bool = False) -> Received:
        """Run a request; ``shape`` is a stranger's query's, ``calling`` says that it calls another service.

        Raises as Readers.ask does.
        """
        if calling:
            return self.calling.ask(request)
        return self.house.ask(request) if shape is None else self.strangers.ask(request, shape)

    @property
    def alive(self) -> int:
        """How many processes there are now."""
        return self.house.alive + self.strangers.readers.alive + self.calling.alive

    def close(self) -> None:
        """End all readers."""
        for readers in (self.house, self.strangers.readers, self.calling):
            readers.close()
        self.copies.close()


def readers_of(layout: Layout, settings: Settings) -> Pools:
    """Return the readers of a folder, as the settings have them. Raises BadInput for a bad list."""
    budget = Budget(settings.spool_bytes)
    count, memory = max(1, settings.readers), settings.reader_bytes
    copies = Copies(layout, settings.copy_bytes, settings.spool)
    return Pools(
        Readers(layout.folder, count, memory, budget, settings.spool, copies=copies),
        Lanes.over(Readers(layout.folder, 2 * count, memory, budget, settings.spool, copies=copies)),
        Readers(layout.folder, 1, memory, budget, settings.spool, ONLINE),
        Services.of(settings),
        copies,
    )


def most_memory(settings: Settings) -> int:
    """Return how many bytes all readers may take together, with the copy in memory that they share.

    There are two copies while a new one is made. What a reader may make its own of a copy is as in
    kb.store.memory.keeper.
    """
    sharing = 3 * max(1, settings.readers)
    calling = 1 if settings.services else 0
    most = (sharing + calling) * settings.reader_bytes
    if settings.copy_bytes:
        most += 2 * settings.copy_bytes + sharing * own_share(settings.copy_bytes, settings.reader_bytes)
    return most
