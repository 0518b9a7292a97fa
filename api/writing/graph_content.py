"""RDF that came with a request: one body, or the files of a form, each with its media type."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from flask import abort, request
from werkzeug.http import parse_options_header

from kb.errors import BadContent
from kb.store.formats import GRAPHS
from kb.store.workbench import Part

_FORM: Final = "multipart/form-data"
_ALIASES: Final = {"application/turtle": "text/turtle", "application/json": "application/ld+json"}
"""Fewer than one may ask by (api.http.negotiation): what is sent as N3 or as plain text may be no RDF."""
_NAMES: Final = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
}
_UNSAID: Final = frozenset({"", "application/octet-stream"})
"""What a form's file has as media type where the sender does not know it."""


def parts() -> list[Part]:
    """Return the RDF that this request carries.

    Raises BadContent for a form without files or with fields beside them; aborts with 415 for what is no RDF
    that we read.
    """
    if request.mimetype != _FORM:
        return [Part(request.get_data(cache=False), _media_type(request.mimetype, request.mimetype_params))]
    if request.form:
        raise BadContent(
            "a field of the form is no file", place=next(iter(request.form)), repair="Send files only"
        )
    files = [file for _, file in request.files.items(multi=True)]
    if not files:
        raise BadContent("the form has no file", repair="Send each as a part with a file name")
    return [Part(file.read(), _type_of_file(file.content_type or "", file.filename or "")) for file in files]


def _type_of_file(said: str, name: str) -> str:
    mimetype, options = parse_options_header(said)
    known = _NAMES.get(PurePosixPath(name).suffix.lower(), "")
    return _media_type(known if mimetype in _UNSAID else mimetype, options)


def _media_type(said: str, options: Mapping[str, str]) -> str:
    found = _ALIASES.get(said.lower(), said.lower())
    if found not in GRAPHS:
        abort(415, f"A graph is sent as {', '.join(GRAPHS)}; say which in Content-Type")
    charset = options.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        abort(415, "A graph is sent as UTF-8")
    return found
