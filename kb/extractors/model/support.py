"""Whether a text names what a model says it names, and which entity that is, by our lexicon alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kb.reading.folding import name_words
from kb.reading.lexicon import Entry, Lexicon
from kb.records import Article, Ref

_IDLE: Final = frozenset({"the", "of", "a", "an", "and", "for", "to"})
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
        self._words = name_words(article.text)
        self._keys = " " + " ".join(word.key for word in self._words) + " "
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
        known = self._known(name, _PARTY_KINDS[kind])
        if known is not None:
            return Named(Ref(known.name, known.iri), (known.state,) if known.state else ())
        if not self.says(name):
            return None
        return Named(Ref(_tidy(name)), (state,) if state and self.names_state(state) else ())

    def thing(self, name: str, kinds: tuple[str, ...]) -> Named | None:
        """Return a place, a facility, an item or an outlet that the text names."""
        known = self._known(name, kinds)
        if known is not None:
            return Named(Ref(known.name, known.iri), (known.state,) if known.state else ())
        return Named(Ref(_tidy(name))) if self.says(name) else None

    def office(self, name: str) -> Named | None:
        """Return an office that the text names; "President of Zembla" where it says "Zembla's President"."""
        found = self.thing(name, ("office",))
        if found is not None:
            return found
        role, _, of = name.partition(" of ")
        if of and self.says(role) and (self._known(of, ("state", "region", "settlement")) or self.says(of)):
            return Named(Ref(_tidy(name)))
        return None

    def says(self, name: str) -> bool:
        """Tell whether the words of a name stand together in the text; idle words alone are no name."""
        keys = [word.key for word in name_words(name)]
        return any(key not in _IDLE for key in keys) and f" {' '.join(keys)} " in self._keys

    def names_state(self, code: str) -> bool:
        """Tell whether the text names a state, by any name of it."""
        return any(
            entry.kind == "state" and entry.state == code
            for entry in (*self._sure.values(), *self._maybe.values())
        )

    def knows_state(self, code: str, *places: Named | None) -> bool:
        """Tell whether a state is named, or is where the lexicon has one of these places."""
        return any(named is not None and code in named.states for named in places) or self.names_state(code)

    def offsets(self, names: Iterable[Named]) -> list[int]:
        """Return where the text names some parties: offsets of their words and of the lexicon's forms."""
        found = []
        for named in names:
            found += self._places.get(named.ref.iri or "", [])
            keys = [word.key for word in name_words(named.ref.name)]
            length = len(keys)
            found += [
                self._words[at].start
                for at in range(len(self._words) - length + 1)
                if length and all(self._words[at + n].key == keys[n] for n in range(length))
            ]
        return sorted(found)

    def _known(self, name: str, kinds: tuple[str, ...]) -> Entry | None:
        """Return the one entity of these kinds that bears a name and that the text names."""
        words = name_words(name)
        if not words or not kinds:
            return None
        whole = [
            match
            for match in self._lexicon.matches(name)
            if match.start <= words[0].start and words[-1].end <= match.end
        ]
        entries = [entry for match in whole for entry in match.entries if entry.kind in kinds]
        named = [entry for entry in entries if entry.iri in self._sure]
        named = named or [e for e in entries if e.iri in self._maybe and e.kind in _EITHER]
        first = min((kinds.index(entry.kind) for entry in named), default=-1)
        best = {entry.iri: entry for entry in named if kinds.index(entry.kind) == first}
        return next(iter(best.values())) if len(best) == 1 else None


def _tidy(name: str) -> str:
    return " ".join(name.split())
