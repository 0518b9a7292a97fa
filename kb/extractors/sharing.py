"""The lexicon that the project's own extractors share: it is loaded once, and takes a hundred megabytes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kb import reference
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_build import compile_lexicon
from kb.settings import Settings


def lexicon_of(settings: Settings) -> Lexicon:
    """Return the lexicon of the reference data as they are now."""
    return _lexicon(settings.cache_folder, reference.version())


@lru_cache(maxsize=1)
def _lexicon(cache: Path, version: str) -> Lexicon:
    return compile_lexicon(cache)
