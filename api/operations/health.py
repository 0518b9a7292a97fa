"""``/healthz``: the process is alive. ``/readyz``: it can answer questions, and means to go on."""

from __future__ import annotations

import json
import threading
import time
from http import HTTPStatus
from typing import Final, cast

from flask import Blueprint, Flask, Response, current_app, request

from api.monitoring.watch import stopped_by
from api.problems.errors import answer_with, as_data
from kb.errors import LegationError
from kb.store import Limits, Store

blueprint = Blueprint("health", __name__)

_KEY: Final = "legation.readiness"
_TRIAL: Final = Limits(seconds=1.0, rows=1, bytes=10_000)
_FRESH: Final = 1.0
"""Seconds for which one trial of the store is good: asking /readyz often costs nothing."""
_AGAIN: Final = "1"


class Readiness:
    """Whether an application can answer: its store is readable, what it needs is warm, it is not stopping."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stopping = threading.Event()
        self._cold: set[str] = set()
        self._lock = threading.Lock()
        self._tried = float("-inf")
        self._readable = False

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop: it finishes what it has and takes nothing new."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Take nothing new from now on."""
        self._stopping.set()

    def expect(self, name: str) -> None:
        """Name something that must be warm before the application is ready (an index)."""
        with self._lock:
            self._cold.add(name)

    def warmed(self, name: str) -> None:
        """Say that something is warm now."""
        with self._lock:
            self._cold.discard(name)

    def missing(self) -> list[str]:
        """Return what is missing, in words; nothing where it is ready."""
        with self._lock:
            if self.stopping:
                return ["the service is stopping"]
            cold = [f"{name} is not ready yet" for name in sorted(self._cold)]
            return [*cold, *([] if self._can_read() else ["the store cannot be read"])]

    def _can_read(self) -> bool:
        """Say whether the store answers; the lock is held, so that one trial serves all who ask meanwhile."""
        if time.monotonic() - self._tried > _FRESH:
            try:
                self._store.ask("ASK {}", limits=_TRIAL)
                self._readable = True
            except LegationError:
                self._readable = False
            self._tried = time.monotonic()
        return self._readable


def register(app: Flask, store: Store) -> None:
    """Give an application its two addresses, and let it take nothing new once it is stopping."""
    app.extensions[_KEY] = Readiness(store)
    app.register_blueprint(blueprint)
    app.before_request(_refuse_while_stopping)


def readiness(app: Flask) -> Readiness:
    """Return the readiness of an application."""
    return cast(Readiness, app.extensions[_KEY])


def is_health() -> bool:
    """Say whether this request asks how the service is: no limit binds it."""
    return request.blueprint == blueprint.name


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that the process is alive; the store is not touched."""
    return _good("alive")


@blueprint.get("/readyz")
def ready() -> Response:
    """Say whether it can answer, or what is missing."""
    missing = readiness(current_app).missing()
    if not missing:
        return _good("ready")
    response = as_data(HTTPStatus.SERVICE_UNAVAILABLE, "; ".join(missing), missing=missing)
    response.headers["Retry-After"] = _AGAIN
    return _not_kept(response)


def _good(state: str) -> Response:
    return _not_kept(Response(json.dumps({"status": state}), content_type="application/json"))


def _not_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _refuse_while_stopping() -> Response | None:
    if not readiness(current_app).stopping or is_health():
        return None
    stopped_by("stopping")
    return answer_with(
        HTTPStatus.SERVICE_UNAVAILABLE, "the service is stopping", repair="Send it again in a moment"
    )
