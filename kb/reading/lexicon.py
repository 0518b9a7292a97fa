"""What reading can name: persons, offices, places, hardware and the rest, and where a text names them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kb.errors import NotFound
from kb.reading.folding import Word, name_words
from kb.reading.forms import fits, singular
from kb.reading.lexicon_records import FORMS, KINDS, Compiled, Entry, Match, Naming, Tenure

__all__ = ["FORMS", "KINDS", "Entry", "Lexicon", "Match", "Tenure"]

_CHILD_OF: Final = re.compile(r" (?:bin|ibn|bint) [A-ZÀ-Þ]")
_FATHER: Final = re.compile(r"[A-ZÀ-Þ][\w'’-]* (?:bin|ibn|bint) \Z")
"""What stands before the name of somebody's father: "Mohammed bin" before Salman."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    namings: tuple[Naming, ...]


class Lexicon:
    """Finds names in texts and answers who held which office; read-only."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._by_iri = {entry.iri: entry for entry in compiled.entries}
        self._states = {
            entry.state: entry for entry in compiled.entries if entry.kind == "state" and entry.state
        }
        self._by_office = _grouped(compiled.tenures, lambda tenure: tenure.office)
        self._by_person = _grouped(compiled.tenures, lambda tenure: tenure.person)
        self._by_kind = {kind: [one for one in compiled.entries if one.kind == kind] for kind in KINDS}
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in compiled.namings:
            lengths[key.partition(" ")[0]].add(key.count(" ") + 1)
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        """Of how many words the forms are that begin with a word, the longest first."""

    @property
    def version(self) -> str:
        """Return a hash of the reference data and the compiler that this lexicon was made by."""
        return self._compiled.version

    def matches(self, text: str) -> list[Match]:
        """Return what a text names, longest first where names overlap, then sorted by start.

        A possessive 's stays outside, a plural s of a designation inside. White space and hyphens of every
        kind are one; names keep their capitals. Several entries mean that the form alone does not decide.
        """
        taken = bytearray(len(text))
        found = []
        for candidate in sorted(
            _without_halves(self._candidates(text), text), key=lambda c: (c.start - c.end, c.start)
        ):
            if not any(taken[candidate.start : candidate.end]):
                taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
                found.append(self._match(candidate, text))
        return sorted(found, key=lambda match: match.start)

    def entry(self, iri: str) -> Entry:
        """Return the entry of an IRI. Raises NotFound."""
        try:
            return self._by_iri[iri]
        except KeyError:
            raise NotFound("nothing in the lexicon has this IRI", place=iri) from None

    def state(self, iso3: str) -> Entry:
        """Return the state with an ISO 3166 alpha-3 code. Raises NotFound."""
        try:
            return self._states[iso3]
        except KeyError:
            raise NotFound(
                "no state has this code", place=iso3, repair="Give an ISO 3166-1 alpha-3 code"
            ) from None

    def entries(self, kind: str) -> list[Entry]:
        """Return all entries of one of KINDS, in the order of their IRIs."""
        return self._by_kind.get(kind, [])[:]

    def holders(self, office: str, on: date | None) -> list[Entry]:
        """Return who may have held an office that day; None: who ever did.

        The certain come first, then the latest.
        """
        return self._named([tenure.person for tenure in _on(self._by_office.get(office, []), on)])

    def offices_of(self, person: str, on: date | None) -> list[Entry]:
        """Return the offices that a person may have held that day, the certain and the latest first."""
        return self._named([tenure.office for tenure in _on(self._by_person.get(person, []), on)])

    def offices(self, state: str, role: str) -> list[Entry]:
        """Return a state's offices with a role ("HeadOfState"), in the order of their IRIs."""
        return [
            entry
            for entry in self._by_kind["office"]
            if entry.state == state and role in self._compiled.roles.get(entry.iri, ())
        ]

    def roles(self, office: str) -> tuple[str, ...]:
        """Return the roles of an office by local name, as in ``offices``."""
        return self._compiled.roles.get(office, ())

    def common_nouns(self) -> dict[str, str]:
        """Return the plain nouns for classes of facilities and hardware: "plant" → "Plant"."""
        return dict(self._compiled.nouns)

    def _named(self, iris: list[str]) -> list[Entry]:
        return [self._by_iri[iri] for iri in dict.fromkeys(iris) if iri in self._by_iri]

    def _candidates(self, text: str) -> list[_Candidate]:
        parts = name_words(text)
        keys = [word.key for word in parts]
        namings = self._compiled.namings
        found = []
        for place, word in enumerate(parts):
            lengths = self._lengths.get(word.key, ())
            if word.text[-1] == "s" and 1 not in lengths and singular(word.text):  # "9M730s"
                lengths = (*lengths, 1)
            for length in lengths:
                end = place + length
                if end > len(parts):
                    continue
                key = " ".join(keys[place:end])
                last = parts[end - 1].text
                if key in namings or (last[-1] == "s" and singular(last)):
                    candidate = self._look_up(key, text, parts[place:end])
                    if candidate is not None:
                        found.append(candidate)
        return found

    def _look_up(self, key: str, text: str, run: Sequence[Word]) -> _Candidate | None:
        fitting = self._fitting(key, text, run)
        bare = singular(run[-1].text)
        if not fitting and bare is not None:
            keys = [*(word.key for word in run[:-1]), bare.lower()]
            fitting = self._fitting(" ".join(keys), text, run, plural=True)
        if not fitting or _ends_another_name(text, run[0].start):
            return None
        end = run[-1].end
        if _CHILD_OF.match(text, end) and all(naming.kind == "short" for naming in fitting):
            return None  # "Crown Prince Omar" of "Crown Prince Omar bin Said"
        if text[end : end + 1] == "." and text[end - 2 : end - 1] == ".":  # the last dot of "U.S."
            end += 1
        return _Candidate(run[0].start, end, tuple(fitting))

    def _fitting(self, key: str, text: str, run: Sequence[Word], *, plural: bool = False) -> list[Naming]:
        """Return the namings of a key that a run of words spells; in the plural designations only."""
        namings = self._compiled.namings.get(key)
        if namings is None:
            return []
        return [
            one
            for one in map(Naming._make, namings)
            if (not plural or one.kind == "designation") and fits(one.form, text, run, plural=plural)
        ]

    def _match(self, candidate: _Candidate, text: str) -> Match:
        best: dict[int, str] = {}
        for naming in sorted(candidate.namings, key=lambda n: FORMS.index(n.kind)):
            best.setdefault(naming.entry, naming.kind)
        order = sorted(best, key=self._rank)
        forms = tuple(best[entry] for entry in order)
        return Match(
            candidate.start,
            candidate.end,
            text[candidate.start : candidate.end],
            min(forms, key=FORMS.index),
            tuple(self._compiled.entries[entry] for entry in order),
            forms,
        )

    def _rank(self, place: int) -> tuple[int, bool, int]:
        """Order what a form may name: by kind, and a state that is no more after those that are."""
        entry = self._compiled.entries[place]
        return KINDS.index(entry.kind), entry.until is not None, place


def _grouped(tenures: Iterable[Tenure], by: Callable[[Tenure], str]) -> dict[str, list[Tenure]]:
    groups: dict[str, list[Tenure]] = {}
    for tenure in tenures:
        groups.setdefault(by(tenure), []).append(tenure)
    return groups


def _on(tenures: list[Tenure], day: date | None) -> list[Tenure]:
    fitting = [tenure for tenure in tenures if day is None or tenure.may_hold(day)]
    fitting.sort(key=lambda tenure: tenure.start or "", reverse=True)
    if day is not None:
        fitting.sort(key=lambda tenure: not tenure.surely_holds(day))
    return fitting


def _ends_another_name(text: str, start: int) -> bool:
    """Tell whether a longer name goes on at start: "Nikolayevsk-on-" at Amur, "al-" at Saud, a father's."""
    return (
        text[max(0, start - 4) : start] in ("-on-", "-na-")
        or text[max(0, start - 3) : start].lower() == "al-"
        or text[max(0, start - 3) : start] == "Al "
        or _FATHER.search(text, max(0, start - 30), start) is not None
    )


def _without_halves(candidates: list[_Candidate], text: str) -> list[_Candidate]:
    """Return candidates without those that begin inside a demonym of two words: "Sudanese President"."""
    long = [
        (one.start, one.end)
        for one in candidates
        if " " in text[one.start : one.end] and any(naming.kind == "demonym" for naming in one.namings)
    ]
    if not long:
        return candidates
    return [one for one in candidates if not any(start < one.start < end for start, end in long)]
