"""One catalogue is kept ready, and follows the store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from api import create_app
from api.operations.health import readiness
from api.reconcile import keeper as keeping
from api.reconcile import ready, warm
from api.reconcile.catalogue import Catalogue, read_catalogue
from api.reconcile.keeper import Keeper
from kb.errors import StoreBusy
from kb.settings import Settings
from kb.store import GraphChange, Store, open_store
from kb.terms import graph, iri
from tests.entities.test_name_index import read
from tests.reconcile.asking import Asking
from tests.reconcile.conftest import LATE
from tests.world import world


def _soon(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.02)
    return False


def test_who_is_minted_or_retired_while_it_runs_is_known_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LOOKED", 0.0)
    monkeypatch.setattr(keeping, "REST", 0.0)
    with open_store(str(tmp_path / "store")) as store:
        store.commit([GraphChange(graph("reference"), world().reference)])
        ask = Asking(
            create_app(store, Settings(cache=str(tmp_path / "cache"), requests_per_second=0)).test_client()
        )
        assert ask.ids("Laterius Newman") == []
        store.commit([GraphChange(iri("art:late"), frozenset(read(LATE)))])
        assert _soon(lambda: ask.ids("Laterius Newman") == ["person/x-late"])
        old = [one for one in world().reference if "person/ada-aster>" not in str(one.subject)]
        tombstone = read(
            'person:ada-aster a owl:Thing ; owl:deprecated true ; lg:retiredOn "2026-01-01" ;'
            " dct:isReplacedBy person:bela-aster ."
        )
        store.commit([GraphChange(graph("reference"), frozenset([*old, *tombstone]))])
        assert _soon(lambda: ask.ids("person/ada-aster") == ["person/bela-aster"])


def test_the_one_before_answers_while_a_new_one_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LOOKED", 0.0)
    monkeypatch.setattr(keeping, "REST", 0.0)
    with open_store(str(tmp_path / "store")) as store:
        store.commit([GraphChange(graph("reference"), world().reference)])
        keeper = Keeper(store, tmp_path)
        before = keeper.catalogue()
        gate = threading.Event()

        def slowly(store: Store, folder: Path | None) -> Catalogue:
            gate.wait(10)
            return read_catalogue(store, folder)

        monkeypatch.setattr(keeping, "read_catalogue", slowly)
        store.commit([GraphChange(iri("art:late"), frozenset(read(LATE)))])
        assert keeper.catalogue() is keeper.catalogue() is before
        gate.set()
        assert _soon(lambda: keeper.catalogue() is not before)


def test_until_the_first_is_made_a_client_is_told_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeping, "PATIENCE", 0.05)
    with open_store(str(tmp_path / "nothing")) as store:
        keeper = Keeper(store, tmp_path)
        with pytest.raises(StoreBusy, match="being made"):
            keeper.catalogue()
        response = (
            create_app(store, Settings(cache=str(tmp_path))).test_client().get("/reconcile/preview?id=x")
        )
        assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
    assert _soon(lambda: "could not be made" in caplog.text)


def test_a_served_application_is_ready_once_the_index_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PAUSE", 0.02)
    with open_store(str(tmp_path / "store")) as store:
        app: Flask = create_app(store, Settings(cache=str(tmp_path / "cache"), requests_per_second=0))
        client = app.test_client()
        warm(app)
        missing = readiness(app).missing()
        assert "the index of names is not ready yet" in missing
        assert client.get("/readyz").status_code == 503
        store.commit([GraphChange(graph("reference"), world().reference)])
        assert _soon(lambda: client.get("/readyz").status_code == 200)
        with app.app_context():
            assert ready()
