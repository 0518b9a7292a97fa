"""The compiled lexicon as a JSON file, so that a start need not compile it anew."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from kb.reading.lexicon_records import Compiled, Entry, Naming, Tenure


def write(path: Path, compiled: Compiled) -> None:
    """Write the cache in one step, so that a reader beside sees all of it or nothing.

    Where the folder cannot be written or is full nothing is kept: the next start compiles again.
    """
    content = json.dumps(_to_json(compiled), ensure_ascii=False, separators=(",", ":"))
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(content)
            os.replace(name, path)
        except OSError:
            os.unlink(name)


def _to_json(compiled: Compiled) -> dict[str, Any]:
    return {
        "version": compiled.version,
        "entries": [
            [e.iri, e.kind, e.name, e.state, e.place, e.classes, e.gender, e.until] for e in compiled.entries
        ],
        "namings": compiled.namings,
        "tenures": [[t.person, t.office, t.start, t.until, t.is_end_unknown] for t in compiled.tenures],
        "roles": compiled.roles,
        "nouns": compiled.nouns,
    }


def read(path: Path) -> Compiled | None:
    """Return what a cache file holds, None where it is absent or damaged (it is then made anew)."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return Compiled(
            data["version"],
            tuple(Entry(i, k, n, s, p, tuple(c), g, u) for i, k, n, s, p, c, g, u in data["entries"]),
            {form: tuple(map(Naming._make, found)) for form, found in data["namings"].items()},
            tuple(Tenure(*fields) for fields in data["tenures"]),
            {iri: tuple(found) for iri, found in data["roles"].items()},
            data["nouns"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
