"""A draft of what no frame could fill: its agents are given, all else is as far as a frame finds it."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.frames import Frame
from kb.reading.match import Engine
from kb.reading.model import NOWHERE, Draft, Party, Spot
from kb.reading.quotes import quote_span
from kb.reading.role_walks import heads
from kb.reading.spots import Spots
from kb.reading.syntax import preposition
from kb.records import Modality

RULE: Final = "weighed"
_WHERE: Final = frozenset({"in", "at", "to"})
_GIVEN: Final = ("agents", "counterparts", "spot")


class Loose:
    """Makes drafts of one page's triggers."""

    def __init__(self, referents: Referents, engine: Engine) -> None:
        self._page = referents.page
        self._engine = engine
        self._spots = Spots(referents)

    def draft(
        self, token: Token, type_: str, agents: tuple[Party, ...], counterparts: tuple[Party, ...] | None
    ) -> Draft:
        """Return an event with these parties; where None are the counterparts a frame may find them."""
        frame = next((frame for frame in self._engine.fitting(token) if str(frame.type) == type_), None)
        roles = self._roles(frame, token, agents, counterparts)
        spot = self.spot(token, type_)
        start, end = quote_span(self._page, frame.scope if frame else "", token, roles, spot)
        anchor = heads(token, frame.anchor) if frame is not None and frame.anchor else []
        modality: Modality | None = frame.modality if frame is not None else None
        return Draft(
            type=type_,
            rule=f"{type_.lower()}/{RULE}",
            trigger=token.i,
            roles=roles,
            spot=spot,
            start=start,
            end=end,
            spoken=frame is not None and frame.spoken,
            modality=modality,
            anchor=anchor[0].i if anchor else token.i,
            fields=self._engine.fields(frame, token) if frame is not None else {},
        )

    def spot(self, token: Token, type_: str) -> Spot:
        """Return where a trigger's event is: as a frame of the type has it, else by its own prepositions."""
        frames = [frame for frame in self._engine.fitting(token) if str(frame.type) == type_]
        for frame in frames:
            spot = self._engine.spot(frame.slots.get("spot"), token)
            if spot is not None and spot != NOWHERE:
                return spot
        if frames:
            return NOWHERE
        found = self._spots.spots(list(preposition(token, _WHERE)))
        return found[0] if found else NOWHERE

    def _roles(
        self,
        frame: Frame | None,
        token: Token,
        agents: tuple[Party, ...],
        counterparts: tuple[Party, ...] | None,
    ) -> dict[str, tuple[Party, ...]]:
        roles = {"agents": agents}
        if counterparts:
            roles["counterparts"] = counterparts
        for name, slot in frame.slots.items() if frame is not None else ():
            if name not in _GIVEN or (name == "counterparts" and counterparts is None):
                roles[name] = self._engine.fill(slot, token, roles)
        return roles
