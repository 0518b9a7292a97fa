"""The service manifest: what is offered, and where."""

from __future__ import annotations

from typing import Final

from api.http.addresses import absolute
from api.reconcile.extension_query import SETTINGS
from api.reconcile.ids import SPACE
from api.reconcile.preview import HEIGHT, WIDTH
from api.reconcile.queries import MOST_QUERIES
from api.reconcile.types import Shown, default_types
from kb import __version__
from kb.namespaces import LG

PLACE: Final = "/reconcile"


def manifest() -> Shown:
    """Return the manifest, with addresses as this request's client reaches them."""
    here = absolute(PLACE)
    return {
        "versions": ["0.2"],
        "name": "Legation",
        "identifierSpace": SPACE,
        "schemaSpace": LG,
        "documentation": f"{here}/about",
        "serviceVersion": __version__,
        "logo": absolute("/static/icon.svg"),
        "defaultTypes": default_types(),
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{here}/about?feature={{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            kind: {
                "service_url": here,
                "service_path": f"/suggest/{kind}",
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": list(SETTINGS),
        },
        "batchSize": MOST_QUERIES,
    }
