"""The application factory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from api import description, home, reconcile
from api.articles import pages as articles
from api.caching import answer_cache
from api.http import compression, cors, proxies, security
from api.openapi import pages as openapi
from api.operations import operating
from api.presentation import templating
from api.problems import errors, gone
from api.querying.service import Service, install
from api.questions import pages as questions
from api.sparql import endpoint, shortcut
from api.term_pages import pages as terms
from api.term_pages import triples
from api.things import pages as things
from api.writing import authorisation, graph_store
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
    authorisation.register(app, service)
    for module in (errors, gone, templating):
        module.register(app)
    for blueprint in (
        home.blueprint,
        endpoint.blueprint,
        graph_store.blueprint,
        questions.blueprint,
        openapi.blueprint,
        articles.blueprint,
        terms.blueprint,
        triples.blueprint,
        description.blueprint,
        things.blueprint,
    ):
        app.register_blueprint(blueprint)
    reconcile.register(app, store, settings)
    shortcut.register(app, service)
    proxies.register(app, settings)
    return app
