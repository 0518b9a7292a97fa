"""What the text of a page tells of places: which names of towns, regions and states stand where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from kb.reading.chances.slot_scene import Scene
from kb.reading.model import NOWHERE, Spot
from kb.reading.named_spots import NamedSpots
from kb.reading.scene_heads import page_place
from kb.reading.towns import Towns
from kb.reading.tree import sentence_start

Key = tuple[str | None, str | None]
"""Town or region, and state, by which places are told apart."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a town, region or state in the text."""

    spot: Spot
    start: int
    root: Token
    sentence: int
    national: bool
    """True for what only belongs to a state: "the French"."""
    unlisted: bool


class Grounds:
    """What the text of a page tells of places."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._spots = NamedSpots(scene.page, Towns(scene.page))

    @cached_property
    def named(self) -> list[Named]:
        """Return the names of places and of states in their order."""
        page, referents = self.scene.page, self.scene.referents
        found = []
        for mention in page.mentions:
            if mention.kind == "person":
                continue
            spot = self._spots.named(mention)
            state = referents.state_of(mention) if spot == NOWHERE else None
            if spot == NOWHERE and state is None:
                continue
            root = page.doc[mention.first : mention.last + 1].root
            there = Spot(country=state) if state is not None else Spot(spot.place, None, spot.country)
            order = self.scene.sentence[sentence_start(root)]
            is_loose = mention.form == "ner"
            found.append(Named(there, mention.start, root, order, state is not None, is_loose))
        return found

    @cached_property
    def counts(self) -> Counter[Key]:
        """Return how often the text names each place."""
        return Counter(key_of(one.spot) for one in self.named)

    @cached_property
    def states(self) -> Counter[str | None]:
        """Return how often the text names each state and what lies in it."""
        return Counter(one.spot.country for one in self.named)

    @cached_property
    def head(self) -> Spot:
        """Return the place of the line above a readout, NOWHERE where there is none."""
        spot = page_place(self.scene.page)
        return Spot(spot.place, None, spot.country)


def key_of(spot: Spot) -> Key:
    return spot.place.name if spot.place is not None else None, spot.country
