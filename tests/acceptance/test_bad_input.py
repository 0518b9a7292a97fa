"""Nonsense, cut wires and full disks, through the real command: a clear error, and the store as it was."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Final

import pytest

from kb.resources import DISPATCHES
from kb.store import open_store

LEGATION: Final = [sys.executable, "-c", "from api.main import main; main()"]
TEXT: Final = DISPATCHES / "texts" / "prk-rus-2019-vladivostok.txt"
OTHERS: Final = [DISPATCHES / "texts", "--index", DISPATCHES / "INDEX.tsv"]


def legation(*words: object, store: Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*LEGATION, *map(str, words)],
        env={**os.environ, "LEGATION_STORE": str(store)},
        capture_output=True,
        text=True,
        timeout=300,
        **more,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a base without texts, which each test that needs one copies."""
    folder = tmp_path_factory.mktemp("built") / "store"
    done = legation("build", store=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def store(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copytree(built, tmp_path_factory.mktemp("bad") / "store")
    done = legation("ingest", TEXT, "--outlet", "Desk", "--published", "2019-04-26", store=folder)
    assert done.returncode == 0, done.stderr
    return folder


def version(folder: Path) -> str:
    with open_store(str(folder)) as store:
        return store.version()


FAULTS: Final[dict[str, tuple[Callable[[Path], list[object]], int, str]]] = {
    "an empty file": (lambda d: ["ingest", written(d, b"")], 2, "empty"),
    "a binary file": (lambda d: ["ingest", written(d, b"\x7fELF\0\0\1")], 2, "binary"),
    "ten megabytes of one line": (lambda d: ["ingest", written(d, b"a " * 5_000_000)], 2, "bytes"),
    "another encoding": (
        lambda d: ["ingest", written(d, "Visite à Genève".encode("latin-1"))],
        2,
        "not UTF-8",
    ),
    "a malformed date": (lambda d: ["ingest", TEXT, "--published", "last Friday"], 2, "--published"),
    "a file that is not there": (lambda d: ["ingest", d / "nowhere.txt"], 2, "nowhere.txt"),
    "an unknown question": (lambda d: ["ask", "who-knows"], 2, "facilities-visited"),
    "a missing parameter": (lambda d: ["ask", "facilities-visited", "visitor_state=PRK"], 2, "host_state"),
    "an unknown parameter": (lambda d: ["ask", "transfers-alleged", "colour=red"], 2, "colour"),
    "malformed SPARQL": (lambda d: ["sparql", "SELECT ?s WHERE { ?s ?p"], 2, "line 1"),
    "an update": (lambda d: ["sparql", "DELETE WHERE { ?s ?p ?o }"], 2, "DELETE"),
    "a query to another service": (
        lambda d: ["sparql", "ASK { SERVICE <http://127.0.0.1:9/> {} }"],
        2,
        "SERVICE",
    ),
    "an article that is not there": (lambda d: ["retract", "0000", "--reason", "none"], 3, "0000"),
}


def written(folder: Path, content: bytes) -> Path:
    path = folder / "text.txt"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_and_changes_nothing(fault: str, store: Path, tmp_path: Path) -> None:
    words, code, named = FAULTS[fault]
    before = version(store)
    done = legation(*words(tmp_path), store=store)
    assert (done.returncode, done.stdout) == (code, "")
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 1500
    assert version(store) == before


def test_a_run_that_is_killed_keeps_what_it_finished_and_goes_on_when_run_again(
    built: Path, tmp_path: Path
) -> None:
    store = copytree(built, tmp_path / "store")
    before = _snapshot(store)
    run = subprocess.Popen(
        [*LEGATION, "ingest", *map(str, OTHERS)],
        env={**os.environ, "LEGATION_STORE": str(store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _wait_for_snapshots(store, more_than=before + 3)
    run.send_signal(signal.SIGKILL)
    run.wait()
    again = legation("ingest", *OTHERS, store=store)
    assert again.returncode == 0, again.stderr
    added = int(again.stdout.split(" added")[0])
    assert 0 < added < 20
    whole = copytree(built, tmp_path / "whole")
    assert legation("ingest", *OTHERS, store=whole).returncode == 0
    assert version(store) == version(whole)


def _snapshot(store: Path) -> int:
    """Return the number of the newest snapshot; 0 where there is none."""
    return max((int(p.name) for p in (store / "snapshots").glob("[0-9]*") if p.name.isdigit()), default=0)


def _wait_for_snapshots(store: Path, *, more_than: int) -> None:
    """Wait until the run has committed that often."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if _snapshot(store) > more_than:
            return
        time.sleep(0.02)
    raise AssertionError(f"{store} made no progress in a minute")


def test_a_disk_that_is_full_stops_the_run_with_a_clear_error_and_the_store_as_it_was(
    built: Path, tmp_path: Path
) -> None:
    store = copytree(built, tmp_path / "store")
    before = version(store)
    largest = max(path.stat().st_size for path in store.rglob("*") if path.is_file())
    done = legation("ingest", *OTHERS, store=store, preexec_fn=_file_limit(min(largest, 4096)))
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert version(store) == before
    assert legation("ingest", TEXT, store=store).returncode == 0


def _file_limit(size: int) -> Callable[[], None]:
    """Return what makes every file that grows past a size fail to be written, as on a full disk."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit
