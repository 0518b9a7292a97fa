"""Headers that keep a page to itself, and the limits of what may be sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Flask, Response

from kb.settings import Settings

LARGEST_BODY: Final = 256 * 1024
"""How many bytes a request's body may have; a longer one is answered 413."""

HEADERS: Final = {
    # No script at all, so nothing that a text or a label smuggles in can run.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Server": "Legation",  # the server below would name itself
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
}


def register(app: Flask, settings: Settings) -> None:
    """Give every answer of an application the headers, and its requests a limit."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    headers = headers_of(settings)

    def protect(response: Response) -> Response:
        add_missing(response, headers)
        return response

    app.after_request(protect)


def headers_of(settings: Settings) -> dict[str, str]:
    """Return the headers that every answer has."""
    if not settings.hsts_seconds:
        return dict(HEADERS)
    return {**HEADERS, "Strict-Transport-Security": f"max-age={settings.hsts_seconds}"}


def add_missing(response: Response, headers: Mapping[str, str]) -> None:
    """Give a response the headers that it has not; setdefault would look through all of them each time."""
    present = {name.lower() for name, _ in response.headers}
    for name, value in headers.items():
        if name.lower() not in present:
            response.headers.add(name, value)
