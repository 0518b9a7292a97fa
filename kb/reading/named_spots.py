"""The spots of names: what the reference data hold, and what a name tells of a place that they do not."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Token

from kb.errors import NotFound
from kb.reading.data import nominals
from kb.reading.gazetteer import country_of
from kb.reading.lexicon_records import Entry
from kb.reading.model import NOWHERE, Mention, Spot
from kb.reading.page import Page
from kb.reading.ships import ship_name
from kb.reading.towns import Towns
from kb.records import Ref


class NamedSpots:
    """Tells the spots of the names of one page."""

    def __init__(self, page: Page, towns: Towns) -> None:
        self._page = page
        self._towns = towns
        self._nouns = page.lexicon.common_nouns()

    def named(self, mention: Mention) -> Spot:
        """Return the spot of a name, NOWHERE for that of a person or of a body that one does not visit."""
        by_kind = {kind: self._meant(mention, kind) for kind in {entry.kind for entry in mention.entries}}
        if "facility" in by_kind and "person" not in by_kind:
            return self.site(by_kind["facility"])
        for kind in ("settlement", "region"):
            if kind in by_kind and not (kind == "region" and "state" in by_kind and self._is_state(mention)):
                entry = by_kind[kind]
                return Spot(place=Ref(entry.name, entry.iri), country=entry.state)
        for kind in ("state", "government"):
            if kind in by_kind and mention.form in ("name", "metonym", "short"):
                return Spot(country=by_kind[kind].state)
        if mention.form == "ner" and mention.kind in ("settlement", "region", "facility"):
            return self._unlisted(mention)
        hardware = by_kind.get("hardware")
        if hardware is not None and {"Vessel", "Submarine"} & set(hardware.classes):
            return Spot(facility=Ref(hardware.name, hardware.iri))
        organisation = by_kind.get("organisation")
        if organisation is not None and {"Company", "University", "Museum"} & set(organisation.classes):
            return Spot(facility=Ref(organisation.name, None), country=organisation.state)
        return NOWHERE

    def _meant(self, mention: Mention, kind: str) -> Entry:
        """Return which of several of one kind a name means.

        That of the only state that the text names, else the one that is so called without an addition, as
        "Tripoli" and not "Tripoli, Lebanon".
        """
        entries = [entry for entry in mention.entries if entry.kind == kind]
        near = [entry for entry in entries if entry.state in self._spoken_of]
        plain = [entry for entry in entries if "," not in entry.name]
        return near[0] if len(near) == 1 else plain[0] if len(plain) == 1 else entries[-1]

    def ship(self, token: Token, mention: Mention | None) -> Spot:
        """Return a ship or base that words before it tell from a town or a person: "the frigate Strelsau".

        Else a prefix does: "HMS Strelsau".
        """
        named = ship_name(token)
        if named is not None:
            return self._ship(*named)
        if token.pos_ != "PROPN" or (mention is not None and mention.kind in ("facility", "hardware")):
            return NOWHERE
        first = mention.first if mention is not None else token.left_edge.i
        last = max(mention.last, token.i) if mention is not None else token.i
        starts = [
            i for i in range(max(first - 1, 0), last) if self._page.doc[i].text in nominals()["ship_prefixes"]
        ]
        if not starts:
            return NOWHERE
        name = self._page.stored(
            self._page.doc[starts[0]].idx, self._page.doc[last].idx + len(self._page.doc[last])
        )
        return Spot(facility=Ref(name))

    def _ship(self, first: int, last: int) -> Spot:
        mention = self._page.mention_at(self._page.doc[last])
        if mention is not None and mention.kind in ("facility", "hardware"):
            known = self.named(mention)
            if known.facility is not None:
                return known
        start, end = self._page.doc[first].idx, self._page.doc[last].idx + len(self._page.doc[last])
        return Spot(facility=Ref(self._page.stored(start, end)), start=start, end=end)

    def _unlisted(self, mention: Mention) -> Spot:
        """Return a place that no reference data hold; a facility has the state that its name names."""
        *words, last = mention.name.lower().split()
        if last in nominals()["passed_occasions"]:  # "the X Summit" is an occasion in X
            name = mention.name[: -len(last)].strip()
            town = mention.kind != "facility" and words
            return Spot(place=Ref(name), country=self.state_of(name)) if town else NOWHERE
        if mention.kind == "facility" or last in self._nouns or last in nominals()["sites"]:
            return Spot(facility=Ref(mention.name.strip('"“”')), country=self.state_in(mention.name))
        return Spot(place=Ref(mention.name), country=self.state_of(mention.name))

    def state_of(self, town: str) -> str | None:
        """Return the state of a town that no reference data hold, of several the one that the text names."""
        return country_of(town, self._states)

    @cached_property
    def _states(self) -> set[str]:
        """Return the states that the text names."""
        return {
            entry.state
            for mention in self._page.mentions
            for entry in mention.entries
            if entry.kind == "state" and entry.state
        }

    @cached_property
    def _spoken_of(self) -> set[str]:
        """Return the states that the text names otherwise than by their capitals, or by an office."""
        return {
            entry.state
            for mention in self._page.mentions
            for entry in mention.entries
            if entry.kind in ("state", "office") and entry.state and mention.form != "metonym"
        }

    def _is_state(self, mention: Mention) -> bool:
        """Tell whether a name that a state and a region share means the state: not in "Atlanta, Georgia"."""
        before = self._page.doc[: mention.first]
        after_comma = len(before) > 1 and before[-1].text == ","
        town = self._page.mention_at(before[-2]) if after_comma else None
        return town is None or not any(entry.kind == "settlement" for entry in town.entries)

    def state_in(self, name: str) -> str | None:
        """Return the state that a facility's name names, of which an embassy is no part."""
        if nominals()["missions"] & set(name.lower().split()):
            return None
        entries = [entry for match in self._page.lexicon.matches(name) for entry in match.entries]
        states = {entry.state for entry in entries if entry.kind in ("state", "settlement", "region")}
        return states.pop() if len(states) == 1 else None

    def site(self, entry: Entry) -> Spot:
        """Return a known facility, with its town where its own name or the text tells it."""
        place = self.entry(entry.place) if entry.place else None
        told = place is not None and (place.name in entry.name or self._towns.tells(place))
        return Spot(
            Ref(place.name, place.iri) if place is not None and told else None,
            Ref(entry.name, entry.iri),
            entry.state,
        )

    def port(self, town: Spot) -> Spot:
        """Return the port of a town as a facility: "unloaded in the port of X"."""
        name = f"Port of {town.place.name}" if town.place else "port"
        entries = [entry for match in self._page.lexicon.matches(name) for entry in match.entries]
        known = next((entry for entry in entries if entry.kind == "facility"), None)
        return Spot(town.place, Ref(known.name, known.iri) if known else Ref(name), town.country)

    def entry(self, iri: str) -> Entry | None:
        """Return the entity of an IRI, None for one that the lexicon lacks."""
        try:
            return self._page.lexicon.entry(iri)
        except NotFound:
            return None
