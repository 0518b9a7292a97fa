"""The records that reading passes from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.reading.lexicon_records import Entry
from kb.records import Modality, Polarity, Ref


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something, with what it may name."""

    start: int
    end: int
    first: int
    """Index of its first token."""
    last: int
    """Index of its last token."""
    text: str
    form: str
    """One of the lexicon's forms, or "ner", "titled", "described" where the lexicon does not know it."""
    entries: tuple[Entry, ...]
    kind: str
    """The kind of its entries where they agree, else ""."""
    name: str
    """The canonical name where it is certain, else the text."""


@dataclass(frozen=True, slots=True)
class Party:
    """A filler of a role: who or what, for which states, and by which rule it was found."""

    name: str
    kind: str
    """A lexicon's kind, or "group" for people without a name, or "thing"."""
    start: int
    end: int
    iri: str | None = None
    states: tuple[str, ...] = ()
    rule: str = "named"

    @property
    def ref(self) -> Ref:
        """Return the party as a claim's slot holds it."""
        return Ref(self.name, self.iri)


@dataclass(frozen=True, slots=True)
class OfficeMention:
    """A person named with an office: a title before the name or in apposition after it."""

    person: Mention
    title: int
    """Index of the title's head token."""
    key: str
    """The title's head, lower case: "minister", "president"."""
    name: str
    """The office's name: "Governor of Khabarovsk Krai"."""
    iri: str | None
    state: str | None
    roles: tuple[str, ...]
    start: int
    end: int
    inferred: bool = False
    """True where the state is that of the outlet and stands nowhere beside the title."""
    bare: bool = False
    """True where the words name no office, only its holder again: "Secretary X"."""
    body: bool = False
    """True where the office is one at a body of many states: "NATO spokesman"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where: town or region, facility, state."""

    place: Ref | None = None
    facility: Ref | None = None
    country: str | None = None
    start: int = -1
    end: int = -1

    def over(self, other: Spot) -> Spot:
        """Return this spot, with what it lacks taken from another unless that lies elsewhere."""
        if self.country and other.country and self.country != other.country:
            return self
        if self.country and other.place and other.place.iri and not other.country:
            return self  # "Japan" is no part of the map as wide as "Asia"
        return Spot(self.place or other.place, self.facility or other.facility, self.country or other.country,
                    self.start, self.end)  # fmt: skip


NOWHERE = Spot()


@dataclass(frozen=True, slots=True)
class When:
    """When: EDTF, why, and in which words."""

    edtf: str | None = None
    basis: str = ""
    phrase: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Stance:
    """How the text puts it: sure or not, affirmed or denied, in whose words, through whom."""

    modality: Modality = Modality.REPORTED
    polarity: Polarity = Polarity.AFFIRMED
    speaker: Party | None = None
    via: Party | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A frame's match with its roles filled: a claim before names, dates and stance are settled."""

    type: str
    rule: str
    trigger: int
    """Index of the trigger token."""
    roles: Mapping[str, tuple[Party, ...]]
    spot: Spot
    start: int
    end: int
    spoken: bool = False
    """True where the trigger's own words are a position taken: then the agents speak, and nobody beside."""
    modality: Modality | None = None
    """Set by frames whose trigger says it ("invite")."""
    anchor: int = -1
    """Index of the token at which stance and time are read; -1: the trigger."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """stage, vehicle, quantity, medium, detail."""

    def parties(self, role: str) -> tuple[Party, ...]:
        """Return the fillers of a role."""
        return self.roles.get(role, ())
