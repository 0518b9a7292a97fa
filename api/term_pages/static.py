"""The vocabulary's pages as files that stand on their own, to be published where its IRIs lead."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, render_template

from api.presentation import templating
from api.term_pages.shown import description, listing, spoken
from api.term_pages.words import LANGUAGES
from api.vocabulary.terms import terms, triples_of
from kb.errors import BadInput
from kb.queries.formats import turtle

STATIC = Path(__file__).parents[1] / "static"


def write_terms(folder: Path) -> int:
    """Write the vocabulary's pages into a new or an empty folder, and return how many files that are.

    ``en/visitor.html`` is a term's page in English, ``en/index.html`` the index, ``visitor.ttl`` its Turtle.
    Raises BadInput for a folder that holds something: nothing of somebody else's is overwritten.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BadInput("the folder is not empty", place=str(folder), repair="Name a new one, or empty it")
    files = _pages() | {f"{_stem(name)}.ttl": turtle(triples_of(name)) for name in terms()}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for name in ("legation.css", "icon.svg"):
        shutil.copy(STATIC / name, folder / name)
    return len(files) + 2


def _pages() -> dict[str, str]:
    app = Flask("api")
    templating.register(app)
    pages: dict[str, str] = {}
    with app.app_context():
        for language in LANGUAGES:
            pages[f"{language}/index.html"] = _page("terms.html", language, "index", listing(language))
            for name, term in terms().items():
                shown = description(term, language) | {"data": f"../{_stem(name)}.ttl"}
                pages[f"{language}/{_file(name)}"] = _page("term.html", language, name, shown)
    return pages


def _page(template: str, language: str, name: str, shown: Mapping[str, object]) -> str:
    return render_template(
        template,
        still=True,
        home="index.html",
        link=_file,
        switch_to=lambda code: f"../{code}/{_file(name)}",
        **spoken(language),
        **shown,
    )


def _file(name: str) -> str:
    return f"{_stem(name)}.html"


def _stem(name: str) -> str:
    """Return a file name of a term that differs from all others even where capitals are not told apart."""
    return f"{name}-property" if name[0].islower() and name[0].upper() + name[1:] in terms() else name
