"""Pages of other sites may read what anybody may read: cross-origin requests, by the Fetch standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Flask, Response, request

from api.http.security import add_missing
from kb.settings import Settings

_ALLOWED: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, QUERY, OPTIONS",
    # Not Authorization: a page of another site has no business with a token.
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_EXPOSED: Final = (
    "Link, ETag, Location, Retry-After, Legation-Version, Legation-Truncated, Legation-Held-Back, "
    "Legation-As-Of, RateLimit, RateLimit-Policy"
)
OPENED: Final = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": _EXPOSED}
_PRIVATE: Final = frozenset({"metrics"})
"""Blueprints whose answers are for the operator."""


def opened(settings: Settings) -> Mapping[str, str]:
    """Return the headers that let pages of other sites read an answer; none where the operator says so."""
    return {} if settings.cross_origin == "none" else OPENED


def register(app: Flask, settings: Settings) -> None:
    """Let pages of other sites ask an application, unless the operator says none may."""
    if settings.cross_origin == "none":
        return
    app.before_request(_preflight)
    app.after_request(_open)


def _preflight() -> Response | None:
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    response = Response(status=204)
    response.headers.update(_ALLOWED)
    response.vary.update(["Access-Control-Request-Method", "Access-Control-Request-Headers"])
    return response


def _open(response: Response) -> Response:
    if request.blueprint not in _PRIVATE:
        add_missing(response, OPENED)
    return response
