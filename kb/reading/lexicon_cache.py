"""The compiled lexicon as a file, so that a start need not compile it anew.

The content is Python's own notation for plain values (marshal): it is read ten times as fast as JSON and,
unlike a pickle, names nothing that is run. Since damaged notation may stop the interpreter, a digest stands
before it, and since Python may change it, the file is for one Python only.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from contextlib import suppress
from dataclasses import astuple, fields
from pathlib import Path

from kb.reading.lexicon_records import Compiled, Entry, Tenure


def file_name(version: str) -> str:
    """Return the name of the cache file of a version."""
    return f"lexicon-{version}.{sys.implementation.cache_tag}"


def write(path: Path, compiled: Compiled) -> None:
    """Write the cache in one step, so that a reader beside sees all of it or nothing.

    Where the folder cannot be written or is full nothing is kept: the next start compiles again.
    """
    content = marshal.dumps(
        (
            compiled.version,
            tuple(tuple(getattr(entry, field.name) for field in fields(Entry)) for entry in compiled.entries),
            {key: tuple(tuple(naming) for naming in found) for key, found in compiled.namings.items()},
            tuple(astuple(tenure) for tenure in compiled.tenures),
            compiled.roles,
            compiled.nouns,
        )
    )
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
            os.replace(name, path)
        except OSError:
            os.unlink(name)


def read(path: Path) -> Compiled | None:
    """Return what a cache file holds, None where it is absent or damaged (it is then made anew)."""
    try:
        whole = memoryview(path.read_bytes())
        digest, content = whole[:32], whole[32:]
        if hashlib.sha256(content).digest() != digest:
            return None
        version, entries, namings, tenures, roles, nouns = marshal.loads(content)
        return Compiled(
            version,
            tuple(Entry(*row) for row in entries),
            namings,
            tuple(Tenure(*row) for row in tenures),
            roles,
            nouns,
        )
    except (OSError, ValueError, TypeError, EOFError):
        return None
