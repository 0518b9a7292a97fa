"""All that an operator needs of the service, in the order in which a request passes it."""

from __future__ import annotations

from flask import Flask

from api.monitoring import metrics, watch
from api.operations import health, rates, settings_page
from api.problems import faults
from api.querying.service import Service


def register(app: Flask, service: Service) -> None:
    """Let an application be watched, measured, limited and stopped. Raises BadInput."""
    metrics.register(app, service)
    watch.register(app)
    health.register(app, service.store)
    rates.register(app, service.settings)
    faults.register(app)
    app.register_blueprint(settings_page.blueprint)
