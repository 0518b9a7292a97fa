"""What the frames made of a text: their claims with confidence, and the drafts that did not last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from spacy.tokens import Token

from kb.reading.chances.words import WEIGHED, types_of, word_of
from kb.reading.context.context import Context
from kb.reading.coreference import Referents
from kb.reading.gate import judge
from kb.reading.gate_view import Around, View
from kb.reading.merge import Told
from kb.reading.model import Draft, Party

_LEAD: Final = 300
"""Characters of a text's body that tell its news."""
_LEADING: Final = 3
"""Persons, and states, that a text names most: they may take part wherever they stand."""


@dataclass(frozen=True)
class Telling:
    """One page as the frames read it."""

    referents: Referents
    drafts: Sequence[Draft]
    told: Sequence[Told]
    context: Context | None = None
    """What a trained network makes of the words, where there is one."""

    @cached_property
    def sentence(self) -> list[int]:
        """Return for each word the first word of its sentence, by index."""
        return [sentence.start for sentence in self.referents.page.doc.sents for _ in sentence]

    @cached_property
    def parties_seen(self) -> dict[int, tuple[object, list[dict[str, str]]]]:
        """Return a place for what the signs of parties keep by trigger: of which look, and what they saw."""
        return {}

    @cached_property
    def by_trigger(self) -> dict[tuple[int, str], Told]:
        """Return what is told, by trigger and type."""
        return {(one.draft.trigger, one.draft.type): one for one in self.told}

    @cached_property
    def drafted(self) -> dict[tuple[int, str], Draft]:
        """Return the drafts, also those that were merged or left out, by trigger and type."""
        found: dict[tuple[int, str], Draft] = {}
        for draft in self.drafts:
            found.setdefault((draft.trigger, draft.type), draft)
        return found

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return by type the indices of the triggers told, sorted; under "" those of all types."""
        found: dict[str, list[int]] = {"": sorted(index for index, _ in self.by_trigger)}
        for index, kind in sorted(self.by_trigger):
            found.setdefault(kind, []).append(index)
        return found

    def framed(self, index: int, type_: str) -> bool:
        """Tell whether a frame found an event of a type at a word, also one that did not last."""
        return (index, type_) in self.by_trigger or (index, type_) in self.drafted

    @cached_property
    def confidence(self) -> dict[tuple[int, str], float]:
        """Return how sure the gate is of each claim, from 0 to 1."""
        around = Around(self.referents.page, self.told)
        return {key: judge(View(one, around)).confidence for key, one in self.by_trigger.items()}

    @cached_property
    def acting(self) -> Counter[str]:
        """Return how often each name is an agent in the drafts."""
        return Counter(party.name for draft in self.drafts for party in draft.parties("agents"))

    @cached_property
    def named(self) -> dict[str, tuple[Party, int]]:
        """Return the persons and states of the text by name, each with how often it is named."""
        found: dict[str, tuple[Party, int]] = {}
        for mention in self.referents.page.mentions:
            root = self.referents.page.doc[mention.first : mention.last + 1].root
            for party in self.referents.single(root):
                if party.kind in ("person", "state"):
                    first, count = found.get(party.name, (party, 0))
                    found[party.name] = (first, count + 1)
        return found

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Return for each name its place among those of its kind by how often the text names them, from 0."""
        order = sorted(self.named.values(), key=lambda one: -one[1])
        found: dict[str, int] = {}
        for kind in ("person", "state"):
            names = [party.name for party, _ in order if party.kind == kind]
            found |= {name: rank for rank, name in enumerate(names)}
        return found

    @cached_property
    def opening(self) -> dict[str, str]:
        """Return where the text first names those whom its title or its first lines name."""
        page = self.referents.page
        end = page.headline_end + _LEAD
        found: dict[str, str] = {}
        for mention in page.mentions:
            if mention.start >= end:
                break
            root = page.doc[mention.first : mention.last + 1].root
            where = "title" if mention.start < page.headline_end else "lead"
            for party in self.referents.single(root):
                found.setdefault(party.name, where)
        return found

    @cached_property
    def leading(self) -> tuple[Party, ...]:
        """Return the persons and states that the text names most, and the state whose voice it is."""
        order = sorted(self.named.values(), key=lambda one: -one[1])
        found = [
            party
            for kind in ("person", "state")
            for party in [one for one, _ in order if one.kind == kind][:_LEADING]
        ]
        home = self.referents.page.home
        if home is not None and all(home not in one.states or one.kind != "state" for one in found):
            found.append(self.referents.state_party(home, 0, 0, "home"))
        return tuple(found)

    @cached_property
    def triggers(self) -> tuple[tuple[Token, tuple[str, ...]], ...]:
        """Return the words that may tell an event, each with the types of it."""
        page = self.referents.page
        framed = [key for key in (*self.by_trigger, *self.drafted) if key[1] in WEIGHED]
        held = {index for index, _ in framed}
        found = []
        for token in page.doc:
            types = types_of(word_of(token))
            if token.i in held:
                own = {kind for index, kind in framed if index == token.i}
                types = tuple(sorted({*types, *own}))
            if types and not self._names_something(token):
                found.append((token, types))
        return tuple(found)

    def _names_something(self, token: Token) -> bool:
        """Tell whether a word is part of a name that the lexicon holds: "Visit Britain"."""
        if token.pos_ != "PROPN" or not token.ent_type_ or token.i == token.sent.start:
            return False
        mention = self.referents.page.mention_at(token)
        return mention is not None and bool(mention.entries) and token.text[:1].isupper()
