"""What a reader's claims depend on beside the lexicon: its own code and data, and the parser's packages."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

from kb.reading.pipeline import MODELS
from kb.resources import files

_SOURCES: Final = Path(__file__).parent
_PATTERNS: Final = ("*.py", "*.yaml", "frames/*.yaml", "chances/*.py", "chances/*.yaml", "chances/*.json",
                    "context/*.py", "context/*.onnx", "context/*.npz", "context/*.txt")  # fmt: skip
_GAZETTEER: Final = _SOURCES.parent / "data" / "gazetteer.tsv"


@cache
def code_version() -> str:
    """Return a hash of the reader's modules, frames and word lists, and of its packages' versions.

    It changes whenever one of them does, so that a newer reader's claims supersede an older one's.
    """
    digest = hashlib.sha256()
    for pattern in _PATTERNS:
        for path in files(_SOURCES, pattern):
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    digest.update(_GAZETTEER.read_bytes())
    for name in ("spacy", "onnxruntime", *MODELS):
        digest.update(f"{name}\0{_installed(name)}\0".encode())
    return digest.hexdigest()


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "absent"
