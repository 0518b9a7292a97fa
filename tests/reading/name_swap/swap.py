"""Replace every state and person of a text by an invented one, in the text and in its gold claims."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kb.articles.layout import body_spans
from kb.evaluation.records import GoldLine
from kb.reading import offices
from kb.reading.folding import fold
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_records import Entry
from kb.reading.names import People
from kb.reading.page import Page
from kb.records import Article, Ref
from tests.reading.name_swap.invention import KEPT, STATES, State, word_for

_WORD: Final = re.compile(r"[^\W\d_]+")
_LONG: Final = re.compile(
    r"\b(?:Republic|Kingdom|Sultanate|Emirate|Union|Commonwealth) of\b|\bFederation\b", re.I
)
_FREE: Final = frozenset(
    [
        "and",
        "or",
        "to",
        "in",
        "on",
        "for",
        "is",
        "has",
        "had",
        "was",
        "will",
        "would",
        "said",
        "says",
        "with",
        "from",
        "of",
        "at",
        "as",
        "by",
        "also",
        "but",
        "can",
        "could",
        "may",
        "that",
        "which",
    ]
)
"""Words before which an acronym stands for itself."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the old text and what stands there in the new."""

    start: int
    end: int
    new: str


class Swap:
    """What the names of one text become."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self._article, self._lexicon = article, lexicon
        self._page = Page(article, lexicon, body_spans(article.text))
        self._people = People(self._page, offices.find(self._page))
        seen = [
            state.state
            for text in (article.outlet, article.text)
            for match in lexicon.matches(text)
            for inner in (match, *lexicon.matches(match.text.rpartition(" ")[0]))
            if (state := _state(inner.entries)) is not None and state.state
        ]
        codes = sorted(set(seen), key=seen.index)
        self.states = {code: _for_state(code, place) for place, code in enumerate(codes)}
        forms = "|".join(sorted(self._state_forms(), key=lambda form: (-len(form), form)))
        self._inside = re.compile(rf"(?<!\w)(?:{forms})(?!\w)")
        self._words = {
            word
            for mention in self._page.mentions
            if self._people.of(mention) is not None
            for word in self._name_words(mention.text)
        }
        self.edits = list(self._edits())

    def article(self) -> Article:
        """Return the article with its new text and outlet."""
        outlet, home = self.text(self._article.outlet), self._page.home
        if home in self.states and self.states[home].name[:4] not in outlet:
            outlet = f"Government of {self.states[home].name}"
        return replace(self._article, text=self._applied(self._article.text, self.edits), outlet=outlet)

    def gold(self, line: GoldLine) -> GoldLine:
        """Return a gold line of the new text: names and offsets; a swapped state has no code."""
        old = line.claim
        start, end = self._moved(old.start), self._moved(old.end)
        claim = replace(
            old,
            quote=self.article().text[start:end],
            start=start,
            end=end,
            country=None if old.country in self.states else old.country,
            agent_states=self._codes(old.agent_states),
            counterpart_states=self._codes(old.counterpart_states),
            agents=self._names_of(old.agents),
            counterparts=self._names_of(old.counterparts),
            companions=self._names_of(old.companions),
            items=self._names_of(old.items),
            speaker=self._spoken(old.speaker),
            via=self._spoken(old.via),
            place=self._written(old.place),
            facility=self._written(old.facility),
            office=self._written(old.office),
        )
        return replace(line, claim=claim)

    def _codes(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(code for code in codes if code not in self.states)

    def _names_of(self, refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
        return tuple(Ref(self.name(ref.name)) for ref in refs)

    def _spoken(self, ref: Ref | None) -> Ref | None:
        return Ref(self.name(ref.name)) if ref else None

    def _written(self, ref: Ref | None) -> Ref | None:
        return Ref(self.text(ref.name)) if ref else None

    def name(self, name: str) -> str:
        """Return a name's new form: a person by the fullest form that the text has."""
        words = set(self._name_words(name))
        if any(
            match.end - match.start == len(name) and _state(match.entries)
            for match in self._lexicon.matches(name)
        ):
            return self.text(name)
        forms = [
            (len(self._name_words(mention.text)), -mention.start, mention.text)
            for mention in self._page.mentions
            if (person := self._people.of(mention)) is not None
            and (person.name == name or (words and words <= set(self._name_words(person.name))))
        ]
        last = self._name_words(name)[-1:]
        forms = forms or [
            (len(self._name_words(mention.text)), -mention.start, mention.text)
            for mention in self._page.mentions
            if last and len(last[0]) > 3 and self._name_words(mention.text)[-1:] == last
            if self._people.of(mention) is not None
        ]
        full = " ".join(max(forms)[2].split()) if forms else name
        return re.sub(r" of [A-Z]\w+$", "", self.text(full)) if forms else self.text(name)

    def text(self, text: str) -> str:
        """Return a text, other than the article's, with its names replaced."""
        states = [
            edit
            for match in self._lexicon.matches(text)
            for edit in self._state_edits(text, match.start, match.end, match.form, match.entries)
        ]
        taken = {place for edit in states for place in range(edit.start, edit.end)}
        return self._applied(text, [*states, *self._word_edits(text, taken)])

    def _edits(self) -> Iterator[Edit]:
        taken: set[int] = set()
        for mention in self._page.mentions:
            text = self._article.text
            edits = self._state_edits(text, mention.start, mention.end, mention.form, mention.entries)
            yield from edits
            taken.update(place for edit in edits for place in range(edit.start, edit.end))
            if self._people.of(mention) is None and mention.entries:
                taken.update(range(mention.start, mention.end))
        yield from self._word_edits(self._article.text, taken)

    def _word_edits(self, text: str, taken: set[int]) -> Iterator[Edit]:
        for found in _WORD.finditer(text):
            free = found.start() not in taken and (found[0][0].isupper() or text[found.start() - 1] == "-")
            if free and fold(found[0]) in self._words:
                yield Edit(*found.span(), word_for(found[0]))

    def _state_forms(self) -> Iterator[str]:
        compiled = self._lexicon._compiled
        for form, kind, place in (naming for found in compiled.namings.values() for naming in found):
            entry = compiled.entries[place]
            if entry.kind == "state" and entry.state in self.states and kind in ("name", "demonym"):
                yield re.escape(form).replace("'", "['’]").replace("\\ ", r"\s+")

    def _state_edits(
        self, text: str, start: int, end: int, form: str, entries: tuple[Entry, ...]
    ) -> list[Edit]:
        """Return the edits of a match: the state that it is, or those that stand inside a longer name."""
        whole = self._state_edit(text, start, end, form, entries)
        if whole is not None or _state(entries) is not None:
            return [whole] if whole else []
        found = []
        for inner in self._inside.finditer(text, start, end):
            match = next(iter(self._lexicon.matches(inner[0])), None)
            edit = match and self._state_edit(text, *inner.span(), match.form, match.entries)
            found += [edit] if edit else []
        return found

    def _state_edit(
        self, text: str, start: int, end: int, form: str, entries: tuple[Entry, ...]
    ) -> Edit | None:
        entry = _state(entries)
        if entry is None or entry.state not in self.states:
            return None
        to, old = self.states[entry.state], text[start:end]
        if form == "demonym":
            return Edit(start, end, _cased(to.demonym + "s" * (old.endswith("ns")), old))
        if form == "metonym":
            town = any(one.kind == "settlement" for one in entries)
            return Edit(start, end, to.capital if town else f"{to.capital} Palace")
        article = re.search(r"\b[Tt]he $", text[max(0, start - 4) : start])
        first = start - 4 if article else start
        if _LONG.search(old):
            return Edit(start, end, f"Republic of {to.name}")
        if old.replace(".", "").isupper() and len(old) < 6 and _qualifies(text[end : end + 12]):
            return Edit(start, end, to.demonym)
        return Edit(first, end, _cased(to.name, old) if len(old) > 5 else to.name)

    def _name_words(self, name: str) -> list[str]:
        words = [fold(found[0]) for found in _WORD.finditer(name)]
        return [word for word in words if word not in KEPT and len(word) > 1]

    def _applied(self, text: str, edits: list[Edit]) -> str:
        parts, at = [], 0
        for edit in sorted(edits, key=lambda one: one.start):
            parts += [text[at : edit.start], edit.new]
            at = edit.end
        return "".join([*parts, text[at:]])

    def _moved(self, offset: int) -> int:
        edits = sorted(self.edits, key=lambda one: one.start)
        place = bisect.bisect_right([edit.end for edit in edits], offset)
        shift = sum(len(edit.new) - (edit.end - edit.start) for edit in edits[:place])
        inside = place < len(edits) and edits[place].start < offset
        return (edits[place].start if inside else offset) + shift


def _for_state(code: str, place: int) -> State:
    return STATES[place % len(STATES)] if place < len(STATES) else State(*(word_for(code + x) for x in "abc"))


def _state(entries: tuple[Entry, ...]) -> Entry | None:
    return next((entry for entry in entries if entry.kind == "state"), None)


def _qualifies(after: str) -> bool:
    """Tell whether an acronym qualifies the next word: "US forces", not "US said", "US and"."""
    word = re.match(r" ([A-Z]?[a-z]+)", after)
    return word is not None and word[1] not in _FREE and not word[1].endswith("ed")


def _cased(invented: str, old: str) -> str:
    return invented.upper() if old.isupper() and len(old) > 3 else invented
