"""What a page tells: first as the frames read it, then with all its words weighed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from spacy.tokens import Token

from kb.reading.attribution import Voices
from kb.reading.chances.slot_scene import Scene
from kb.reading.chances.slots import filled
from kb.reading.chances.telling import Telling
from kb.reading.chances.weighing import Weighed, weigh
from kb.reading.chances.weights import Weights
from kb.reading.chances.words import WEIGHED
from kb.reading.clause_fills import ClauseFills
from kb.reading.company import joined
from kb.reading.context.context import Context
from kb.reading.context.encoder import Encoder
from kb.reading.coreference import Referents
from kb.reading.left_out import without_nested, without_title
from kb.reading.legs import apart
from kb.reading.loose import Loose
from kb.reading.match import Engine
from kb.reading.merge import Told, merged, names_in
from kb.reading.modality import accepted, modality_of, position_of
from kb.reading.model import Draft, Party, Stance
from kb.reading.quoted_positions import quoted_positions
from kb.reading.quotes import with_time
from kb.reading.scenes import leads_somewhere, placed
from kb.reading.sides import between_sides
from kb.reading.timing import UNDATED, Timing
from kb.reading.tree import sentence_bounds
from kb.reading.visits_once import visits_once
from kb.reading.voice_names import own_words
from kb.records import ClaimType, Modality

_SURE: Final = 0.5
"""Chance from which a visit is told although its place is not."""
NEAR: Final = 8
"""Words between two triggers of a type in a sentence within which they tell one event, whoever acts."""


@dataclass(frozen=True)
class Account:
    """One page's events."""

    referents: Referents
    encoder: Encoder | None = None
    """The network that reads the page's words in their context, where there is one."""

    @cached_property
    def _engine(self) -> Engine:
        return Engine(self.referents, self._context)

    def scene(self, told: Sequence[Told]) -> Scene:
        """Return events of the page as those among which dates and places are weighed."""
        return Scene(self.referents, self._timing, told, self._context)

    @cached_property
    def _context(self) -> Context | None:
        return Context(self.encoder, self.referents.page.text) if self.encoder is not None else None

    @cached_property
    def _timing(self) -> Timing:
        return Timing(self.referents.page)

    @cached_property
    def _voices(self) -> Voices:
        return Voices(self.referents)

    @cached_property
    def _fills(self) -> ClauseFills:
        return ClauseFills(self.referents)

    @cached_property
    def loose(self) -> Loose:
        """Return what makes drafts of words that no frame could fill."""
        return Loose(self.referents, self._engine)

    @cached_property
    def _drafts(self) -> Sequence[Draft]:
        return self._engine.drafts()

    @cached_property
    def _framed(self) -> Sequence[Told]:
        """What the frames find, each mention."""
        page = self.referents.page
        drafts = without_nested(page, list(between_sides(self._drafts)))
        drafts += quoted_positions(self.referents, self._voices.sayings, drafts)
        filled = [self._fills.filled(draft) for draft in drafts]
        told = [self._told(draft) for found in filled for draft in apart(self._engine, found)]
        return without_title(page, told)

    @cached_property
    def telling(self) -> Telling:
        """Return the page as the frames read it."""
        return Telling(self.referents, self._drafts, self._settled(self._framed), self._context)

    def weighed(self, fitted: Weights | None) -> list[tuple[Told, float | None]]:
        """Return each event once, with the chance that it and its parties are right.

        None for the chance: nothing was weighed, by want of weights or for this type.
        """
        if fitted is None:
            return [(one, None) for one in self.telling.told]
        found = {(one.token.i, one.type): one for one in weigh(self.telling, fitted)}
        told = [_recast(one, found) for one in self._framed]
        told += [self._told(draft) for draft in self._silent(found, fitted.least)]
        chances = {key: one.chance for key, one in found.items()}
        settled = self._settled(sorted(told, key=lambda one: (one.draft.trigger, one.draft.type)), chances)
        if fitted.slots is not None:
            settled = visits_once(filled(self.scene(settled), fitted.slots), chances)
        return [(one, _chance(one, found)) for one in settled]

    def _silent(
        self, found: Mapping[tuple[int, str], Weighed], least: Mapping[str, float]
    ) -> Iterable[Draft]:
        """Yield drafts of the likely events that no frame told, the likeliest of those that are one."""
        held = [(one.draft.type, one.draft.trigger, names_in(one.draft, "agents")) for one in self._framed]
        for one in sorted(found.values(), key=lambda one: (-one.chance, one.token.i, one.type)):
            if one.chance < least.get(one.type, least[""]):
                continue
            start, end = sentence_bounds(one.token)
            names = frozenset(party.name for party in one.agents)
            beside = [(at, who) for kind, at, who in held if kind == one.type and start <= at < end]
            if all(abs(at - one.token.i) >= NEAR and who != names for at, who in beside):
                held.append((one.type, one.token.i, names))
                yield self._fills.filled(self.loose.draft(one.token, one.type, one.agents, one.counterparts))

    def told_of(self, token: Token, type_: str, agents: tuple[Party, ...]) -> Told:
        """Return what a word would tell as an event of a type with these agents, before it is settled."""
        return self._told(self._fills.filled(self.loose.draft(token, type_, agents, None)))

    def _settled(
        self, told: Sequence[Told], chances: Mapping[tuple[int, str], float] | None = None
    ) -> list[Told]:
        """Return each event once, with the places and days of its scene, and who goes along."""
        page = self.referents.page
        whole = placed(page, merged(list(told), page.headline_end, chances))
        kept = [one for one in whole if leads_somewhere(one) or _is_sure(one, chances)]
        return joined(self.referents, kept)

    def _told(self, draft: Draft) -> Told:
        token = self.referents.page.doc[draft.anchor]
        modality, polarity, detail = (position_of if draft.spoken else modality_of)(token)
        if draft.modality is not None and modality is Modality.REPORTED:
            modality = draft.modality
        speaker, via = self._voices.behind(token)
        stance = Stance(modality, polarity, None if draft.spoken else speaker, via, detail)
        stance = own_words(stance, draft.parties("agents"))
        if modality is Modality.REQUESTED and draft.type == ClaimType.VISIT and accepted(token):
            modality = Modality.PLANNED
        stance = replace(stance, modality=modality)
        when = self._timing.when(draft, modality, polarity)
        if self._timing.lies_ahead(draft, modality):
            modality = Modality.PLANNED
            stance, when = replace(stance, modality=modality), self._timing.when(draft, modality, polarity)
        if when.edtf is None:
            occasion = self._timing.occasion(draft, modality)
            when = occasion if occasion != UNDATED else when
        start, end = with_time(self.referents.page, draft.start, draft.end, when)
        return Told(replace(draft, start=start, end=end), stance, when)


def _is_sure(one: Told, chances: Mapping[tuple[int, str], float] | None) -> bool:
    """Tell whether an event is likely although its place is not told: "X last went there in 2014"."""
    return (chances or {}).get((one.draft.trigger, one.draft.type), 0.0) >= _SURE


def _recast(one: Told, found: Mapping[tuple[int, str], Weighed]) -> Told:
    likely = found.get((one.draft.trigger, one.draft.type))
    if likely is None:
        return one
    roles = recast(one.draft.roles, likely.agents, likely.counterparts)
    return replace(one, draft=replace(one.draft, roles=roles))


def recast(
    roles: Mapping[str, tuple[Party, ...]],
    agents: tuple[Party, ...],
    counterparts: tuple[Party, ...] | None,
) -> dict[str, tuple[Party, ...]]:
    """Return a frame's roles with the likeliest agents and the likeliest other side.

    Who becomes an agent leaves all other roles. ``counterparts`` None: the other side is the frame's.
    """
    names = {party.name for party in agents}
    if names == {party.name for party in roles.get("agents", ())}:
        kept = dict(roles)
    else:
        kept = {
            name: tuple(party for party in held if party.name not in names) for name, held in roles.items()
        }
        kept["agents"] = agents
    return {**kept, "counterparts": kept.get("counterparts", ()) if counterparts is None else counterparts}


def _chance(one: Told, found: Mapping[tuple[int, str], Weighed]) -> float | None:
    """Return the chance of what is told, None where nothing of its type is weighed."""
    likely = found.get((one.draft.trigger, one.draft.type))
    if likely is None:
        return 0.0 if one.draft.type in WEIGHED else None
    return likely.chance
