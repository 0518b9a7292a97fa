"""Where something happens: facilities, towns, regions and states in a noun phrase, named or described."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from spacy.tokens import Token

from kb.reading.clause_spots import ClauseSpots
from kb.reading.coreference import Referents
from kb.reading.data import nominals
from kb.reading.extents import of_noun
from kb.reading.lexicon_records import Entry
from kb.reading.model import NOWHERE, Mention, Spot
from kb.reading.modifiers import modifier_states
from kb.reading.named_spots import NamedSpots
from kb.reading.realms import realm_of
from kb.reading.ships import is_vessel
from kb.reading.site_words import (
    by_rail,
    is_landmark,
    is_named_site,
    is_titled_site,
    names_another,
    said_of,
    stands_as_place,
)
from kb.reading.towns import Towns, points_back, state_here
from kb.reading.tree import conjuncts, owners
from kb.records import Ref

_REGIONS = frozenset(
    {"city", "town", "capital", "region", "village", "island", "port", "state", "country", "republic"}
)
_TOWNS = frozenset({"city", "town", "village", "port", "capital"})
_TOLD_OF = 80
"""Characters after a facility in which the text still says where it stands."""
_OWNING_TOWN = re.compile(r"^(?:city|town|capital|its)(?:['’]s)? ")
"""What says of a facility only that it stands where the text already is."""
_DETERMINERS: Final = (
    "the ",
    "a ",
    "an ",
    "his ",
    "her ",
    "their ",
    "its ",
    "various ",
    "several ",
    "one of ",
    "The ",
    "A ",
)
_OWNED: Final = re.compile(r"^.*['’]s ")
_LOCATIVE = frozenset({"in", "of", "at", "near", "on"})


_QUOTES: Final = "\"“”'‘"
_ABROAD: Final = frozenset({"embassy", "consulate", "legation"})
"""What stands in another state than the one that owns it."""
_ONE_TO_A_TOWN: Final = frozenset({"Airport", "Cosmodrome", "Port"})


class Spots:
    """Resolves places of one page; remembers the described facilities for "the same plant"."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self._page = referents.page
        self._nouns = self._page.lexicon.common_nouns()
        self._described: dict[str, Spot] = {}
        self._settled: dict[int, Spot] = {}
        self._towns = Towns(self._page)
        self._names = NamedSpots(self._page, self._towns)
        self._clauses = ClauseSpots(self._page, self._towns, self.spot)

    def spots(self, tokens: Iterable[Token], *, visited: bool = False, near: Spot = NOWHERE) -> list[Spot]:
        """Return the spot of each noun phrase that is one; what is joined by "and" counts apart."""
        found = []
        for token in tokens:
            for head in conjuncts(token):
                spot = self.spot(head, visited=visited, near=near)
                if spot != NOWHERE:
                    found.append(spot)
        return found

    def spot(self, token: Token, *, visited: bool = False, near: Spot = NOWHERE) -> Spot:
        """Return where a noun phrase is, NOWHERE for one that is no place.

        What is visited, and named, and neither a person nor a state, is a place by that. ``near``: where the
        sentence says that it stands, for "toured a plant in X".
        """
        if token.lower_ == "large":  # "Ambassador at Large"
            return NOWHERE
        mention = self._page.mention_at(token)
        realm = realm_of(self._page, token) if mention is None else None
        if realm is not None:
            return self._spanned(Spot(country=realm), token, None)
        inner = self._inner(token)
        ship = self._names.ship(token, mention)
        if ship != NOWHERE:
            return self._spanned(ship, token, mention, ship)
        if mention is not None and mention.form == "ner" and mention.name.lower() in nominals()["sites"]:
            return self._spanned(self._titled(token, inner), token, None, inner)
        if (mention is None or mention.form == "ner") and is_titled_site(token, self._nouns):
            return self._spanned(self._titled(token, inner), token, None, inner)
        if mention is None and is_landmark(token):
            name = self._page.stored(*of_noun(token)).removeprefix("the ")
            return self._spanned(
                Spot(Ref(name), None, inner.country or self._names.state_in(name)), token, None
            )
        if mention is not None and stands_as_place(token, mention):
            country = inner.country or self._names.state_of(mention.name)
            return self._spanned(Spot(Ref(mention.name), None, country), token, mention)
        if mention is not None:
            named = self._names.named(mention)
            if named != NOWHERE:
                return self._spanned(
                    named.over(inner) if named.facility or named.place else named, token, mention
                )
        if token.lemma_.lower() in self._nouns or token.lower_ in self._nouns:
            return self._spanned(self._facility(token, inner, near), token, None, inner)
        if visited and (
            token.lemma_.lower() in nominals()["sites"] or is_vessel(token) or is_named_site(token, mention)
        ):
            described = Ref(self._description(token, inner))
            shown = (
                token.lemma_.lower() in nominals()["exhibits"]
            )  # "the exposition of Boeing" is not in the US
            country = None if shown and inner.place is None else inner.country
            if country is None and mention is not None and not shown:
                country = self._names.state_in(mention.name)
            return self._spanned(Spot(inner.place, described, country), token, None)
        if token.lemma_.lower() in _REGIONS:
            called = self._called(token)
            if called.place is not None:
                called = called.over(Spot(country=inner.country))
                return self._spanned(
                    self._names.port(called) if token.lemma_ == "port" else called, token, None
                )
            if token.lemma_ == "capital" and inner.place is None:
                return self._spanned(self._capital(token), token, None)
            return self._spanned(inner, token, None) if inner != NOWHERE else self._home_of(token)
        if token.dep_ == "pobj" and token.head.lower_ == "at" and inner.place is not None:
            return self._spanned(
                Spot(inner.place, None, inner.country), token, None
            )  # "at the X in Strelsau"
        return NOWHERE

    def _called(self, token: Token) -> Spot:
        """Return the town that "the X Region town of Y" is."""
        if token.lemma_.lower() not in _TOWNS:
            return NOWHERE
        names = [n for child in token.children if child.lower_ == "of" for n in child.children]
        return next((spot for name in names if (spot := self.spot(name)).place is not None), NOWHERE)

    def _titled(self, token: Token, inner: Spot) -> Spot:
        """Return a facility whose title the text writes out: "the X Defence Force (XDF) Headquarters"."""
        start, end = of_noun(token)
        words = re.sub(r"\s*\([^)]*\)", "", self._page.stored(start, end))
        words = words.strip(_QUOTES).removeprefix("the ").removeprefix("The ")
        own = _OWNED.sub("", words)  # "St George's Hall" is in no St George's
        entries = [entry for match in self._page.lexicon.matches(own) for entry in match.entries]
        town = next((entry for entry in entries if entry.kind == "settlement"), None)
        place = inner.place or (Ref(town.name, town.iri) if town is not None else None)
        return Spot(place, Ref(words), inner.country or self._names.state_in(own))

    def of_occasion(self, token: Token) -> Spot:
        """Return the place of the occasion on which something is said or given: "at a ceremony in X"."""
        return self._clauses.of_occasion(token)

    def there(self, token: Token) -> Spot:
        """Return the place of a clause that no role tells: "there he was shown missiles", parsing slips."""
        return self._clauses.there(token)

    def _inner(self, token: Token) -> Spot:
        """Return where a noun says that it stands: "located in the eastern city of X", "Russia's", "in X".

        "In X" comes first: "the French embassy in Strelsau" is in no France.
        """
        found = NOWHERE
        for child in sorted(self._beside(token), key=lambda t: t.dep_ not in ("prep", "acl")):
            if child.dep_ == "prep" and child.lower_ in _LOCATIVE:
                for place in child.children:
                    if place.dep_ == "pobj":
                        found = _first(found, self.spot(place))
            elif child.dep_ == "poss" and child.lemma_.lower() == "capital":
                found = _first(found, self._capital(child))
            elif child.dep_ == "acl" and child.lemma_ in ("locate", "situate", "base", "stand", "build"):
                found = _first(found, self._inner(child))
            elif (
                child.dep_ in ("appos", "npadvmod", "poss", "compound", "nmod", "amod") and child.i != token.i
            ):
                mention = self._page.mention_at(child)
                abroad = mention is not None and token.lemma_.lower() in _ABROAD and not _is_town(mention)
                if mention is not None and not abroad and not (mention.first <= token.i <= mention.last):
                    spot = self._names.named(mention)
                    named = child.dep_ in ("compound", "nmod") and token.lemma_.lower() not in _REGIONS
                    if named and not _is_town(mention):
                        spot = Spot(country=spot.country)  # "the Africa House" is in no Africa
                    state = self._referents.state_of(mention)
                    found = found.over(spot if spot != NOWHERE else Spot(country=state))
        return found

    def _beside(self, token: Token) -> list[Token]:
        """Return what hangs on a noun, or on any word of the name that it is part of."""
        whole = self._page.mention_at(token)
        if whole is None:
            return list(token.children)
        parts = self._page.doc[whole.first : whole.last + 1]
        return [
            child for part in parts for child in part.children if not whole.first <= child.i <= whole.last
        ]

    def _facility(self, token: Token, inner: Spot, near: Spot) -> Spot:
        """Return the facility that a noun describes: the same as before, the only fitting one, or unnamed.

        Where the noun itself names no town, one stands in the same sentence or the one before ("the city's
        aircraft plant"): then only words that the facility's name holds as well can tell which it is.
        """
        if token.i in self._settled:
            return self._settled[token.i]
        cls = self._nouns.get(token.lemma_.lower()) or self._nouns[token.lower_]
        before = self._described.get(cls) or (self._described.get("") if cls == "Facility" else None)
        pointing = points_back(token)
        same = any(child.lower_ == "same" for child in token.children)
        plural = token.tag_ in ("NNS", "NNPS") and token.lower_ not in self._nouns
        again = pointing and not plural and inner == NOWHERE and not names_another(token, before)
        if before is not None and (same or again):
            return before
        where = inner if inner.place else inner.over(Spot(near.place, None, near.country))
        fitting = [] if plural or inner.place is None else self._standing(token, cls, inner.place)
        if not plural and inner.place is None:
            towns = [near] if near.place else self._towns.before(token) if pointing else []
            told = (self._standing(token, cls, town.place, told=True) for town in towns if town.place)
            fitting = next((found for found in told if found), [])
        if len(fitting) == 1:
            spot = self._names.site(fitting[0])
        else:
            spot = Spot(where.place, Ref(self._description(token, where)), where.country)
        if spot.facility is not None and spot.facility.iri is not None:
            self._settled[token.i] = spot
        if not plural:
            self._described[cls] = self._described[""] = spot
        return spot

    def _standing(self, token: Token, cls: str, place: Ref, *, told: bool = False) -> list[Entry]:
        """Return the facilities of a class in a town whose names hold one of the noun's own modifiers.

        A noun without any ("the airport in Sochi") means one only of a class that towns have one of: that the
        reference data know but one university of a town says nothing. ``told``: never without a modifier.
        """
        said = said_of(token)
        return [
            entry
            for entry in self._page.lexicon.entries("facility")
            if cls in entry.classes
            and entry.place is not None
            and entry.place == place.iri
            and ((not said and not told and cls in _ONE_TO_A_TOWN) or said & set(entry.name.lower().split()))
        ]

    def _description(self, token: Token, inner: Spot) -> str:
        start, end = of_noun(token)
        words = self._page.stored(start, end).lstrip(_QUOTES)
        for article in _DETERMINERS:
            words = words.removeprefix(article)
        words = _OWNING_TOWN.sub("", words)
        if token.pos_ == "PROPN":
            words = words.partition(" in ")[0]
        bare = len(words.split()) == 1 or words.split()[0] == token.text
        if bare and token.lemma_.lower() == "station" and by_rail(token):
            words = "railway " + words
        place = inner.place.name if inner.place else None
        return words if place is None or place in words else f"{words} in {place}"

    def _capital(self, token: Token) -> Spot:
        """Return the capital of the state that a noun names, or of that in which the text is."""
        named = modifier_states(self._referents, token)
        code = named[0] if named else state_here(self._page, token) if points_back(token) else None
        state = self._referents.state(code) if code is not None else None
        place = self._names.entry(state.place) if state is not None and state.place else None
        return Spot(Ref(place.name, place.iri) if place else None, None, code)

    def _home_of(self, token: Token) -> Spot:
        if token.lemma_.lower() not in ("country", "state"):
            return NOWHERE
        parties = self._referents.parties(owners(token))
        return Spot(country=parties[0].states[0]) if parties and parties[0].states else NOWHERE

    def _spanned(self, spot: Spot, token: Token, mention: Mention | None, inner: Spot = NOWHERE) -> Spot:
        if spot == NOWHERE:
            return spot
        start, end = of_noun(token)
        if mention is not None:
            start, end = min(start, mention.start), max(end, mention.end)
        if 0 <= inner.end - end <= _TOLD_OF:
            end = inner.end
        return Spot(spot.place, spot.facility, spot.country, start, end)


def _is_town(mention: Mention) -> bool:
    """Tell whether a name within another is that of a known town, by which the whole is placed."""
    return any(entry.kind in ("settlement", "facility") for entry in mention.entries)


def _first(found: Spot, other: Spot) -> Spot:
    return other if found == NOWHERE else found.over(other)
