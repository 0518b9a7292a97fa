"""Bases of earlier days are made once, kept for a while, and gone afterwards."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from kb.as_of import Pasts, keeper
from kb.as_of.folders import Room, clear
from kb.as_of.making import Made, make
from kb.as_of.messages import Order
from kb.errors import LegationError, StoreBusy, StoreError, TooLarge
from kb.pipeline import retract
from kb.settings import Settings
from kb.store import Store
from tests.world import articles, tiny_store

SOON = 120.0
"""Seconds: far more than it takes."""
EARLY, LATER = date(2003, 6, 5), date(2013, 3, 15)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with tiny_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """Make bases here instead of in a process of their own, and tell which were ordered."""
    found: list[Order] = []

    def here(order: Order, _started: Callable[..., None]) -> Made:
        found.append(order)
        return make(order.place.open(), order.day, order.folder, order.claims)

    monkeypatch.setattr(keeper, "made_by_process", here)
    return found


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "spool").mkdir()
    return Settings(spool=str(tmp_path / "spool"))


@pytest.fixture
def pasts(store: Store, settings: Settings) -> Iterator[Pasts]:
    found = Pasts(store, settings)
    yield found
    found.close()


def texts_on(pasts: Pasts, day: date) -> int:
    with pasts.on(day, SOON) as past:
        assert past.known.day == day
        return past.known.texts


def test_a_process_of_its_own_makes_it(store: Store, pasts: Pasts) -> None:
    with pasts.on(EARLY, SOON) as past:
        assert past.known.texts == 2
        assert past.store.version() == store.version()
        assert past.store.ask("ASK { ?event lg:supportedBy ?claim }")
        assert not past.store.ask('ASK { ?article lg:published ?on FILTER(STR(?on) > "2003-06-05") }')


def test_days_between_two_publications_are_one_base(pasts: Pasts, orders: list[Order]) -> None:
    assert [texts_on(pasts, day) for day in (LATER, date(2013, 3, 1), date(2013, 4, 2))] == [5, 5, 5]
    assert len(orders) == 1
    assert texts_on(pasts, date(2013, 4, 3)) == 6
    assert len(orders) == 2


def test_another_version_of_the_base_makes_another(store: Store, pasts: Pasts, orders: list[Order]) -> None:
    assert texts_on(pasts, EARLY) == 2
    before = store.version()
    retract(store, articles()["tour-2003-post"].id, "withdrawn", date(2024, 7, 1))
    with pasts.on(EARLY, SOON) as past:
        assert past.store.version() == store.version() != before
    assert len(orders) == 2


def test_no_more_than_so_many_are_kept_and_their_folders_go(
    store: Store, settings: Settings, orders: list[Order]
) -> None:
    pasts = Pasts(store, replace(settings, as_of_stores=1))
    for day in (EARLY, LATER):
        texts_on(pasts, day)
    assert [order.folder.exists() for order in orders] == [False, True]
    pasts.close()
    assert not list(Path(settings.spool).iterdir())


def test_one_that_is_being_asked_stays(store: Store, settings: Settings, orders: list[Order]) -> None:
    pasts = Pasts(store, replace(settings, as_of_stores=1))
    with pasts.on(EARLY, SOON) as early:
        texts_on(pasts, LATER)
        assert early.store.ask("ASK { ?event lg:supportedBy ?claim }")
    assert [order.folder.exists() for order in orders] == [False, True]
    pasts.close()


def test_what_is_too_large_is_refused_at_once_the_next_time_and_so_are_later_days(
    store: Store, settings: Settings, orders: list[Order]
) -> None:
    pasts = Pasts(store, replace(settings, as_of_claims=10))
    for day in (LATER, LATER, date(2018, 1, 1)):
        with pytest.raises(TooLarge, match="from 10 at most"), pasts.on(day, SOON):
            pass
    assert len(orders) == 1
    assert texts_on(pasts, EARLY) == 2, "an earlier day knew less"
    pasts.close()


def test_what_takes_too_long_is_stopped_and_the_limit_is_named(store: Store, settings: Settings) -> None:
    pasts = Pasts(store, replace(settings, as_of_seconds=0.05))
    with pytest.raises(TooLarge, match=r"more than 0\.05 seconds.*LEGATION_AS_OF_SECONDS"):
        texts_on(pasts, EARLY)
    pasts.close()
    assert not list(Path(settings.spool).iterdir())


def test_what_takes_too_much_memory_is_stopped_and_the_limit_is_named(
    store: Store, settings: Settings
) -> None:
    pasts = Pasts(store, replace(settings, reader_bytes=40_000_000))
    with pytest.raises(TooLarge, match=r"more than 40,000,000 bytes.*LEGATION_READER_BYTES"):
        texts_on(pasts, EARLY)
    pasts.close()


def test_who_has_no_patience_is_told_to_come_again_and_finds_it_then(
    pasts: Pasts, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slowly(order: Order, _started: Callable[..., None]) -> Made:
        go_on.wait(SOON)
        return make(order.place.open(), order.day, order.folder, order.claims)

    monkeypatch.setattr(keeper, "made_by_process", slowly)
    with pytest.raises(StoreBusy, match="is being made"), pasts.on(EARLY, 0.0):
        pass
    with ExitStack() as waiting:
        for number in range(keeper.WAITING - 1):
            with pytest.raises(StoreBusy, match="is being made"):
                waiting.enter_context(pasts.on(date(2014, 1, 10 + number), 0.0))
        with pytest.raises(StoreBusy, match="other days are waited for"):
            waiting.enter_context(pasts.on(LATER, 0.0))
    go_on.set()
    assert texts_on(pasts, EARLY) == 2


def test_a_fault_of_the_making_reaches_who_asked_and_leaves_nothing(
    pasts: Pasts, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_order: Order, _started: Callable[..., None]) -> Made:
        raise StoreError("the disk is full")

    monkeypatch.setattr(keeper, "made_by_process", failing)
    with pytest.raises(LegationError, match="the disk is full"):
        texts_on(pasts, EARLY)
    (room,) = Path(settings.spool).iterdir()
    assert not list(room.iterdir())


def test_what_a_killed_process_left_is_cleared_away_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    used = Room(str(tmp_path))
    left, fresh, foreign = (tmp_path / name for name in ("legation-as-of-1", "legation-as-of-2", "other"))
    for folder in (left, fresh, foreign):
        folder.mkdir()
    for folder in (left, used.path):
        os.utime(folder, (time.time() - 3600, time.time() - 3600))
    clear(tmp_path)
    assert (used.path.exists(), left.exists(), fresh.exists(), foreign.exists()) == (True, False, True, True)
    used.leave()
    assert not used.path.exists()
