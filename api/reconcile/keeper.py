"""Keeps one catalogue ready: made in the background, replaced when the store has changed."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from api.reconcile.catalogue import Catalogue, read_catalogue
from api.reconcile.turns import Turns
from kb.errors import LegationError, StoreBusy
from kb.store import Store

PATIENCE: Final = 3.0
"""Seconds that a request waits for the first catalogue."""
LOOKED: Final = 2.0
"""Seconds between two looks at the store's version."""
REST: Final = 10.0
"""So many times as long as one took to make, no other is made, however often the store changes."""
PAUSE: Final = 5.0
"""Seconds before another try after one that failed."""
_LOG: Final = logging.getLogger("legation.reconcile")


class Keeper:
    """The catalogue of a store. While a new one is made, the one before it answers."""

    def __init__(self, store: Store, folder: Path | None) -> None:
        self._store = store
        self._folder = folder
        self.turns = Turns()
        self._turn = threading.Lock()
        self._made = threading.Event()
        self._catalogue: Catalogue | None = None
        self._worker: threading.Thread | None = None
        self._next_look = 0.0
        self._fault = ""
        """What went wrong last, which is logged once."""

    @property
    def ready(self) -> bool:
        """Tell whether there is a catalogue."""
        return self._catalogue is not None

    def look(self, after: Callable[[], None] | None = None) -> None:
        """See in the background whether the store has changed, and make a catalogue of it where it has.

        With ``after``, go on until there is one, and call that.
        """
        with self._turn:
            now = time.monotonic()
            if now < self._next_look or (self._worker is not None and self._worker.is_alive()):
                return
            self._next_look = now + LOOKED
            self._worker = threading.Thread(target=self._work, args=(after,), name="catalogue", daemon=True)
            self._worker.start()

    def catalogue(self) -> Catalogue:
        """Return the catalogue. Raises StoreBusy where the first one is not made in time."""
        self.look()
        self._made.wait(PATIENCE)
        if self._catalogue is None:
            raise StoreBusy("the index of names is being made", repair="Send it again in a moment")
        return self._catalogue

    def _work(self, after: Callable[[], None] | None) -> None:
        while not self._make() and after is not None and not self.ready:
            time.sleep(PAUSE)
        if after is not None:
            after()

    def _make(self) -> bool:
        """Make a catalogue where there is none of the store's version; tell whether there is one now."""
        began = time.monotonic()
        try:
            if self._catalogue is None or self._catalogue.version != self._store.version():
                self._catalogue = read_catalogue(self._store, self._folder)
                self._made.set()
                now = time.monotonic()
                self._next_look = now + max(LOOKED, REST * (now - began))
        except (LegationError, OSError, sqlite3.Error, ValueError) as error:
            # The one before it goes on answering; a later request tries again.
            if str(error) != self._fault:
                _LOG.error("the index of names could not be made: %s", error)
            self._fault = str(error)
            self._next_look = time.monotonic() + PAUSE
            return False
        return True
