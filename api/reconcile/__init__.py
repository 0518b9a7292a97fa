"""The Reconciliation Service API 0.2 at /reconcile: which entities are meant by names in a client's table.

``register`` gives an application the service; ``warm`` makes its index of names at start, in the background.
"""

from __future__ import annotations

from typing import Final, cast

from flask import Flask, current_app

from api.operations.health import readiness
from api.reconcile import views, views_beside
from api.reconcile.keeper import Keeper
from api.reconcile.views import KEY
from kb.settings import Settings
from kb.store import Store

__all__ = ["ready", "register", "warm"]

_NAMES: Final = "the index of names"


def register(app: Flask, store: Store, settings: Settings) -> None:
    """Give an application the service. Its index is made when it is first needed, or by ``warm``."""
    app.extensions[KEY] = Keeper(store, settings.cache_folder)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(views_beside.blueprint)


def warm(app: Flask) -> None:
    """Make the index in the background; the application is not ready until it is made."""
    state = readiness(app)
    state.expect(_NAMES)
    cast(Keeper, app.extensions[KEY]).look(after=lambda: state.warmed(_NAMES))


def ready() -> bool:
    """Tell whether the application that handles this request has its index of names."""
    return cast(Keeper, current_app.extensions[KEY]).ready
