"""The bases of earlier days that are kept: each is made once for a version of the base, when first asked.

All days between two publications are one base. One is made at a time; who asks waits for a while, and is
then told to come again, while the making goes on. What cannot be made is remembered for some minutes, and
so are later days, of which no less was known.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event, Lock, Thread
from typing import Final

from kb.as_of.folders import Room
from kb.as_of.kept import Kept, Shelf
from kb.as_of.messages import Order
from kb.as_of.process import made_by_process
from kb.as_of.refusals import Refusals, again
from kb.as_of.source import Place
from kb.errors import Cancelled, LegationError, StoreBusy, StoreError
from kb.queries.as_of import Past
from kb.settings import Settings
from kb.store import Store
from kb.store.cancel import WORKING_FOR, since
from kb.store.embedded import EmbeddedStore

WAITING: Final = 4
"""For how many days somebody may wait at once."""
_LOOK: Final = 0.25
"""Seconds between two looks whether somebody still waits."""


@dataclass(slots=True)
class _Making:
    """A base that is being made, for whoever waits for it."""

    done: Event = field(default_factory=Event)
    kept: Kept | None = None
    error: LegationError | None = None


class Pasts:
    """The bases of earlier days of one store; threads may share it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._lock = Lock()
        self._one = Lock()
        self._room: Room | None = None
        self._shelf = Shelf(settings.as_of_stores)
        self._making: dict[tuple[str, date], _Making] = {}
        self._refusals = Refusals()
        self._number = 0
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    @contextmanager
    def on(self, day: date, patience: float) -> Iterator[Past]:
        """Give the base as of the end of a day, while the block runs; wait so many seconds for it at most.

        Raises TooLarge where it cannot be made within the limits; StoreBusy where it is being made for
        longer than the patience, or too many days are; StoreError, Cancelled.
        """
        deadline = since() + patience
        kept = self._taken(day, deadline)
        try:
            yield Past(kept.store, replace(kept.made.known, day=day))
        finally:
            with self._lock:
                kept.users -= 1
                gone = self._shelf.surplus()
            _clear(gone)

    def close(self) -> None:
        """Let all of them go."""
        with self._lock:
            self._closed = True
            process, gone = self._process, self._shelf.empty()
        if process is not None:
            process.kill()
        _clear(gone)
        with self._one:  # nothing is being made any more
            if self._room is not None:
                self._room.leave()

    def _taken(self, day: date, deadline: float) -> Kept:
        """Return the base of a day with one user more."""
        while True:
            version = self._store.version()
            with self._lock:
                kept = self._shelf.take(version, day)
                making = None if kept else self._begun(version, day)
            if kept is not None:
                return kept
            assert making is not None
            _wait(making, day, deadline)
            with self._lock:
                if making.kept is not None and self._shelf.use(making.kept):
                    return making.kept  # though the base may be newer by now

    def _begun(self, version: str, day: date) -> _Making:
        """Return the making of a base, begun now unless it is on its way. The lock is held."""
        if self._closed:
            raise StoreError("the store is closed", repair="Open it again")
        self._refusals.hold(version, day)
        making = self._making.get((version, day))
        if making is None:
            if len(self._making) >= WAITING:
                raise StoreBusy(
                    f"bases of {WAITING} other days are waited for", repair="Ask again in a moment"
                )
            making = self._making[version, day] = _Making()
            Thread(target=self._make, args=(version, day, making), daemon=True).start()
        return making

    def _make(self, version: str, day: date, making: _Making) -> None:
        gone: list[Kept] = []
        try:
            with self._one:
                with self._lock:
                    making.kept = self._shelf.find(version, day)  # another day's, made meanwhile
                if making.kept is None:
                    making.kept = self._new(day)
                    with self._lock:
                        gone = self._shelf.put(making.kept)
        except LegationError as error:
            making.error = error
            with self._lock:
                self._refusals.add(version, day, error)
        except BaseException:
            making.error = StoreError(f"the base as of {day} could not be made")
            raise
        finally:
            _clear(gone)
            with self._lock:
                del self._making[version, day]
            making.done.set()

    def _new(self, day: date) -> Kept:
        settings = self._settings
        if self._room is None:
            self._room = Room(settings.spool)
        self._number += 1
        folder = self._room.path / str(self._number)
        folder.mkdir()
        place = Place.of(self._store)
        limits = (settings.as_of_claims, settings.as_of_seconds, settings.reader_bytes)
        try:
            made = made_by_process(Order(place, day, folder, *limits), self._started)
            store = EmbeddedStore.open(folder, replace(settings, readers=1, copy_bytes=0))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            self._process = None
        return Kept(made, store, folder)

    def _started(self, process: subprocess.Popen[str]) -> None:
        with self._lock:
            self._process = process
            if self._closed:
                process.kill()


def _clear(gone: Iterable[Kept]) -> None:
    for kept in gone:
        kept.store.close()
        shutil.rmtree(kept.folder, ignore_errors=True)


def _wait(making: _Making, day: date, deadline: float) -> None:
    """Wait until a base is made.

    Raises what kept it from being made; StoreBusy past the deadline; Cancelled when nobody waits any more.
    """
    cancel = WORKING_FOR.get()
    while not making.done.wait(min(_LOOK, max(0.0, deadline - time.monotonic()))):
        if cancel:
            raise Cancelled("nobody waits for the answer any more")
        if time.monotonic() >= deadline:
            raise StoreBusy(f"the base as of {day} is being made", repair="Ask again in some seconds")
    if making.error is not None:
        raise again(making.error)
