"""How long each shipped question takes when its answer is in no cache: at first, and once warm."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from kb.queries import Question, questions
from tests.bench.casting import Stage
from tests.bench.figures import Figure
from tests.bench.ratios import Unequal
from tests.bench.servers import Server, legation
from tests.bench.variants import target, variants


def cold(base: Path) -> dict[str, float]:
    """Return, by question, the milliseconds of the first answer of a fresh server with its files not read.

    The files leave the system's cache first, as far as the system follows that advice.
    """
    found = {}
    for question in questions().values():
        with legation(base, warm=False) as server:
            _forget(base)
            found[question.name] = _timed(server, [question.example()], question)[0].milliseconds
    return found


def warm(
    base: Path, stage: Stage, times: int, bar: float, aim: float, first: dict[str, float]
) -> Iterator[Figure]:
    """Yield, for each question, the 95th percentile of so many requests, one after another, none alike."""
    with legation(base) as server:
        for question in sorted(questions().values(), key=lambda each: each.name):
            wanted = variants(question, stage, times)
            _timed(server, wanted[:2], question)
            answered = _timed(server, wanted[2:], question)
            taken = sorted(each.milliseconds for each in answered)
            p95 = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
            note = f"{len(taken)} requests"
            if stopped := sum(each.stopped for each in answered):
                note += f", **{stopped} stopped at the limit of time**"
            if question.name in first:
                note += f", cold {first[question.name]:.0f} ms"
            middle = f"p50 {statistics.median(taken):.0f} ms, most {taken[-1]:.0f} ms"
            yield Figure(f"{question.name}, p95", p95, "ms", bar, aim, middle, "", note)


@dataclass(frozen=True, slots=True)
class _Answered:
    milliseconds: float
    stopped: bool
    """Whether it was stopped at the limit of time, and nothing answered."""


def _timed(server: Server, every: list[dict[str, str]], question: Question) -> list[_Answered]:
    """Return how each request was answered, over one connection. Raises Unequal for what is no answer."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    found = []
    try:
        for given in every:
            started = time.perf_counter()
            connection.request("GET", target(question, given), headers={"Accept": "application/json"})
            response = connection.getresponse()
            body = response.read()
            taken = (time.perf_counter() - started) * 1000
            if response.status not in (200, 504):
                raise Unequal(f"{target(question, given)} answers {response.status}: {body[:200]!r}")
            found.append(_Answered(taken, response.status == 504))
    finally:
        connection.close()
    return found


def _forget(base: Path) -> None:
    """Advise the system to drop the files of a folder from its cache."""
    for path in base.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)
