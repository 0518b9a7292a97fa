"""ETag by the data's version: an answer that a client has already is not worked out again.

An answer depends on its address, its media type, the data, the release and two limits, and on nothing else.
The tag is weak, because a body may be packed on its way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from flask import Response, g, request

from api.querying.service import the_service
from kb import __version__
from kb.settings import Settings

CONTROL: Final = "public, no-cache"
"""Anybody may keep it, and asks whether it still holds before it is used."""


def data_version() -> str:
    """Return the version of the data when this request began."""
    if "data_version" not in g:
        g.data_version = the_service().store.version()
    return str(g.data_version)


def unchanged_or(make: Callable[[], Response], form: str) -> Response:
    """Answer 304 where the client has this address's answer in a form, else make it.

    ``form`` is its media type, with whatever else one address's answers differ by (a language).
    """
    version = data_version()  # before it is made: should the data change meanwhile, it is asked for again
    return unchanged(form) or fresh(make(), version, form)


def unchanged(media_type: str) -> Response | None:
    """Return 304 where the client holds what it would get, None where it must be given."""
    if "HTTP_IF_NONE_MATCH" not in request.environ:
        return None
    version = data_version()
    if _tag(version, media_type) not in request.if_none_match.as_set(include_weak=True):
        return None
    return fresh(Response(status=304), version, media_type)


def fresh(response: Response, version: str, media_type: str) -> Response:
    """Return a response with its tag, for the version of the data that it was made from."""
    response.set_etag(_tag(version, media_type), weak=True)
    response.headers["Cache-Control"] = CONTROL
    return response


def _tag(version: str, media_type: str) -> str:
    return tag_of(the_service().settings, version, media_type)


def tag_of(settings: Settings, version: str, media_type: str) -> str:
    """Return the tag of an answer in a form, made from a version of the data."""
    return f"{version}-{_hash(settings.query_rows, settings.answer_bytes, media_type)}"


@lru_cache(maxsize=64)
def _hash(*parts: object) -> str:
    text = "\n".join(map(str, (__version__, *parts)))
    return hashlib.sha256(text.encode()).hexdigest()[:8]
