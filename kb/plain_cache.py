"""Plain values kept in a file, so that a start need not work them out anew.

The content is Python's own notation for plain values (marshal): it is read ten times as fast as JSON and,
unlike a pickle, names nothing that is run. Since damaged notation may stop the interpreter, a digest stands
before it, and since Python may change it, a file is for one Python only.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

_DIGEST: Final = hashlib.sha256().digest_size


def file_name(what: str, version: str) -> str:
    """Return the name of the file of one version of something."""
    return f"{what}-{version}.{sys.implementation.cache_tag}"


def write(path: Path, value: Any) -> None:
    """Write numbers, texts, tuples, sets and dictionaries in one step: who reads beside sees all or nothing.

    Where the folder cannot be written or is full nothing is kept: the next start works it out again.
    """
    content = marshal.dumps(value)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
            os.replace(name, path)
        except OSError:
            os.unlink(name)


def read(path: Path) -> Any:
    """Return what a file holds, None where it is absent or damaged (it is then made anew)."""
    try:
        whole = memoryview(path.read_bytes())
        digest, content = whole[:_DIGEST], whole[_DIGEST:]
        return marshal.loads(content) if hashlib.sha256(content).digest() == digest else None
    except (OSError, ValueError, TypeError, EOFError):
        return None
