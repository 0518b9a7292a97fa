"""The records of the lexicon: entries, matches in a text, tenures, and the compiled whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from kb.edtf_bounds import Bounds, bounds

FORMS: Final = ("metonym", "designation", "name", "title", "demonym", "short")
"""The kinds of form. Of a match that is several, the first in this order is its ``form``: what may be read
as a government must say so, and a short form is the weakest reason to name somebody."""

KINDS: Final = (
    "state",
    "government",
    "person",
    "office",
    "facility",
    "settlement",
    "region",
    "organisation",
    "outlet",
    "hardware",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity that reading can name."""

    iri: str
    kind: str
    """One of KINDS."""
    name: str
    """Canonical, in English."""
    state: str | None
    """Alpha-3: of nationality, of the office's state, where it stands (as recognised), of the maker."""
    place: str | None
    """IRI of the settlement in which a facility stands, whose mayor an office is, a state's capital."""
    classes: tuple[str, ...]
    """Local names of lg: classes, its own first, then theirs above."""
    gender: str | None
    until: str | None = None
    """EDTF: when a state that is no more ended; None for all others."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of text that is a form of one entity, or of several (then it is ambiguous)."""

    start: int
    end: int
    text: str
    form: str
    """One of FORMS."""
    entries: tuple[Entry, ...]
    forms: tuple[str, ...]
    """The form by which each entry is named here, aligned with ``entries``."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held an office, with EDTF dates: no start is unknown, no end is still in office."""

    person: str
    office: str
    start: str | None
    until: str | None
    is_end_unknown: bool = False
    """No end is given because nobody has looked it up, not because the person is still in office."""

    def may_hold(self, day: date) -> bool:
        """Tell whether the office may have been held on that day."""
        return (self._from.earliest or date.min) <= day <= (self._until.latest or date.max)

    def surely_holds(self, day: date) -> bool:
        """Tell whether the office was held on that day, whatever the dates' vagueness."""
        begun, ended = self._from.latest, self._until
        if begun is None or day < begun or self.is_end_unknown:
            return False
        return ended == Bounds(None, None) or (ended.earliest is not None and day <= ended.earliest)

    @property
    def _from(self) -> Bounds:
        return bounds(self.start) if self.start else Bounds(None, None)

    @property
    def _until(self) -> Bounds:
        return bounds(self.until) if self.until else Bounds(None, None)


class Naming(NamedTuple):
    """One form of one entity, as compiled."""

    form: str
    """Its spelling; see kb.reading.forms for what its case says."""
    kind: str
    """One of FORMS."""
    entry: int
    """Its place in the list of entries."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """All that a lexicon is made of; the compiler writes it to its cache."""

    version: str
    entries: tuple[Entry, ...]
    namings: dict[str, tuple[tuple[str, str, int], ...]]
    """By kb.reading.folding.name_key; as plain tuples, of which a start loads tens of thousands at once."""
    tenures: tuple[Tenure, ...]
    roles: dict[str, tuple[str, ...]]
    """Roles of an office (local names: "HeadOfState") by its IRI."""
    nouns: dict[str, str]
