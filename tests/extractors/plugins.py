"""Packages with extractors, installed for one test: a module and the entry points that name it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kb.extractors import GROUP

HEAD = """
from dataclasses import replace
from kb.records import Claim, ClaimType, Ref
from kb.errors import BadInput, ExtractorError


def claim(article, quote, agents=("Anton Varga",), **known):
    start = article.text.index(quote)
    kind = known.pop("type", ClaimType.MEETING)
    refs = tuple(Ref(name) for name in agents)
    return Claim("", "", "", kind, quote, start, start + len(quote), agents=refs, **known)


class Plug:
    name = "{name}"
    version = "1.0"

    def __init__(self, settings):
        pass

    def read(self, article):
        return []


"""


def install(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    name: str,
    code: str,
    *,
    package: str = "",
    entry: str = "Plug",
) -> None:
    """Install a package whose module has this code after HEAD, and that registers one extractor."""
    package = package or f"plug_{name}"
    site = folder / package
    site.mkdir()
    (site / f"{package}.py").write_text(HEAD.format(name=name) + code, "utf-8")
    info = site / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {package}:{entry}\n")
    sys.modules.pop(package, None)  # of an earlier test
    monkeypatch.syspath_prepend(site)
