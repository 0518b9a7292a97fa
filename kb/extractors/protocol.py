"""What an extractor is: anything that reads an article into claims, found by entry point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import Final, Protocol, runtime_checkable

from kb.records import Article, Claim
from kb.settings import Settings

GROUP: Final = "legation.extractors"
"""The entry point group; each entry names a Maker, and its name is the extractor's."""
LONGEST: Final = 200
"""Characters of a stranger's error that are shown."""
RULES: Final = "rules"
"""The name of the project's own reader: where extractors differ, its value stands."""


@runtime_checkable
class Extractor(Protocol):
    """Reads articles. The same version must read the same article in the same way."""

    @property
    def name(self) -> str:
        """Return the name under which it is registered: lower-case letters, digits and hyphens."""

    @property
    def version(self) -> str:
        """Return what changes when its claims may: letters, digits, dots, hyphens and underscores."""

    def read(self, article: Article, /) -> Sequence[Claim]:
        """Return what the article's text claims; may raise anything, which loses only its own claims."""


@runtime_checkable
class Reports(Protocol):
    """An extractor that has something to say at the end of a run, such as what it cost."""

    def report(self) -> Sequence[str]:
        """Return lines for a person."""


class Maker(Protocol):
    """What an entry point names: makes the extractor as the operator's settings want it."""

    def __call__(self, settings: Settings, /) -> Extractor: ...


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with an extractor, at loading or at one article."""

    extractor: str
    problem: str
    doc: str = ""
    """The article's handle; empty where the extractor could not be loaded."""


def told(error: BaseException) -> str:
    """Return an error as one short line, with file and line of the code that raised it."""
    words = " ".join(f"{type(error).__name__}: {error}".split())
    words = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    frames = extract_tb(error.__traceback__)
    return f"{words} ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else words
