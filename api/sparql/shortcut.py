"""A plain query by GET, answered before the framework: a third less work for what programs ask most.

It takes only what needs nothing of the framework: one text, asked for the first time, in a form that the
client takes, with a small and whole answer. Everything else goes on as before, errors too. What is asked
again is the framework's, because that keeps answers (api.caching.answer_cache). Screen, gate, readers, limits
of rate, counters and headers are the same either way, and tests compare both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_plus

from flask import Flask

from api.caching import fresh
from api.caching.answer_cache import cache_of, key_of
from api.http import cors, security
from api.http.compression import SMALLEST
from api.monitoring import logs, watch
from api.monitoring.metrics import metrics_of
from api.operations import rates
from api.operations.health import readiness
from api.querying.service import Service
from api.sparql.endpoint import ANSWER, FAULT, is_lasting, negotiated_for, page_is_liked
from api.sparql.protocol import base_of
from kb.errors import LegationError
from kb.store.interface import Answer
from kb.store.shape import Shape

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

_PATH: Final = "/sparql"
_PARAMETER: Final = "query="

Environ = dict[str, Any]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Asked:
    query: str
    formed: Shape
    media_type: str


@dataclass(slots=True)
class Shortcut:
    """An application, with a way past the framework."""

    app: Flask
    service: Service
    inner: WSGIApplication
    _headers: Headers = field(init=False)

    def __post_init__(self) -> None:
        settings = self.service.settings
        self._headers = [*security.headers_of(settings).items(), *cors.opened(settings).items()]

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        began = time.perf_counter()
        asked = self._plain(environ)
        if asked is None:
            return self.inner(environ, start)
        limits = rates.rates_of(self.app)
        told = environ[rates.JUDGED] = limits.admit(environ)
        if isinstance(told, rates.Refused):
            return self.inner(environ, start)
        try:
            return self._answered(environ, start, asked, began, told)
        finally:
            limits.dismiss(told)

    def _plain(self, environ: Environ) -> _Asked | None:
        """Return what is asked, None where it is not for here."""
        parameters = environ["QUERY_STRING"]
        if (
            environ["REQUEST_METHOD"] != "GET"
            or environ["PATH_INFO"] != _PATH
            or not parameters.startswith(_PARAMETER)
            or "&" in parameters
            or not parameters.isascii()
            or "HTTP_IF_NONE_MATCH" in environ
            or readiness(self.app).stopping
            or page_is_liked(environ.get("HTTP_ACCEPT", ""))
        ):
            return None
        try:
            query = unquote_plus(parameters[len(_PARAMETER) :], errors="strict")
            formed = self.service.store.screen(query)
        except (UnicodeDecodeError, LegationError):
            return None
        media_type = negotiated_for(environ.get("HTTP_ACCEPT", ""), formed.kind)
        if media_type is None or cache_of(self.app).is_asked_again(key_of(environ)):
            return None
        return _Asked(query, formed, media_type)

    def _answered(
        self, environ: Environ, start: StartResponse, asked: _Asked, began: float, told: rates.Admitted
    ) -> Iterable[bytes]:
        counters = metrics_of(self.app)
        counters.begin()
        try:
            with self.service.gate.through():
                found = self.service.store.query_bytes(
                    asked.query, asked.media_type, stranger=True, base=base_of(environ)
                )
        except LegationError as error:
            return self._handed_on(environ, start, FAULT, error)
        finally:
            counters.end()
        packs = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") and len(found.content) >= SMALLEST
        if found.spool is not None or found.truncated or packs:
            return self._handed_on(environ, start, ANSWER, found)
        start("200 OK", self._head(found, asked, told))
        seconds = time.perf_counter() - began
        counters.see("GET", "sparql.sparql", 200, seconds, "")
        if logs.wanted():
            size, query = len(found.content), watch.hashed(asked.query.encode())
            logs.tell(watch.Seen("GET", "sparql.sparql", 200, seconds, size, query, ""))
        return [found.content]

    def _handed_on(self, environ: Environ, start: StartResponse, name: str, found: object) -> Iterable[bytes]:
        """Let the framework give what was found here."""
        environ[name] = found
        return self.inner(environ, start)

    def _head(self, found: Answer, asked: _Asked, told: rates.Admitted) -> Headers:
        media_type = found.media_type.partition(";")[0]
        head = [
            ("Content-Type", f"{media_type}; charset=utf-8"),
            ("Content-Length", str(len(found.content))),
            ("Legation-Version", found.version),
            ("Vary", "Accept, Accept-Encoding"),
            *(rates.rates_of(self.app).told(told.taken).items() if told.taken else ()),
            *self._headers,
        ]
        if is_lasting(asked.formed):
            tag = fresh.tag_of(self.service.settings, found.version, asked.media_type)
            head += [("ETag", f'W/"{tag}"'), ("Cache-Control", fresh.CONTROL)]
        return head


def register(app: Flask, service: Service) -> None:
    """Give an application the shortcut; call it after the routes are known, before proxies."""
    made: Callable[..., Iterable[bytes]] = Shortcut(app, service, app.wsgi_app)
    app.wsgi_app = made  # type: ignore[method-assign]
