"""The slots of a claim as the text bears them out: names that it names, dates that our resolver reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from kb.extractors.model.locate import Located
from kb.extractors.model.schema import Shape
from kb.extractors.model.support import Named, Support
from kb.reading.dates import find_times, resolve
from kb.records import Article, Modality, Ref

TIME_REACH: Final = 600
"""Characters between a quote and the words that date it."""

Said = Mapping[str, object]


class Dropped(Exception):
    """A claim that cannot stand; the words are the reason."""


@dataclass(frozen=True, slots=True)
class Where:
    """Town or region, facility, state."""

    place: Ref | None = None
    facility: Ref | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, why it is that, and the words that it comes from."""

    edtf: str | None = None
    basis: str = ""
    phrase: str = ""


@dataclass(slots=True)
class Slots:
    """Reads one claim's slots. Names of a party, a speaker or an office that the text lacks raise Dropped."""

    said: Said
    shape: Shape
    support: Support
    emptied: list[str] = field(default_factory=list)
    """The slots whose filler the text does not bear out; they stay empty."""

    def parties(self) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
        """Return agents and counterparts; in what several do together all are agents."""
        agents, counterparts = self._named("agents"), self._named("counterparts")
        if self.shape.mutual:
            agents, counterparts = [*agents, *counterparts], []
        for role, parties in (("agents", agents), ("counterparts", counterparts)):
            admitted = self.shape.roles.get(role)
            if parties and admitted is None:
                raise Dropped("fills a role that its type does not have")
            if admitted and any(kind not in admitted for kind, _ in parties):
                raise Dropped("has a party of a kind that its type does not take")
        if not agents and not counterparts:
            raise Dropped("has nobody in it")
        return _once(agents), _once(counterparts)

    def speaker(self) -> Ref | None:
        """Return who is quoted: without a speaker, what somebody says would be the text's own word."""
        name = self.said["speaker"]
        if not isinstance(name, str):
            return None
        for kind in ("person", "state", "organisation"):
            named = self.support.party(name, kind, None)
            if named is not None and named.ref.iri:
                return named.ref
        group = self.support.party(name, "group", None)
        if group is None:
            raise Dropped("has a speaker that the text does not name")
        return group.ref

    def office(self, holders: Sequence[Named]) -> Ref | None:
        """Return the office, of a type that has one."""
        if "office" not in self.shape.roles:
            return None
        name = self.said["office"]
        named = self.support.office(name, holders[0]) if isinstance(name, str) and holders else None
        if named is None:
            raise Dropped("has an office that the text does not name")
        return named.ref

    def where(self) -> Where:
        """Return where it happens; the state is the lexicon's where it knows the place."""
        if "spot" not in self.shape.roles:
            return Where()
        place = self._one("place", ("settlement", "region"))
        facility = self._one("facility", ("facility",))
        code = self.said["country"]
        for named in (place, facility):
            code = named.states[0] if named and named.states else code
        if isinstance(code, str) and not self.support.knows_state(code, place, facility):
            self.emptied.append("country")
            code = None
        return Where(_ref(place), _ref(facility), code if isinstance(code, str) else None)

    def several(self, slot: str, *kinds: str) -> tuple[Ref, ...]:
        """Return the fillers of companions or items."""
        if slot not in self.shape.roles:
            return ()
        found = [self.support.thing(name, kinds) for name in cast(list[str], self.said.get(slot, []))]
        self.emptied += [slot] * found.count(None)
        return tuple(dict.fromkeys(named.ref for named in found if named is not None))

    def via(self) -> Ref | None:
        """Return the outlet that the text names as its source."""
        return _ref(self._one("via", ("outlet", "organisation")))

    def when(self, times: Times, quote: tuple[int, int], modality: Modality) -> Dated:
        """Return the date: the model points at the words beside the quote, our own resolver reads them."""
        words = self.said["when"]
        if not isinstance(words, str):
            return Dated()
        found = times.read(words, quote, modality)
        if found is None:
            self.emptied.append("when")
        return found or Dated()

    def _named(self, role: str) -> list[tuple[str, Named]]:
        found = []
        for party in cast(list[Mapping[str, str | None]], self.said.get(role, [])):
            kind = str(party["kind"])
            named = self.support.party(str(party["name"]), kind, party["state"])
            if named is None:
                raise Dropped("has a party that the text does not name")
            found.append((kind, named))
        return found

    def _one(self, slot: str, kinds: tuple[str, ...]) -> Named | None:
        name = self.said[slot]
        named = self.support.thing(name, kinds) if isinstance(name, str) else None
        if isinstance(name, str) and named is None:
            self.emptied.append(slot)
        return named


class Times:
    """The phrases of time of an article."""

    def __init__(self, article: Article, located: Located) -> None:
        self._article = article
        self._located = located
        self._mentions = find_times(article.text, article.published)

    def read(self, words: str, quote: tuple[int, int], modality: Modality) -> Dated | None:
        """Return what the words mean that stand near a quote; None where they do not stand there."""
        text = self._article.text
        around = (max(0, quote[0] - TIME_REACH), min(len(text), quote[1] + TIME_REACH))
        place = self._located.find(words, around, quote)
        if place is None:
            return None
        for mention in self._mentions:
            if mention.start < place.end and place.start < mention.end:
                tense = "past" if modality is Modality.REPORTED else "future"
                read = resolve(mention, self._article.published, tense)  # type: ignore[arg-type]
                return Dated(read.span, read.basis, read.phrase)
        return Dated(phrase=text[place.start : place.end])


def _once(parties: Sequence[tuple[str, Named]]) -> tuple[Named, ...]:
    return tuple({named.ref: named for _, named in parties}.values())


def _ref(named: Named | None) -> Ref | None:
    return named.ref if named else None
