"""``/metrics`` for Prometheus: counts and times by the names of routes, never by path, query or client.

Whoever holds the token of LEGATION_METRICS_TOKEN may read them. Where there is none, only this machine may,
and only while no proxy is known to stand between: through one of this machine, everybody seems to be here.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from typing import Final, cast

from flask import Blueprint, Flask, Response, abort, current_app, request
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.registry import Collector

from api.http.peers import header_of, unknown_proxy
from api.monitoring.counting import Metrics
from api.querying.service import Service, the_service
from kb.errors import LegationError
from kb.settings import Settings
from kb.store.embedded import EmbeddedStore

blueprint = Blueprint("metrics", __name__)

_KEY: Final = "legation.metrics"
_SHOWN: Final = "legation.registry"
_MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


def register(app: Flask, service: Service) -> None:
    """Give an application its counters and the address that shows them."""
    metrics, registry = Metrics(), CollectorRegistry()
    for collector in (metrics, _OfStore(service)):
        registry.register(collector)
    app.extensions[_KEY], app.extensions[_SHOWN] = metrics, registry
    app.register_blueprint(blueprint)


def the_metrics() -> Metrics:
    """Return the counters of the application that handles this request."""
    return metrics_of(current_app)


def metrics_of(app: Flask) -> Metrics:
    """Return the counters of an application."""
    return cast(Metrics, app.extensions[_KEY])


@blueprint.get("/metrics")
def show() -> Response:
    """Show the counters in Prometheus's text format."""
    if not _may_read(the_service().settings):
        abort(404)  # who may not read them need not know that they are here
    response = Response(generate_latest(current_app.extensions[_SHOWN]), content_type=_MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def _may_read(settings: Settings) -> bool:
    if settings.metrics == "off":
        return False
    if settings.metrics_token:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        return scheme.lower() == "bearer" and _same(given.strip(), settings.metrics_token.reveal())
    if settings.trusted_proxies or request.remote_addr not in ("127.0.0.1", "::1"):
        return False
    version = request.environ.get("SERVER_PROTOCOL", "")
    return not unknown_proxy(header_of(request.environ), version, 0, loopback=True)


def _same(given: str, wanted: str) -> bool:
    """Compare in a time that tells nothing of either text, nor of their lengths."""
    first, second = (hashlib.sha256(text.encode()).digest() for text in (given, wanted))
    return hmac.compare_digest(first, second)


class _OfStore(Collector):
    """What is asked of the store and the gate at the moment when the counters are read."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self) -> Iterator[Metric]:
        """Yield the store's version, readers and queries at work, and how often the memory helped."""
        info = InfoMetricFamily("legation_store", "The version of the store's content.")
        try:
            info.add_metric([], {"version": self._service.store.version()})
            readable = 1.0
        except LegationError:
            readable = 0.0
        yield info
        yield GaugeMetricFamily("legation_store_readable", "Whether its version can be read.", readable)
        waiting = 0
        if isinstance(self._service.store, EmbeddedStore):
            readers = self._service.store.readers
            waiting = readers.strangers.waiting
            yield GaugeMetricFamily("legation_readers_alive", "Reader processes.", readers.alive)
            copy = readers.copies.state()
            yield GaugeMetricFamily(
                "legation_copy_bytes", "Memory of the copy that readers share.", copy.bytes
            )
            yield GaugeMetricFamily(
                "legation_copy_current",
                "Whether it is of the present version; else files answer.",
                copy.current,
            )
            yield CounterMetricFamily(
                "legation_copy_failures", "Attempts to make a copy that failed.", copy.failures
            )
        running = max(0, self._service.gate.inside - waiting)
        yield GaugeMetricFamily("legation_queries_running", "SPARQL queries that run now.", running)
        yield GaugeMetricFamily("legation_queries_waiting", "Queries that wait for a reader.", waiting)
        looks = CounterMetricFamily(
            "legation_memory_lookups", "Looks for what was worked out once for a version.", labels=["found"]
        )
        looks.add_metric(["yes"], self._service.hits)
        looks.add_metric(["no"], self._service.misses)
        yield looks

    def describe(self) -> Iterator[Metric]:
        """Yield nothing: what there is is only known when it is asked."""
        return iter(())
