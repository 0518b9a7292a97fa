"""A model's answers become claims: held to schema, roles and text, or dropped and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, cast

from kb.claim_id import identified
from kb.extractors.model.gate import judged
from kb.extractors.model.ledger import Ledger
from kb.extractors.model.locate import LONGEST, Located
from kb.extractors.model.schema import claim_schema, fault, shapes
from kb.extractors.model.slots import Dropped, Said, Slots, Times
from kb.extractors.model.support import Named, Support
from kb.reading.lexicon import Lexicon
from kb.records import Article, Claim, ClaimType, Modality, Polarity, Ref, Tier

MOST: Final = 200
"""Claims in one answer; a longer list is a model that repeats itself."""
_HOSTED: Final = frozenset({ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.DEPARTURE, ClaimType.DEPLOYMENT})


class Bench:
    """Examines what a model says of one article."""

    def __init__(self, article: Article, lexicon: Lexicon, ledger: Ledger) -> None:
        self._article = article
        self._located = Located(article.text)
        self._times = Times(article, self._located)
        self._support = Support(article, lexicon)
        self._ledger = ledger

    def claims(self, said: Sequence[object], within: tuple[int, int]) -> Iterator[Claim]:
        """Yield the claims of an answer about a stretch of the article that hold; count the others."""
        for number, one in enumerate(said):
            try:
                if number >= MOST:
                    raise Dropped(f"stands beyond {MOST} claims in one answer")
                if fault(one, claim_schema(), "claim"):
                    raise Dropped("does not fit the schema")
                claim = self._claim(cast(Said, one), within)
            except Dropped as reason:
                self._ledger.dropped[str(reason)] += 1
            else:
                yield claim

    def _claim(self, said: Said, within: tuple[int, int]) -> Claim:
        kind, modality, quote = (
            ClaimType(str(said["type"])),
            Modality(str(said["modality"])),
            str(said["quote"]),
        )
        if len(quote) > LONGEST:
            raise Dropped(f"quotes more than {LONGEST} characters")
        slots = Slots(said, shapes()[kind], self._support)
        agents, counterparts = slots.parties()
        place = self._located.find(quote, within, self._support.offsets((*agents, *counterparts), within))
        if place is None:
            raise Dropped("quotes what does not stand in the text")
        where = slots.where()
        dated = slots.when(self._times, (place.start, place.end), modality)
        claim = Claim(
            id="",
            article=self._article.id,
            doc=self._article.doc,
            type=kind,
            quote=self._article.text[place.start : place.end],
            start=place.start,
            end=place.end,
            agents=_refs(agents),
            agent_states=_states(agents),
            counterparts=_refs(counterparts),
            counterpart_states=_opposite(kind, where.country, agents, counterparts),
            companions=slots.several("companions", "person"),
            items=slots.several("items", "hardware"),
            place=where.place,
            facility=where.facility,
            country=where.country,
            office=slots.office(agents),
            edtf=dated.edtf,
            basis=dated.basis,
            time_phrase=dated.phrase,
            modality=modality,
            polarity=Polarity(str(said["polarity"])),
            speaker=None if kind is ClaimType.STATEMENT else slots.speaker(),
            via=slots.via(),
            rule=f"model/{kind.value.lower()}",
        )
        beside = self._is_beside(agents, place.start, place.end)
        claim = judged(claim, exact=place.exact, emptied=len(slots.emptied), beside=beside)
        if claim.tier is Tier.REJECTED:
            raise Dropped("is too unsure for a reviewer")
        self._ledger.emptied.update(slots.emptied)
        return identified(claim)

    def _is_beside(self, agents: Sequence[Named], start: int, end: int) -> bool:
        """Tell whether the paragraph of a quote names one of the agents."""
        text = self._article.text
        first, last = text.rfind("\n\n", 0, start), text.find("\n\n", end)
        last = last if last >= 0 else len(text)
        return bool(self._support.offsets(agents, (max(first, 0), last)))


def _refs(parties: Sequence[Named]) -> tuple[Ref, ...]:
    return tuple(named.ref for named in parties)


def _states(parties: Sequence[Named]) -> tuple[str, ...]:
    return tuple(sorted({code for named in parties for code in named.states}))


def _opposite(
    kind: ClaimType, country: str | None, agents: Sequence[Named], counterparts: Sequence[Named]
) -> tuple[str, ...]:
    """Return the states of the other side: of a journey the host state too, for who comes from elsewhere."""
    states = set(_states(counterparts))
    if kind in _HOSTED and country is not None and set(_states(agents)) - {country}:
        states.add(country)
    return tuple(sorted(states))
