"""Answers are packed with gzip for clients that take it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from flask import Flask, Response, request

LEVEL: Final = 5
SMALLEST: Final = 1_000
"""Bytes below which packing gains nothing."""
_WITH_HEAD: Final = 31
"""For zlib: a gzip stream."""
_PACKED_WELL: Final = (
    "text/",
    "application/json",
    "application/rdf+xml",
    "application/n-",
    "application/trig",
)
_ENDINGS: Final = ("+json", "+xml")


def register(app: Flask) -> None:
    """Let an application pack its answers."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    kind = response.mimetype or ""
    if not (kind.startswith(_PACKED_WELL) or kind.endswith(_ENDINGS)):
        return response
    response.vary.add("Accept-Encoding")
    wanted = request.accept_encodings.quality("gzip") > 0 and request.method != "HEAD"
    if not wanted or response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    if response.direct_passthrough:
        return response
    if not response.is_sequence:
        response.response = _streamed(response.response)
        del response.headers["Content-Length"]
    elif (response.content_length or 0) < SMALLEST:
        return response
    else:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _streamed(parts: Iterable[bytes | str]) -> Iterator[bytes]:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _WITH_HEAD)
    for part in parts:
        packed = packer.compress(part.encode() if isinstance(part, str) else part)
        if packed:
            yield packed
    yield packer.flush()
