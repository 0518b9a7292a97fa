"""Whether a text names what a model says it names, and which entity that is, by our lexicon alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kb.extractors.model.words import Words, plain
from kb.reading.folding import name_words
from kb.reading.lexicon import Entry, Lexicon
from kb.records import Article, Ref

_DESCRIBED: Final = frozenset({"facility", "office"})
"""Kinds whose names are made of words that a text may have apart: "the aircraft plant in Zenda"."""
_EITHER: Final = frozenset({"state", "government", "settlement", "region"})
"""Kinds that one form may name together: "Strelsau" is a town, and the government that sits there."""
_PARTY_KINDS: Final = {
    "person": ("person",),
    "state": ("state", "government", "region"),
    "organisation": ("organisation", "outlet", "government"),
    "outlet": ("outlet", "organisation"),
    "facility": ("facility",),
    "group": (),
}
"""A schema's kind of party -> the lexicon's kinds of entity."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the text supports, with the entity where the lexicon is certain."""

    ref: Ref
    states: tuple[str, ...] = ()


class Support:
    """What one article names."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._published = article.published
        self._words = Words(article.text)
        self._sure: dict[str, Entry] = {}
        self._maybe: dict[str, Entry] = {}
        self._places: dict[str, list[int]] = {}
        for match in lexicon.matches(article.text):
            for entry in match.entries:
                self._note(entry, match.start, sure=len(match.entries) == 1)
                if entry.kind == "office" and article.published is not None:
                    holders = lexicon.holders(entry.iri, article.published)
                    for holder in holders:
                        self._note(holder, match.start, sure=len(holders) == 1)

    def _note(self, entry: Entry, start: int, *, sure: bool) -> None:
        (self._sure if sure else self._maybe)[entry.iri] = entry
        self._places.setdefault(entry.iri, []).append(start)

    def party(self, name: str, kind: str, state: str | None) -> Named | None:
        """Return a party that the text names, None for one that it does not.

        A group is named by its own words. ``state`` is the model's word: it counts where the lexicon does not
        know the party and the text names that state.
        """
        known = self._known(name, _PARTY_KINDS.get(kind, (kind,)))
        if known is not None:
            return Named(Ref(known.name, known.iri), (known.state,) if known.state else ())
        said = self._words.together(name)
        if said is None:
            return None
        return Named(Ref(said), (state,) if state and self.names_state(state) else ())

    def thing(self, name: str, kinds: tuple[str, ...]) -> Named | None:
        """Return a place, facility, item or outlet that the text names, or describes by these words."""
        known = self._known(name, kinds)
        if known is None and self._words.has_all(name):
            known = self._borne(name, tuple(kind for kind in kinds if kind in _DESCRIBED))
        if known is not None:
            return Named(Ref(known.name, known.iri), (known.state,) if known.state else ())
        said = self._words.together(name) or self._words.described(name)
        return Named(Ref(said)) if said else None

    def office(self, name: str, holder: Named) -> Named | None:
        """Return an office that the text names, or that a person whom it names held on that day."""
        found = self.thing(name, ("office",))
        if found is not None:
            return found
        held = self._borne(name, ("office",))
        day, person = self._published, holder.ref.iri
        if held and day and person and held in self._lexicon.offices_of(person, day):
            return Named(Ref(held.name, held.iri))
        role = self._without_states(name)
        return Named(Ref(plain(name))) if self._words.together(role) or self._words.described(role) else None

    def _without_states(self, name: str) -> str:
        """Return an office's name without the states in it that the text names by any form: "US" will do."""
        for match in reversed(self._lexicon.matches(name)):
            if any(entry.kind == "state" and self.names_state(entry.state or "") for entry in match.entries):
                name = f"{name[: match.start]} {name[match.end :]}"
        return name.strip().removesuffix(" of")

    def names_state(self, code: str) -> bool:
        """Tell whether the text names a state, by any name of it."""
        return any(
            entry.kind == "state" and entry.state == code
            for entry in (*self._sure.values(), *self._maybe.values())
        )

    def knows_state(self, code: str, *places: Named | None) -> bool:
        """Tell whether a state is named, or is where the lexicon has one of these places."""
        return any(named is not None and code in named.states for named in places) or self.names_state(code)

    def offsets(self, names: Iterable[Named], within: tuple[int, int]) -> list[int]:
        """Return where a stretch of the text names some parties: by their words, or by a form of theirs."""
        found: list[int] = []
        for named in names:
            found += self._places.get(named.ref.iri or "", [])
            found += self._words.offsets(named.ref.name)
        return sorted(at for at in found if within[0] <= at < within[1])

    def _known(self, name: str, kinds: tuple[str, ...]) -> Entry | None:
        """Return the one entity of these kinds that bears a name and that the text names."""
        entries = self._bearers(name, kinds)
        named = [entry for entry in entries if entry.iri in self._sure]
        named = named or [e for e in entries if e.iri in self._maybe and e.kind in _EITHER]
        return _only(named, kinds)

    def _borne(self, name: str, kinds: tuple[str, ...]) -> Entry | None:
        """Return the one entity of these kinds that bears a name, whether the text names it or not."""
        return _only(self._bearers(name, kinds), kinds)

    def _bearers(self, name: str, kinds: tuple[str, ...]) -> list[Entry]:
        words = name_words(name)
        if not words or not kinds:
            return []
        whole = [
            match
            for match in self._lexicon.matches(name)
            if match.start <= words[0].start and words[-1].end <= match.end
        ]
        return [entry for match in whole for entry in match.entries if entry.kind in kinds]


def _only(entries: list[Entry], kinds: tuple[str, ...]) -> Entry | None:
    """Return the one entity of the first kind that any of them has."""
    first = min((kinds.index(entry.kind) for entry in entries), default=-1)
    best = {entry.iri: entry for entry in entries if kinds.index(entry.kind) == first}
    return next(iter(best.values())) if len(best) == 1 else None
