"""The engine: lay every frame on every trigger of a text and fill its roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Token

from kb.reading import items
from kb.reading.conditions import allows, begins
from kb.reading.context.context import Context
from kb.reading.coreference import Referents
from kb.reading.frames import Frame, Slot, frames
from kb.reading.model import NOWHERE, Draft, Party, Spot
from kb.reading.other_side import DEFAULTS, OtherSide
from kb.reading.positions import no_position
from kb.reading.quotes import quote_span
from kb.reading.repeats import without_repeats
from kb.reading.role_states import belonging
from kb.reading.role_walks import heads
from kb.reading.roles import follow
from kb.reading.spots import Spots
from kb.reading.syntax import preposition
from kb.reading.tree import ancestors, conjuncts, is_gerund
from kb.records import Modality

_ONE_ONLY = frozenset({"near-left", "near-right", "beside-left"})
"""Paths that lead to many states, of which the nearest one is meant."""
_INTO = ("prep:", "deep:", "right:", "to-in-object", "from-in-object", "place-in-of")
"""Paths at whose end a place may stand for its state."""


@cache
def _by_verb() -> dict[str, list[tuple[Frame, frozenset[str]]]]:
    """Return the frames by the first word of their verbs, with the last words of the verbs that begin so."""
    found: dict[str, list[tuple[Frame, frozenset[str]]]] = defaultdict(list)
    for frame in frames():
        for first in dict.fromkeys(verb.split()[0] for verb in sorted(frame.verbs)):
            ends = frozenset(verb.split()[-1] for verb in frame.verbs if verb.split()[0] == first)
            found[first].append((frame, ends))
    return found


@cache
def _by_noun() -> dict[str, list[Frame]]:
    found: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames():
        for noun in frame.nouns:
            found[noun].append(frame)
    return found


class Engine:
    """Applies the frames to one page."""

    def __init__(self, referents: Referents, context: Context | None = None) -> None:
        """Take a page, and what a network makes of its words: which frames are worth a try."""
        self._referents = referents
        self._context = context
        self._page = referents.page
        self._spots = Spots(referents)
        self._other_side = OtherSide(referents)

    def drafts(self) -> list[Draft]:
        """Return what the frames find, in the order of the text."""
        found = []
        for token in self._page.doc:
            for frame in self.fitting(token):
                if self._context is not None and self._context.is_hopeless(token.idx, str(frame.type)):
                    continue
                draft = self._try(frame, token)
                if draft is not None:
                    found.append(draft)
                    self._other_side.remember(draft)
        return without_repeats(found)

    def fitting(self, token: Token) -> Iterator[Frame]:
        """Yield the frames that a word triggers."""
        lemma = token.lemma_.lower()
        if token.pos_ in ("VERB", "AUX") and (
            token.dep_ not in ("amod", "aux", "auxpass") or is_gerund(token)
        ):
            particles = [child.lower_ for child in token.children if child.dep_ in ("prt", "advmod", "prep")]
            for frame, ends in _by_verb().get(lemma, ()):
                if lemma in ends or not ends.isdisjoint(particles):
                    yield frame
        if token.pos_ in ("NOUN", "PROPN") or (
            token.dep_ in ("dobj", "pobj", "nsubj") and token.pos_ != "VERB"
        ):
            yield from _by_noun().get(lemma, ())

    def _try(self, frame: Frame, token: Token) -> Draft | None:
        if not begins(frame, token) or (frame.spoken and no_position(token)):
            return None
        roles: dict[str, tuple[Party, ...]] = {}
        for name, slot in frame.slots.items():
            if name == "spot":
                continue
            roles[name] = self.fill(slot, token, roles)
            if len(roles[name]) < slot.minimum and slot.default not in DEFAULTS:
                return None
        self._other_side.complete(frame, token, roles)
        if any(len(roles[name]) < slot.minimum for name, slot in frame.slots.items() if name != "spot"):
            return None
        if roles.get("agents") and set(roles["agents"]) == set(roles.get("counterparts", ())):
            return None
        spot = self.spot(frame.slots.get("spot"), token)
        if spot is None or not allows(frame, token, self._referents, roles, spot):
            return None
        if str(frame.type) == "Deployment":
            spot = spot.over(_country_of(roles.get("counterparts", ())))
        start, end = quote_span(self._page, frame.scope, token, roles, spot)
        anchor = heads(token, frame.anchor) if frame.anchor else []
        return Draft(
            type=str(frame.type),
            rule=f"{frame.type.lower()}/{frame.rule}",
            trigger=token.i,
            roles=roles,
            spot=spot,
            start=start,
            end=end,
            spoken=frame.spoken,
            modality=frame.modality or (Modality.PLANNED if _under(token, frame.planned_under) else None),
            anchor=anchor[0].i if anchor else token.i,
            fields=self.fields(frame, token),
        )

    def fill(self, slot: Slot, token: Token, roles: Mapping[str, tuple[Party, ...]]) -> tuple[Party, ...]:
        """Return who fills a slot of a frame and fills no other role yet, empty where nobody does."""
        taken = {(p.name, p.iri) for filled in roles.values() for p in filled}
        found: dict[tuple[str, str | None], Party] = {}
        for path in slot.paths:
            parties = self._along(slot, path, token)
            for party in parties:
                if (not slot.kinds or party.kind in slot.kinds) and (party.name, party.iri) not in taken:
                    found.setdefault((party.name, party.iri), party)
                    if path in _ONE_ONLY:
                        break
            if found and not slot.together:
                break
        if not found and slot.default and slot.default not in DEFAULTS:
            others = follow(self._referents, token, slot.default)
            found = {(p.name, p.iri): p for p in others if not slot.kinds or p.kind in slot.kinds}
        if len(found) == 1 and slot.partner:
            found |= self._partner(token, next(iter(found.values())))
        return tuple(found.values())

    def _partner(self, token: Token, known: Party) -> dict[tuple[str, str | None], Party]:
        """Return the other of the two states of the text where what takes two tells of one."""
        told = [p for p in follow(self._referents, token, "supplier") if p.states != known.states]
        both = (known, told[0]) if told else follow(self._referents, token, "partner")
        sides = {state for party in both for state in party.states}
        if len(known.states) != 1 or known.states[0] not in sides:
            return {}
        return {(p.name, p.iri): p for p in both if p.states != known.states}

    def _along(self, slot: Slot, path: str, token: Token) -> tuple[Party, ...]:
        if slot.nouns:
            direct = heads(token, path)
            if direct:
                return items.fillers(self._referents, direct, slot.nouns)
            return tuple(p for p in follow(self._referents, token, path) if p.kind in ("hardware", "thing"))
        parties = follow(self._referents, token, path)
        if "facility" in slot.kinds and not parties:
            parties = self._sites(heads(token, path))
        if slot.as_state and parties:
            parties = tuple([self._as_state(party) for party in parties])
        if "state" in slot.kinds and not any(p.kind in slot.kinds for p in parties):
            tokens = heads(token, path)
            parties = self._states_behind(slot, path, tokens) if tokens else ()
        return parties

    def _sites(self, tokens: list[Token]) -> tuple[Party, ...]:
        """Return the facilities that noun phrases describe: "this facility", "the same plant"."""
        found = []
        for token in tokens:
            spot = self._spots.spot(token)
            if spot.facility is not None:
                states = (spot.country,) if spot.country else ()
                found.append(
                    Party(
                        spot.facility.name,
                        "facility",
                        token.idx,
                        token.idx + len(token),
                        spot.facility.iri,
                        states,
                        "site",
                    )
                )
        return tuple(found)

    def _states_behind(self, slot: Slot, path: str, tokens: list[Token]) -> tuple[Party, ...]:
        """Return the states of the places that noun phrases name, or, where a state acts, are of."""
        found = self._states_of_places(tokens) if path.startswith(_INTO) else ()
        acts = slot.as_state or slot.whose or "person" not in slot.kinds
        if found or not acts:
            return found
        return tuple(party for token in tokens for party in belonging(self._referents, token))

    def _states_of_places(self, tokens: list[Token]) -> tuple[Party, ...]:
        """Return the states of the places that noun phrases name: "to Russia's Far East"."""
        spots = self._spots.spots(tokens)
        return tuple(
            self._referents.state_party(spot.country, spot.start, spot.end, "place")
            for spot in spots
            if spot.country is not None and spot.start >= 0
        )

    def _as_state(self, party: Party) -> Party:
        """A leader who supplies or receives, and a force that is shown, act for the state."""
        if len(party.states) == 1 and (party.kind == "person" or self._is_force(party)):
            return self._referents.state_party(party.states[0], party.start, party.end, f"{party.rule}/state")
        return party

    def _is_force(self, party: Party) -> bool:
        if party.kind != "organisation" or party.iri is None:
            return False
        return bool({"ArmedForce", "MilitaryUnit"} & set(self._page.lexicon.entry(party.iri).classes))

    def spot(self, slot: Slot | None, token: Token) -> Spot | None:
        """Return the spot of a trigger, NOWHERE where none is told, None where one is required."""
        found, near = NOWHERE, self._beside(token)
        for path in slot.paths if slot else ():
            goal = path == "object" and token.lemma_ in ("visit", "tour", "inspect")
            visited = goal or (token.pos_ == "NOUN" and path == "prep:to")
            for spot in self._spots.spots(heads(token, path), visited=visited, near=near):
                found = spot if found == NOWHERE else found.over(spot)
        if found == NOWHERE and not (slot and "facility" in slot.kinds):
            found = self._spots.there(token) if slot else self._spots.of_occasion(token)
        lacking = found == NOWHERE or (
            slot is not None and "facility" in slot.kinds and found.facility is None
        )
        return None if slot and slot.minimum and lacking else found

    def _beside(self, token: Token) -> Spot:
        """Return the town or region that a trigger's own "in" names, or that of the verb it is joined to."""
        holders = [token, token.head] if token.dep_ == "conj" else [token]
        places = [place for holder in holders for place in preposition(holder, frozenset({"in"}))]
        spots = [spot for spot in self._spots.spots(places) if spot.facility is None]
        return spots[0] if spots else NOWHERE

    def legs(self, draft: Draft) -> list[Spot]:
        """Return the separate spots of "travel to X and Y"."""
        token = self._page.doc[draft.trigger]
        paths = ("object", "prep:to", "prep:in", "prep:of")
        chains = [conjuncts(head) for path in paths for head in heads(token, path)]
        joined = [head for chain in chains if len(chain) > 1 for head in chain]
        spots = [spot for spot in (self._spots.spot(head) for head in joined) if spot != NOWHERE]
        return spots if len({s.country for s in spots}) > 1 or len({s.place for s in spots}) > 1 else []

    def fields(self, frame: Frame, token: Token) -> dict[str, str]:
        """Return a claim's further keys: detail, vehicle."""
        fields = {"detail": frame.detail} if frame.detail else {}
        if str(frame.type) in ("Arrival", "Departure", "Visit"):
            for head in preposition(token, frozenset({"via", "by", "aboard", "on"})):
                if head.lemma_.lower() in (
                    "train",
                    "plane",
                    "aircraft",
                    "ship",
                    "car",
                    "helicopter",
                    "jet",
                    "vessel",
                ):
                    words = self._page.stored(head.left_edge.idx, head.idx + len(head))
                    fields["vehicle"] = words.removeprefix("a ").removeprefix("an ").removeprefix("the ")
        return fields


def _under(token: Token, verbs: frozenset[str]) -> bool:
    """Tell whether the verb that governs a noun is one of some: "approved the sale"."""
    above = next((part for part in ancestors(token) if part.pos_ in ("VERB", "AUX")), None)
    return bool(verbs) and token.pos_ != "VERB" and above is not None and above.lemma_ in verbs


def _country_of(hosts: tuple[Party, ...]) -> Spot:
    """Return the country of what takes place in a state that is named as such."""
    codes = {state for party in hosts for state in party.states}
    return Spot(country=codes.pop()) if len(codes) == 1 else NOWHERE
