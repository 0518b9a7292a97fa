"""What a service costs while it is under attack: memory of all its processes, and what others wait."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kb.resources import ROOT

SMALL: Final = (
    "SELECT ?s ?o WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } LIMIT 5",
    "ASK { ?s a ?c }",
    "SELECT ?p WHERE { ?s ?p ?o } LIMIT 10",
)
SECOND_CLIENT: Final = "127.0.0.2"
"""Another address than the attacker's: a service may tell them apart by it."""


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in _listed(Path(f"/proc/{one}/task")):
            waiting += [int(child) for child in _read(task / "children").split()]
    return found


def memory(pid: int) -> int:
    """Return the proportional share of memory of a process and all its descendants, in bytes."""
    return sum(_pss(one) for one in family(pid))


def busy(pid: int) -> float:
    """Return the seconds of processor that a process and its descendants took so far."""
    return sum(_used(one) for one in family(pid))


def _pss(pid: int) -> int:
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _used(pid: int) -> float:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100 if fields else 0.0


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


@dataclass(slots=True)
class Watch:
    """What was seen while it ran."""

    most: int = 0
    """Bytes of memory at once."""
    waits: list[float] = field(default_factory=list)
    """Seconds that each small query took."""
    faults: list[str] = field(default_factory=list)
    """What a small query got where it got no answer."""

    @property
    def p95(self) -> float:
        """Return the wait that one in twenty passes, in seconds."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] if ordered else float("inf")


@contextmanager
def watching(place: tuple[str, int], pid: int) -> Iterator[Watch]:
    """Measure while the block runs, in a process of its own, which an attacker's threads do not slow down."""
    command = [sys.executable, "-m", "tests.threats.measuring", place[0], str(place[1]), str(pid)]
    seen = Watch()
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as watcher:
        assert watcher.stdout is not None
        watcher.stdout.readline()  # it has begun
        try:
            yield seen
        finally:
            said, _ = watcher.communicate(timeout=60)
    for name, value in json.loads(said).items():
        setattr(seen, name, value)


def _weigh(seen: Watch, pid: int, stop: threading.Event) -> None:
    while not stop.wait(0.05):
        seen.most = max(seen.most, memory(pid))


def _ask(seen: Watch, place: tuple[str, int], stop: threading.Event) -> None:
    number = 0
    connection: http.client.HTTPConnection | None = None
    while not stop.wait(0.02):
        number += 1
        began = time.monotonic()
        try:
            connection = connection or _connection(place)
            path = f"/sparql?query={quote(SMALL[number % len(SMALL)])}"
            connection.request("GET", path, headers={"Accept": "application/sparql-results+json"})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                seen.faults.append(f"status {response.status}")
        except (OSError, http.client.HTTPException) as error:
            seen.faults.append(repr(error))
            connection = None
        seen.waits.append(time.monotonic() - began)


def _connection(place: tuple[str, int]) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(*place, timeout=30, source_address=(SECOND_CLIENT, 0))


def main(arguments: list[str]) -> int:
    """Measure until standard input ends, then print what was seen."""
    host, port, pid = arguments
    seen, stop = Watch(), threading.Event()
    threads = [
        threading.Thread(target=_weigh, args=(seen, int(pid), stop)),
        threading.Thread(target=_ask, args=(seen, (host, int(port)), stop)),
    ]
    for thread in threads:
        thread.start()
    print(flush=True)
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join(30)
    print(json.dumps(asdict(seen)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
