"""The frozen records that pass between rooms.

An Article is a text with what is known about it; a Claim is what one stretch of that text says.
The keys of a claim and their meaning are those of the claims file format (JSON Lines), which
kb/claims writes and reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

SLOTS_OF_MANY: Final = ("agents", "counterparts", "companions", "items")
SLOTS_OF_ONE: Final = ("place", "facility", "office", "speaker", "via")
"""The fields of a Claim that hold named fillers: a tuple of Ref, and one Ref or None."""


class ClaimType(StrEnum):
    """What a claim is about: twelve kinds of event, two standing facts, and a text's note on its sources."""

    VISIT = "Visit"
    ARRIVAL = "Arrival"
    DEPARTURE = "Departure"
    MEETING = "Meeting"
    CALL = "Call"
    AGREEMENT = "Agreement"
    TRANSFER = "Transfer"
    DEPLOYMENT = "Deployment"
    DISPLAY = "Display"
    EXERCISE = "Exercise"
    STATEMENT = "Statement"
    SANCTION = "Sanction"
    OFFICE = "Office"
    PRODUCTION = "Production"
    SOURCE_NOTE = "SourceNote"


class Modality(StrEnum):
    """How sure the text is."""

    REPORTED = "reported"
    PLANNED = "planned"
    SPECULATED = "speculated"
    REQUESTED = "requested"


class Polarity(StrEnum):
    """Whether the text affirms or denies."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Tier(StrEnum):
    """What the acceptance gate made of a claim."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Article:
    """A text as taken in.

    ``id`` is a hash of bytes, outlet and date, so the same three make the same article. ``text`` is the
    stored text, to the character; every offset in a claim counts Unicode code points of it.
    """

    id: str
    doc: str
    """The stem of the file it came from: a handle for people, not an identifier."""
    text: str
    outlet: str
    """The outlet's name as given; "unknown" where nobody said."""
    published: date | None
    sha256: str
    """Of the original bytes."""
    title: str = ""
    source_note: str = ""
    copy_of: str | None = None
    """The id of an earlier article that this one copies."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A named filler of a slot: the canonical name, and the entity's full IRI where it is known."""

    name: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one stretch of an article's text says was, is, will or may be so.

    Raises ValueError on construction when the span does not fit the quote's length.
    """

    id: str
    """A hash of article, span, type and slots (kb.claim_id)."""
    article: str
    doc: str
    type: ClaimType
    quote: str
    start: int
    end: int
    agents: tuple[Ref, ...] = ()
    agent_states: tuple[str, ...] = ()
    counterparts: tuple[Ref, ...] = ()
    counterpart_states: tuple[str, ...] = ()
    companions: tuple[Ref, ...] = ()
    place: Ref | None = None
    facility: Ref | None = None
    country: str | None = None
    items: tuple[Ref, ...] = ()
    office: Ref | None = None
    edtf: str | None = None
    basis: str = ""
    """Why the date is what it is: "explicit", "weekday-before-publication", "issued-on", …"""
    time_phrase: str = ""
    modality: Modality = Modality.REPORTED
    polarity: Polarity = Polarity.AFFIRMED
    speaker: Ref | None = None
    via: Ref | None = None
    tier: Tier = Tier.ACCEPTED
    confidence: float = 1.0
    """From 0 to 1."""
    rule: str = ""
    """Which frame and rule made it."""
    extractors: tuple[str, ...] = ()
    """The names of the extractors that found it, sorted; set by kb.extractors, whatever they say."""
    other_readings: tuple[str, ...] = ()
    """What another extractor has in a slot where it differs: "model: edtf=2023-09-14"; sorted."""
    stage: str = ""
    vehicle: str = ""
    quantity: str = ""
    medium: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.quote):
            span = f"{self.start}:{self.end}"
            raise ValueError(f"span {span} does not fit a quote of {len(self.quote)} characters")
