"""Fill in the town or site that a clause tells beside its event's roles: "said in X that"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kb.reading.clause_places import said_at
from kb.reading.coreference import Referents
from kb.reading.model import NOWHERE, Draft, Spot
from kb.reading.spots import Spots
from kb.records import ClaimType

_SAID: Final = frozenset({ClaimType.STATEMENT})
_IN_TOWN: Final = frozenset({ClaimType.VISIT, ClaimType.MEETING, ClaimType.AGREEMENT, ClaimType.ARRIVAL})
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
        found = NOWHERE
        if draft.type in _SAID:
            found = self._said(token)
        elif draft.type in _IN_TOWN and draft.spot.country is not None:
            found = self._spots.there(token)
            found = found if found.country == draft.spot.country else NOWHERE
        return draft if found == NOWHERE else replace(draft, spot=draft.spot.over(found))

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
