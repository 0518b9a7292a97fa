"""Answers kept on disk, so that a run that is stopped goes on and the same text is paid for once.

Files of the user's alone, bounded in number and size; an entry that is damaged counts as absent.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

ENTRIES: Final = 20_000
BYTES: Final = 200_000_000
_SWEEP: Final = 200
"""After how many writes the folder is looked through for what is too much."""


class Cache:
    """Answers by the hash of what was asked."""

    def __init__(
        self, folder: Path, *, entries: int = ENTRIES, size: int = BYTES, sweep: int = _SWEEP
    ) -> None:
        self._folder = folder
        self._entries = entries
        self._size = size
        self._sweep = sweep
        self._written = 0

    def get(self, key: str) -> str | None:
        """Return the answer to a request, None where there is none that is whole."""
        path = self._path(key)
        try:
            kept = json.loads(path.read_bytes())
            answer = kept["answer"]
            whole = kept["key"] == key and isinstance(answer, str) and kept["sha256"] == _hash(answer)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if whole:
            with suppress(OSError):
                os.utime(path)  # what is used stays longest
        return answer if whole else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer, in one step; where the folder cannot be written nothing is kept."""
        content = json.dumps({"key": key, "sha256": _hash(answer), "answer": answer}, ensure_ascii=True)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".tmp")  # readable by its owner alone
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    file.write(content)
                os.replace(name, self._path(key))
            except OSError:
                os.unlink(name)
            if self._written % self._sweep == 0:
                self._make_room()
            self._written += 1

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _make_room(self) -> None:
        """Remove the answers that were not used for longest, down to nine tenths of the bounds."""
        found = []
        for path in self._folder.glob("*.json"):
            with suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime_ns, path.name, status.st_size))
        found.sort()
        number, size = len(found), sum(one[2] for one in found)
        if number <= self._entries and size <= self._size:
            return
        for _, name, own in found:
            if number <= self._entries * 0.9 and size <= self._size * 0.9:
                return
            with suppress(OSError):
                (self._folder / name).unlink()
            number, size = number - 1, size - own


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def key_of(*parts: str) -> str:
    """Return the hash under which the answer to a request is kept."""
    return _hash(json.dumps(parts))
