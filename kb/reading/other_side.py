"""The side that a sentence leaves out: that of the dealing told before, or the other of the text's two."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.frames import Frame
from kb.reading.model import Draft, Party
from kb.reading.roles import follow
from kb.reading.syntax import objects

Roles = dict[str, tuple[Party, ...]]

TOLD: Final = "told-before"
DEFAULTS: Final = frozenset({"other-of-two", TOLD})
"""The defaults of slots that are filled here, after all others."""
_SIDES: Final = {"agents": "counterparts", "counterparts": "agents"}
_LEFT_OUT: Final = frozenset(
    {"other", "others", "rest", "one", "ones", "them", "those", "some", "it", "more"}
)


class OtherSide:
    """Remembers what one text told of each type, and fills what later sentences leave out."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self._told: dict[str, list[Draft]] = {}

    def remember(self, draft: Draft) -> None:
        """Keep a draft with both sides told."""
        if draft.parties("agents") and draft.parties("counterparts"):
            self._told.setdefault(draft.type, []).append(draft)

    def complete(self, frame: Frame, token: Token, roles: Roles) -> None:
        """Fill the sides and the things of which a sentence says nothing."""
        for name, slot in frame.slots.items():
            if slot.default not in DEFAULTS or roles[name]:
                continue
            if name == "items":
                roles[name] = self._things(frame, token)
            elif slot.default != TOLD or any(p.kind == "hardware" for p in roles.get("items", ())):
                roles[name] = self._before(frame, name, roles)
                if not roles[name] and slot.default != TOLD:
                    roles[name] = self._of_two(token, name, roles)

    def _before(self, frame: Frame, name: str, roles: Roles) -> tuple[Party, ...]:
        """Return a side of the last dealing of the type whose other side was who is told of now."""
        known, items = _states(roles.get(_SIDES[name], ())), roles.get("items", ())
        for draft in reversed(self._told.get(str(frame.type), [])):
            side = draft.parties(name)
            same = known and known <= _states(draft.parties(_SIDES[name]))
            alike = not known and any(p.kind == "hardware" for p in items)
            if (same or alike) and not _states(side) & known and len(side) == 1:
                return (replace(side[0], rule="pair/before"),)
        return ()

    def _of_two(self, token: Token, name: str, roles: Roles) -> tuple[Party, ...]:
        known = _states(roles.get(_SIDES[name], ()))
        pair = follow(self._referents, token, "two-states")
        left = [party for party in pair if not set(party.states) & known]
        if len(known) != 1 or len(pair) != 2 or len(left) != 1:
            return ()
        return (replace(left[0], rule="pair/other"),)

    def _things(self, frame: Frame, token: Token) -> tuple[Party, ...]:
        """Return the things told of before where the text only counts them: "two others were sold to X"."""
        heads = objects(token)
        counted = [head for head in heads if head.like_num or head.lower_ in _LEFT_OUT]
        told = self._told.get(str(frame.type), [])
        return told[-1].parties("items")[:1] if counted and told else ()


def _states(parties: tuple[Party, ...]) -> set[str]:
    return {state for party in parties for state in party.states}
