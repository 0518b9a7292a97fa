"""Whole answers kept for the version of the data that they were made from.

An answer that says itself that anybody may keep it (``Cache-Control: public``, with a tag) depends on what is
in the key and on nothing else; it is given again without asking the store, to whoever asks the same.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from flask import Flask, Response, g, request

from api.caching.fresh import data_version
from api.querying.service import the_store

BYTES: Final = 128_000_000
"""How many bytes all kept answers have together."""
LARGEST: Final = 8_000_000
"""How many bytes a kept answer has at most."""
SEEN: Final = 10_000
"""How many questions asked once are remembered, without their answers."""
_DETERMINED_BY: Final = (
    "wsgi.url_scheme",
    "HTTP_HOST",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
)
"""What an answer that may be kept depends on, by its name in WSGI."""
_OF_ONE: Final = frozenset({"Date", "RateLimit", "RateLimit-Policy", "Set-Cookie"})
"""Headers of one answer to one client."""

_NOT_OF_DATA: Final = frozenset({None, "health", "metrics", "settings"})
"""Blueprints whose answers are no answers from the data; None: static files, and what there is not."""

_EXTENSION: Final = "legation.answer_cache"
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    body: bytes
    headers: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class AnswerCache:
    """Answers by key, the least lately used of which go first; threads may share it."""

    version: str = ""
    size: int = 0
    answers: OrderedDict[Key, _Kept] = field(default_factory=OrderedDict)
    seen: OrderedDict[int, None] = field(default_factory=OrderedDict)
    """Hashes of keys that were asked once: only what is asked twice is worth keeping."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Key, version: str) -> _Kept | None:
        with self.lock:
            if version != self.version:
                return None
            found = self.answers.get(key)
            if found is not None:
                self.answers.move_to_end(key)
            return found

    def is_asked_again(self, key: Key) -> bool:
        """Tell whether a key was seen before, and remember it."""
        number = hash(key)
        with self.lock:
            if number in self.seen:
                return True
            self.seen[number] = None
            if len(self.seen) > SEEN:
                self.seen.popitem(last=False)
            return False

    def put(self, key: Key, version: str, kept: _Kept) -> None:
        with self.lock:
            if version != self.version:
                self.version, self.size = version, 0
                self.answers.clear()
            before = self.answers.pop(key, None)
            self.size += len(kept.body) - (len(before.body) if before else 0)
            self.answers[key] = kept
            while self.size > BYTES:
                _, gone = self.answers.popitem(last=False)
                self.size -= len(gone.body)


def register(app: Flask) -> None:
    """Let an application give kept answers; what limits requests must be registered before."""
    cache = app.extensions[_EXTENSION] = AnswerCache()

    def look() -> Response | None:
        if request.method != "GET" or request.blueprint in _NOT_OF_DATA:
            return None
        # Before the work: should the data change meanwhile, the answer is kept for a version that is gone.
        g.answer_key, g.answer_version = key_of(request.environ), data_version()
        found = cache.get(g.answer_key, g.answer_version)
        if found is None:
            return None
        g.answer_kept = True
        response = Response(found.body, headers=list(found.headers))
        response.make_conditional(request)
        return response

    def keep(response: Response) -> Response:
        if "answer_key" not in g or "answer_kept" in g or not _may_be_kept(response):
            return response
        if cache.is_asked_again(g.answer_key):
            headers = tuple(pair for pair in response.headers if pair[0] not in _OF_ONE)
            kept = _Kept(response.get_data(), headers)
            # Made across a switch of stores, it may be of the other one, or of both.
            made_from = (response.headers.get("Legation-Version", g.answer_version), the_store().version())
            if made_from == (g.answer_version, g.answer_version):
                cache.put(g.answer_key, g.answer_version, kept)
        return response

    app.before_request(look)
    app.after_request(keep)


def cache_of(app: Flask) -> AnswerCache:
    """Return the answers that an application keeps."""
    return cast(AnswerCache, app.extensions[_EXTENSION])


def key_of(environ: Mapping[str, Any]) -> Key:
    """Return under which key the answer to a request is kept, given its WSGI environment."""
    return tuple(environ.get(name, "") for name in _DETERMINED_BY)


def _may_be_kept(response: Response) -> bool:
    return (
        response.status_code == 200
        and response.is_sequence
        and response.cache_control.public is True
        and "ETag" in response.headers
        and (response.content_length or 0) <= LARGEST
    )
