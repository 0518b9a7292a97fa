"""What is counted of requests. Counting is on the way of each of them, so it is a few sums under one lock."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter as TotalOf
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

_SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics(Collector):
    """The counters of one application. Threads may share them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._requests: TotalOf[tuple[str, str, int]] = TotalOf()
        self._stopped: TotalOf[str] = TotalOf()
        self._queries: TotalOf[str] = TotalOf()
        self._looks: TotalOf[str] = TotalOf()
        self._seconds: dict[str, _Times] = {}

    def begin(self) -> None:
        """Count a request that begins."""
        with self._lock:
            self._running += 1

    def end(self) -> None:
        """Count a request that ended, however it did."""
        with self._lock:
            self._running -= 1

    def see(self, method: str, endpoint: str, status: int, seconds: float, stopped: str) -> None:
        """Count a request that was answered."""
        with self._lock:
            self._requests[endpoint, method, status] += 1
            if endpoint not in self._seconds:
                self._seconds[endpoint] = _Times()
            self._seconds[endpoint].add(seconds)
            if stopped:
                self._stopped[stopped] += 1

    def asked(self, kind: str, number: int = 1) -> None:
        """Count queries of a kind, where one request holds many ("reconcile")."""
        with self._lock:
            self._queries[kind] += number

    def looked(self, *, kept: bool) -> None:
        """Count a look for an answer that was made before, and whether it was kept."""
        with self._lock:
            self._looks["yes" if kept else "no"] += 1

    def collect(self) -> Iterator[Metric]:
        """Yield what was counted so far, as of one moment."""
        with self._lock:
            running, seconds = self._running, {name: times.copy() for name, times in self._seconds.items()}
            requests: _Numbers = [((*key[:2], str(key[2])), number) for key, number in self._requests.items()]
            stopped, queries, looks = map(_single, (self._stopped, self._queries, self._looks))
        labels = ("endpoint", "method", "status")
        yield _counter("legation_requests", "Requests answered.", labels, requests)
        histogram = HistogramMetricFamily(
            "legation_request_seconds", "Seconds until an answer was ready to be sent.", labels=["endpoint"]
        )
        for endpoint, times in seconds.items():
            histogram.add_metric([endpoint], times.buckets(), times.total)
        yield histogram
        yield GaugeMetricFamily("legation_requests_running", "Requests in work now.", running)
        yield _counter("legation_stopped", "Requests stopped or answers cut, by limit.", ("limit",), stopped)
        yield _counter("legation_queries", "Queries where one request holds many.", ("kind",), queries)
        yield _counter("legation_answer_lookups", "Looks for an answer made before.", ("found",), looks)


@dataclass(slots=True)
class _Times:
    """How many requests took how long."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(_SECONDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(_SECONDS, seconds)] += 1
        self.total += seconds

    def copy(self) -> _Times:
        return _Times(self.counts.copy(), self.total)

    def buckets(self) -> list[tuple[str, float]]:
        """Return the numbers of requests that took no longer than each bound."""
        bounds = [*map(str, _SECONDS), "+Inf"]
        return list(zip(bounds, map(float, accumulate(self.counts)), strict=True))


_Numbers = list[tuple[tuple[str, ...], int]]


def _single(totals: TotalOf[str]) -> _Numbers:
    return [((name,), number) for name, number in totals.items()]


def _counter(name: str, what: str, labels: Sequence[str], numbers: _Numbers) -> CounterMetricFamily:
    family = CounterMetricFamily(name, what, labels=labels)
    for values, number in numbers:
        family.add_metric(values, number)
    return family
