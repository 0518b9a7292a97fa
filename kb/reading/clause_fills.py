"""Fill in the town or site that a clause tells beside its event's roles: "said in X that"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kb.reading.clause_stays import gone_to, said_at, saying_after, stayed_in
from kb.reading.coreference import Referents
from kb.reading.model import NOWHERE, Draft, Spot
from kb.reading.spots import Spots
from kb.records import ClaimType

_SAID: Final = frozenset({ClaimType.STATEMENT})
_IN_TOWN: Final = frozenset({ClaimType.VISIT, ClaimType.MEETING, ClaimType.AGREEMENT, ClaimType.ARRIVAL})
_HELD: Final = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT})
_TOWNS: Final = frozenset({"settlement", "facility"})


class ClauseFills:
    """Gives the drafts of one page the places that their clauses name, whatever frame found them."""

    def __init__(self, referents: Referents) -> None:
        self._page = referents.page
        self._spots = Spots(referents)

    def filled(self, draft: Draft) -> Draft:
        """Return a draft with the town or facility that its clause tells, where it has none."""
        if draft.spot.place is not None or draft.spot.facility is not None:
            return draft
        token = self._page.doc[draft.trigger]
        if draft.type in _SAID:
            return _with(draft, self._said(token))
        if draft.type in _IN_TOWN and draft.spot.country is not None:
            draft = _with(draft, self._spots.there(token))
        if draft.type not in _HELD or draft.spot.place is not None or draft.spot.facility is not None:
            return draft
        draft = _with(draft, self._gone_to(token))
        verb = saying_after(token) if token.pos_ == "NOUN" and draft.spot == NOWHERE else None
        return draft if verb is None else _with(draft, self._said(verb))

    def _gone_to(self, token: Token) -> Spot:
        """Return the town to which one has gone for an event, or the town or state in which one stays."""
        spots = [self._spots.spot(noun) for noun in gone_to(token)]
        spots = [spot for spot in spots if spot.place is not None or spot.facility is not None]
        spots += [self._spots.spot(noun) for noun in stayed_in(token)]
        return next((spot for spot in spots if spot.country is not None), NOWHERE)

    def _said(self, verb: Token) -> Spot:
        """Return the town or the named site in which somebody speaks."""
        for noun in said_at(verb):
            mention = self._page.mention_at(noun)
            if mention is None:
                continue
            kinds = {entry.kind for entry in mention.entries}
            unlisted = mention.form == "ner" and mention.kind == "settlement"
            if not (kinds & _TOWNS or unlisted) or "person" in kinds:
                continue
            spot = self._spots.spot(noun)
            if spot.place is not None or spot.facility is not None:
                return Spot(spot.place, spot.facility, spot.country)
        return NOWHERE


def _with(draft: Draft, found: Spot) -> Draft:
    """Return a draft with a further spot, unless that is in another state than the draft's."""
    if found == NOWHERE or draft.spot.country not in (None, found.country):
        return draft
    spot = Spot(found.place, found.facility, found.country)
    return replace(draft, spot=draft.spot.over(spot))
