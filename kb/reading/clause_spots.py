"""Where a clause says that its event happened: "in X", "at X", "there", "here", at its occasion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Token

from kb.reading.clause_places import (
    attended,
    host_places,
    occasions,
    places_at,
    places_of_clause,
    pointers,
    towns_of_clause,
)
from kb.reading.data import nominals
from kb.reading.model import NOWHERE, Spot
from kb.reading.page import Page
from kb.reading.syntax import carrier
from kb.reading.towns import Towns
from kb.records import Ref

_HARBOURS: Final = frozenset({"port", "harbour", "harbor", "airport", "airfield", "base"})


class ClauseSpots:
    """Finds the spots of clauses on one page; ``spot_of`` tells the spot of a noun phrase."""

    def __init__(self, page: Page, towns: Towns, spot_of: Callable[[Token], Spot]) -> None:
        self._page = page
        self._towns = towns
        self._spot_of = spot_of

    def of_occasion(self, token: Token) -> Spot:
        """Return the place of the occasion on which something is said or given: "at a ceremony in X"."""
        harbours = [n for n in places_of_clause(token) if n.lemma_.lower() in _HARBOURS]
        for noun in [*occasions(token), *harbours]:
            for place in [noun] if noun in harbours else places_at(noun):
                spot = self._spot_of(place)
                if spot.place is not None or (spot.facility is not None and self._page.mention_at(place)):
                    return Spot(spot.place, spot.facility, spot.country)
        return NOWHERE

    def there(self, token: Token) -> Spot:
        """Return the place of a clause that no role tells: "there he was shown missiles", parsing slips."""
        found = self._pointed(token)
        return found if found != NOWHERE else self._of_clause(token)

    def _pointed(self, token: Token) -> Spot:
        """Return the place to which a verb's "there", "where" or "here" points back, by a sentence at most.

        "Here" in a report is where it was written.
        """
        verb = token if token.pos_ == "VERB" else carrier(token)
        words = pointers(verb) if verb is not None else []
        if not words:
            return NOWHERE
        if words[0].lower_ == "here":
            return self._written_at(words[0])
        if words[0].lower_ == "where" and verb is not None and verb.dep_ == "relcl":
            spot = self._spot_of(verb.head)
            if spot != NOWHERE:
                return Spot(spot.place, spot.facility, spot.country)
        for start, end in self._towns.stretches(words[0]):
            found = NOWHERE
            for mention in reversed(list(self._page.mentions_in(start, end))):
                spot = self._spot_of(self._page.doc[mention.first : mention.last + 1].root)
                if spot.facility is not None or (found == NOWHERE and spot.place is not None):
                    found = spot
            if found != NOWHERE:
                return Spot(found.place, found.facility, found.country)
        return NOWHERE

    def _written_at(self, here: Token) -> Spot:
        """Return the town of the dateline: the first words of the text, or of its body, that are a town."""
        for mention in self._page.mentions_in(0, here.i):
            before = self._page.text[: mention.start].rstrip(" \t")
            town = next((entry for entry in mention.entries if entry.kind == "settlement"), None)
            if town is not None and (not before or before.endswith("\n")):
                return Spot(Ref(town.name, town.iri), None, town.state)
        return NOWHERE

    def _of_clause(self, token: Token) -> Spot:
        """Return what the trigger's clause names after "in" or "at", by whatever word the parser hung it."""
        for place in [*places_of_clause(token), *host_places(token)]:
            spot = self._spot_of(place)
            if spot.place is not None or (spot.facility is not None and self._page.mention_at(place)):
                return Spot(spot.place, spot.facility, spot.country)
            if place.lemma_.lower() in nominals()["passed_occasions"]:
                named = self._naming(place)
                if named != NOWHERE:
                    return named
        for place in towns_of_clause(token):
            mention = self._page.mention_at(place)
            if mention is not None and {e.kind for e in mention.entries} & {"settlement", "facility"}:
                spot = self._spot_of(place)
                if spot != NOWHERE:
                    return Spot(spot.place, spot.facility, spot.country)
        for occasion in (token, *attended(token)):
            named = self._naming(occasion) if occasion.pos_ in ("NOUN", "PROPN") else NOWHERE
            if named != NOWHERE:
                return named
        return NOWHERE

    def _naming(self, noun: Token) -> Spot:
        """Return the town by which an occasion is called: "the X summit", unless two are joined in it."""
        for child in noun.children:
            mention = self._page.mention_at(child) if child.dep_ in ("compound", "nmod", "poss") else None
            if mention is None or mention.last + 1 > noun.i or self._page.doc[mention.last + 1].text == "-":
                continue
            by_kind = {entry.kind: entry for entry in reversed(mention.entries)}
            town = by_kind.get("settlement") or by_kind.get("state")
            if town is None or any(e.kind == "person" for e in mention.entries):
                continue
            if town.kind == "settlement" or town.state == "SGP":  # the one state that is a town
                return Spot(Ref(town.name, town.iri), None, town.state)
        return NOWHERE
