"""Who may change what is stored: only a workbench that is served writable, and only with a good token."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, abort, request
from werkzeug.datastructures import WWWAuthenticate

from api.http.security import LARGEST_BODY
from api.querying.service import Service, the_service
from api.writing.tokens import Tokens
from kb.errors import ForbiddenQuery
from kb.store.workbench import WorkbenchStore

_REALM: Final = "legation"
_FORM_GROWTH: Final = 3
"""How many bytes a form may take to send one byte of an update, as ``%0A``."""


def register(app: Flask, service: Service) -> None:
    """Let whoever has a token send longer bodies where the store may be changed."""
    store = service.store
    if not isinstance(store, WorkbenchStore) or not store.writable:
        return
    longest = max(LARGEST_BODY, service.settings.update_bytes * _FORM_GROWTH)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = longest
    app.before_request(_hold_strangers)


def workbench() -> WorkbenchStore:
    """Return the workbench that this request may change.

    Raises ForbiddenQuery where nobody may; aborts with 401 where the token is missing or wrong.
    """
    store = the_service().store
    if not isinstance(store, WorkbenchStore):
        raise ForbiddenQuery(
            "a base is only read here: its facts are rebuilt from claims",
            repair="Use `legation ingest`, or serve a workbench (docs/workbench.md)",
        )
    if not store.writable:
        raise ForbiddenQuery(
            "the workbench is only read here", repair="Its operator may start it with --writable"
        )
    token = _sent()
    if token is None:
        abort(401, "A token is wanted to change data: Authorization: Bearer …", www_authenticate=_challenge())
    if not _good(token):
        abort(401, "The token is not good here", www_authenticate=_challenge(error="invalid_token"))
    return store


def done(status: int) -> Response:
    """Return the answer to a change that was made: it has no body."""
    response = Response(status=status)
    del response.headers["Content-Type"]
    return response


def _hold_strangers() -> None:
    token = _sent()
    if token is None or not _good(token):
        request.max_content_length = LARGEST_BODY
        request.max_form_memory_size = LARGEST_BODY


def _good(token: str) -> bool:
    return Tokens.of(the_service().settings).good(token)


def _sent() -> str | None:
    """Return the token that came with the request.

    As a password it is taken from programs only. A browser remembers passwords and adds them to whatever
    another site's page makes it send; it is never asked for one here.
    """
    sent = request.authorization
    if sent is None:
        return None
    if sent.type == "bearer":
        return sent.token or None
    by_browser = "Origin" in request.headers or "Sec-Fetch-Site" in request.headers
    return None if sent.type != "basic" or by_browser else sent.password or None


def _challenge(**words: str) -> WWWAuthenticate:
    return WWWAuthenticate("bearer", {"realm": _REALM, **words})
