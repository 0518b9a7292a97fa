"""The compiled lexicon as a file, so that a start need not compile it anew."""

from __future__ import annotations

from dataclasses import astuple, fields
from pathlib import Path

from kb import plain_cache
from kb.reading.lexicon_records import Compiled, Entry, Tenure


def write(path: Path, compiled: Compiled) -> None:
    """Write the cache, if the folder can be written."""
    names = [field.name for field in fields(Entry)]
    content = (
        compiled.version,
        tuple(tuple(getattr(entry, name) for name in names) for entry in compiled.entries),
        {key: tuple(tuple(naming) for naming in found) for key, found in compiled.namings.items()},
        tuple(astuple(tenure) for tenure in compiled.tenures),
        compiled.roles,
        compiled.nouns,
    )
    plain_cache.write(path, content)


def read(path: Path) -> Compiled | None:
    """Return what a cache file holds, None where it is absent or damaged (it is then made anew)."""
    content = plain_cache.read(path)
    try:
        version, entries, namings, tenures, roles, nouns = content
        entries = tuple(Entry(*row) for row in entries)
        return Compiled(version, entries, namings, tuple(Tenure(*row) for row in tenures), roles, nouns)
    except (ValueError, TypeError):
        return None
