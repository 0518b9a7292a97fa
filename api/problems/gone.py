"""410 for what was merged or retired: what became of it, and what stands in its place."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, make_response, render_template

from api.http.addresses import page_of
from api.problems.errors import as_data, wants_page
from kb.errors import Gone


def register(app: Flask) -> None:
    """Let an application tell what is gone from what was never there."""
    app.register_error_handler(Gone, answer)


def answer(error: Gone) -> Response:
    """Answer with what became of a thing; the header Link names its successor too."""
    successor = error.successor or ""
    address = page_of(successor) or successor
    if wants_page():
        page = render_template("gone.html", error=error, successor=successor, address=address)
        response = make_response(page, HTTPStatus.GONE)
    else:
        response = as_data(HTTPStatus.GONE, error.problem, place=error.place, successor=successor)
    if address:
        response.headers.add("Link", f'<{address}>; rel="successor-version"')
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    return response
