"""The records of an evaluation: the texts with their gold, and the claims that are scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kb.evaluation.names import Names
from kb.records import Article, Claim, ClaimType, Ref

EVENTS: Final = (
    ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.DEPARTURE, ClaimType.MEETING, ClaimType.CALL,
    ClaimType.AGREEMENT, ClaimType.TRANSFER, ClaimType.DEPLOYMENT, ClaimType.DISPLAY, ClaimType.EXERCISE,
    ClaimType.STATEMENT, ClaimType.SANCTION,
)  # fmt: skip
STANDING: Final = (ClaimType.OFFICE, ClaimType.PRODUCTION)

GROUPS: Final[Mapping[str, tuple[ClaimType, ...]]] = {
    "events": EVENTS,
    "eleven": tuple(kind for kind in EVENTS if kind is not ClaimType.STATEMENT),
    "standing": STANDING,
}
"""The types that are paired and scored together, under the name that a threshold gives them."""

GROUP_NAMES: Final[Mapping[str, str]] = {
    "events": "twelve event types",
    "eleven": "eleven, without Statement",
    "standing": "Office and Production",
}

FEW: Final = 30
"""A type with fewer gold lines is reported and never a bar."""


@dataclass(frozen=True, slots=True)
class GoldLine:
    """A gold claim with what a gold file says beside it."""

    claim: Claim
    n: int
    optional: bool = False
    """A match counts, a miss does not."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One text with its gold, and what the index table says of its family and dyad."""

    article: Article
    gold: tuple[GoldLine, ...]
    family: str
    """The column source where the table has it, else the outlet."""
    dyad: str


@dataclass(frozen=True, slots=True)
class GoldSet:
    """All texts of a folder, by their id, sorted; and how their names are compared."""

    texts: Mapping[str, Text]
    names: Names
    aliases: tuple[str, ...] = ()
    """The paths of the alias tables that were read."""


Claims = Mapping[str, tuple[Claim, ...]]
"""The claims to score, by the id of their text, in the order in which they were given."""


def shown(claim: Claim, slot: str) -> str:
    """Return what fills a slot as people read it, empty where nothing does."""
    value = getattr(claim, slot)
    values = value if isinstance(value, tuple) else [value]
    return "; ".join(each.name if isinstance(each, Ref) else str(each) for each in values if each is not None)
