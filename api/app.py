"""The application factory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from api import (
    answer_cache,
    articles,
    compression,
    cors,
    description,
    errors,
    gone,
    graph_store,
    openapi,
    operating,
    pages,
    proxies,
    questions,
    reconcile,
    security,
    shortcut,
    sparql,
    templating,
    terms,
    things,
    vocabulary,
    writing,
)
from api.service import Service, install
from kb.settings import Settings
from kb.store import Store


class _App(Flask):
    """Flask, for views none of which is a coroutine: it need not look at each of them for each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function itself."""
        return func


def create_app(store: Store, settings: Settings) -> Flask:
    """Return the application over an open store, which the caller closes."""
    app = _App(__name__)
    # No redirect of the framework's own: it would send a client wherever its Host header says.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    service = Service(store, settings)
    install(app, service)
    operating.register(app, service)
    answer_cache.register(app)
    compression.register(app)
    cors.register(app, settings)
    security.register(app, settings)
    writing.register(app, service)
    for module in (errors, gone, templating):
        module.register(app)
    for blueprint in (
        pages.blueprint,
        sparql.blueprint,
        graph_store.blueprint,
        questions.blueprint,
        openapi.blueprint,
        articles.blueprint,
        terms.blueprint,
        vocabulary.blueprint,
        description.blueprint,
        things.blueprint,
    ):
        app.register_blueprint(blueprint)
    reconcile.register(app, store, settings)
    shortcut.register(app, service)
    proxies.register(app, settings)
    return app
