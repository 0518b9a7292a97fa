"""What every template may call."""

from __future__ import annotations

from flask import Flask

from api.http.addresses import local, outside, page_of, passage_of, short
from api.presentation.wording import dating
from kb import __version__
from kb.queries.layout import heading, verb


def register(app: Flask) -> None:
    """Give an application's templates their helpers."""
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    app.jinja_env.globals.update(
        dating=dating,
        heading=heading,
        local=local,
        outside=outside,
        page_of=page_of,
        passage_of=passage_of,
        release=__version__,
        short=short,
        verb=verb,
    )
