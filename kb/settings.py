"""Every setting, typed, in one place; each is read from an environment variable LEGATION_<NAME>."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from kb.errors import BadInput

_KINDS: Final[dict[type, str]] = {
    int: "a whole number above zero",
    float: "a number above zero",
    str: "a text",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose."""

    store: str = ".legation/store"
    """A folder for the embedded store, or the query address of a SPARQL 1.1 service."""
    store_update: str = ""
    """The update address of a SPARQL service, where it is not <address>/update beside <address>/query."""
    reference: str = ""
    """A folder of your own Turtle files, loaded beside the shipped reference data; curation writes there."""
    query_seconds: float = 10.0
    """How long one query may run, in seconds of wall clock."""
    query_rows: int = 100_000
    """How many rows one answer may hold; a longer one is cut and marked."""
    answer_bytes: int = 64_000_000
    """How many bytes one answer may have; a longer one is cut after its last whole row and marked."""
    readers: int = 2
    """How many reader processes the service keeps."""
    reader_bytes: int = 2_000_000_000
    """How much memory one reader process may take, in bytes; the store's own files do not count."""
    cache: str = ""
    """A folder for compiled artefacts; empty: the user's cache folder."""
    article_bytes: int = 2_000_000
    """How long one article may be, in bytes."""

    @property
    def cache_folder(self) -> Path:
        """Return the folder of compiled artefacts (not made here)."""
        if self.cache:
            return Path(self.cache)
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "legation"

    @classmethod
    def from_environment(cls) -> Settings:
        """Return the settings as the environment has them.

        Raises BadInput when a variable's value is not of the setting's kind or not above zero.
        """
        defaults = cls()
        found: dict[str, Any] = {}
        for field in fields(cls):
            name = f"LEGATION_{field.name.upper()}"
            text = os.environ.get(name)
            if text is None:
                continue
            found[field.name] = _read(text, type(getattr(defaults, field.name)), name)
        return cls(**found)


def _read(text: str, kind: type, name: str) -> object:
    """Return a variable's value as the setting's kind; every number is above zero."""
    try:
        value = kind(text)
    except ValueError:
        value = None
    if value is None or (kind is not str and not 0 < value < float("inf")):
        repair = f"Give {_KINDS[kind]} or unset it"
        raise BadInput(f"{text!r} is not {_KINDS[kind]}", place=name, repair=repair)
    return value
