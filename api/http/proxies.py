"""What stands before the service: proxies whose headers are believed, and the path prefix."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api.http.addresses import PUBLIC
from kb.errors import BadInput
from kb.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Characters that mean nothing in a path, a header or a page; no step that is "." or "..".
_PREFIX: Final = re.compile(r"(/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")


def register(app: Flask, settings: Settings) -> None:
    """Let an application stand behind proxies and under a path prefix; call it after the routes are known.

    Raises BadInput for a prefix that is none, or that could be taken for an address of our own.
    """
    app.config[PUBLIC] = settings.public_address.rstrip("/")
    prefix = settings.path_prefix.rstrip("/")
    if prefix:
        _check(prefix, app)
        app.wsgi_app = Prefixed(app.wsgi_app, prefix)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        number = settings.trusted_proxies
        # No X-Forwarded-Prefix: a proxy hands on what a client sends there, and it would choose our links.
        app.wsgi_app = ProxyFix(app.wsgi_app, number, number, number)  # type: ignore[method-assign]


def _check(prefix: str, app: Flask) -> None:
    place = "LEGATION_PATH_PREFIX"
    if not _PREFIX.fullmatch(prefix):
        raise BadInput(
            f"{prefix!r} is no path prefix",
            place=place,
            repair="Write /name or /name/name, of letters, digits and . _ ~ -",
        )
    first = prefix.split("/")[1]
    if any(rule.rule.split("/")[1] == first for rule in app.url_map.iter_rules()):
        raise BadInput(
            f"/{first} is the beginning of an address of our own", place=place, repair="Choose another name"
        )


@dataclass(frozen=True, slots=True)
class Prefixed:
    """An application under a path prefix, whether or not the proxy before it takes the prefix away."""

    inner: WSGIApplication
    prefix: str

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request of WSGI."""
        path = environ.get("PATH_INFO", "")
        if path == self.prefix or path.startswith(self.prefix + "/"):
            environ["PATH_INFO"] = path[len(self.prefix) :] or "/"
        environ["SCRIPT_NAME"] = self.prefix
        return self.inner(environ, start_response)
