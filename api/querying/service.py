"""What a request may use: store, settings, and what is the same for every reader of one version."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, TypeVar, cast

from flask import Flask, current_app

from api.querying.gate import Gate
from kb.settings import Settings
from kb.store import Store

_KEY: Final = "legation"
Value = TypeVar("Value")


@dataclass(slots=True)
class Service:
    """The store and the settings, with a memory of what was worked out for the store's present version."""

    store: Store
    settings: Settings
    gate: Gate = field(init=False)
    """Through which strangers' queries go."""
    hits: int = 0
    """How often something was in the memory already."""
    misses: int = 0
    _version: str = ""
    _memory: dict[Hashable, object] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.gate = Gate()

    def remembered(self, key: Hashable, work: Callable[[Store], Value]) -> Value:
        """Return what ``work`` makes of the store, worked out once for each version of it."""
        version = self.store.version()
        with self._lock:
            if version != self._version:
                self._version, self._memory = version, {}
            if key in self._memory:
                self.hits += 1
                return cast(Value, self._memory[key])
            self.misses += 1
        value = work(self.store)
        with self._lock:
            if version == self._version:
                self._memory[key] = value
        return value


def install(app: Flask, service: Service) -> None:
    """Give an application its service."""
    app.extensions[_KEY] = service


def the_service() -> Service:
    """Return the service of the application that handles this request."""
    return cast(Service, current_app.extensions[_KEY])


def the_store() -> Store:
    """Return the store of the application that handles this request."""
    return the_service().store
