"""The index of the bundled reference data, kept in the cache folder and made anew when it does not fit."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.metadata import version as installed
from pathlib import Path
from typing import Final

from kb import reference
from kb.entities.name_index import NameIndex
from kb.entities.name_index_build import write_index
from kb.entities.name_index_source import read_names
from kb.terms import Triple

_CODE: Final = (
    "name_index_build.py",
    "name_index_keys.py",
    "name_index_records.py",
    "name_index_source.py",
    "romanise.py",
    "../reading/folding.py",
)
"""Whose content decides what is written, beside the data."""
_LIBRARIES: Final = ("anyascii", "iuliia")
KEPT: Final = 6
"""So many indexes stay in the folder; the oldest are removed when one is added."""

Minted = Callable[[], Iterable[Triple]]


def open_names(folder: Path | None, *, minted: Minted | None = None, minted_version: str = "") -> NameIndex:
    """Return the index of the reference data's names, from ``folder`` where it is up to date.

    ``minted`` gives the triples of entities made from texts, and ``minted_version`` a text that changes when
    they do. Several processes may open and make one index at once: each writes a file of its own and puts it
    in place in one step. A damaged file is made anew. Where the folder cannot be written (or is None), the
    index lasts as long as the process.

    Raises BadReference when the reference data cannot be read, OSError when no folder at all can be written.
    """

    def triples() -> Iterable[Triple]:
        return [*reference.triples(), *(minted() if minted else ())]

    return open_index(folder, triples, f"{reference.version()}\0{minted_version}")


def open_index(folder: Path | None, triples: Callable[[], Iterable[Triple]], content: str) -> NameIndex:
    """Return the index of the names in any triples, kept in ``folder`` and raising as ``open_names`` does.

    ``content`` is a text that changes when the triples do; they are asked for when an index must be made.
    """
    version = _version(content)
    if folder is not None:
        path = folder / f"names-{version}.sqlite"
        with suppress(sqlite3.DatabaseError):
            return NameIndex(path, version)
        with suppress(OSError):
            write_index(path, read_names(triples()), version)
            _prune(folder)
            return NameIndex(path, version)
    here = tempfile.TemporaryDirectory(prefix="legation-names-")
    path = Path(here.name) / "names.sqlite"
    write_index(path, read_names(triples()), version)
    index = NameIndex(path, version)
    index.keep(here)
    return index


def _prune(folder: Path) -> None:
    """Remove all but the newest indexes; who has one open goes on reading it."""
    with suppress(OSError):
        found = sorted(folder.glob("names-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[KEPT:]:
            path.unlink()


def _version(content: str) -> str:
    digest = hashlib.sha256(f"{content}\0".encode())
    for name in _CODE:
        digest.update((Path(__file__).parent / name).read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {installed(name)}\0".encode())
    return digest.hexdigest()[:16]
