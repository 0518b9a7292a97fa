"""Make claims of drafts: stance, time, place, names and states settled, one claim for each event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.claim_id import identified
from kb.reading import offices_once, source_notes
from kb.reading.attribution import Voices, own_words
from kb.reading.clause_fills import ClauseFills
from kb.reading.company import joined
from kb.reading.coreference import Referents
from kb.reading.gate import Verdict, judge
from kb.reading.gate_view import Around, View
from kb.reading.left_out import without_nested, without_title
from kb.reading.legs import apart
from kb.reading.match import Engine
from kb.reading.merge import Told, merged
from kb.reading.modality import accepted, modality_of, position_of
from kb.reading.model import Draft, Stance
from kb.reading.quoted_positions import quoted_positions
from kb.reading.quotes import with_time
from kb.reading.scenes import placed
from kb.reading.sides import between_sides
from kb.reading.timing import UNDATED, Timing
from kb.records import Claim, ClaimType, Modality, Tier

_SYMMETRIC = frozenset({ClaimType.MEETING, ClaimType.CALL, ClaimType.AGREEMENT, ClaimType.EXERCISE})
_HOSTED = frozenset({ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.DEPARTURE, ClaimType.DEPLOYMENT})


def claims_of(referents: Referents) -> list[Claim]:
    """Return the claims of a page, sorted by start."""
    engine, timing, voices = Engine(referents), Timing(referents.page), Voices(referents)
    drafts = without_nested(referents.page, list(between_sides(engine.drafts())))
    drafts += quoted_positions(referents, voices.sayings, drafts)
    fills = ClauseFills(referents)
    drafts = [fills.filled(draft) for draft in drafts]
    told = [_told(referents, timing, voices, draft) for found in drafts for draft in apart(engine, found)]
    told = without_title(referents.page, told)
    told = joined(referents, placed(referents.page, merged(told, referents.page.headline_end)))
    around = Around(referents.page, told)
    claims = [_claim(referents, one, judge(View(one, around))) for one in told]
    claims += offices_once.claims(referents)
    claims += source_notes.find(referents.page)
    unique = {claim.id: claim for claim in claims if claim.tier is not Tier.REJECTED}
    return sorted(unique.values(), key=lambda claim: (claim.start, claim.end, claim.type, claim.id))


def _told(referents: Referents, timing: Timing, voices: Voices, draft: Draft) -> Told:
    token = referents.page.doc[draft.anchor]
    modality, polarity, detail = (position_of if draft.spoken else modality_of)(token)
    if draft.modality is not None and modality is Modality.REPORTED:
        modality = draft.modality
    speaker, via = voices.behind(token)
    stance = Stance(modality, polarity, None if draft.spoken else speaker, via, detail)
    stance = own_words(stance, draft.parties("agents"))
    if modality is Modality.REQUESTED and draft.type == ClaimType.VISIT and accepted(token):
        modality = Modality.PLANNED
    stance = replace(stance, modality=modality)
    when = timing.when(draft, modality, polarity)
    if timing.lies_ahead(draft, modality):
        modality = Modality.PLANNED
        stance, when = replace(stance, modality=modality), timing.when(draft, modality, polarity)
    if when.edtf is None:
        occasion = timing.occasion(draft, modality)
        when = occasion if occasion != UNDATED else when
    start, end = with_time(referents.page, draft.start, draft.end, when)
    return Told(replace(draft, start=start, end=end), stance, when)


def _claim(referents: Referents, told: Told, verdict: Verdict) -> Claim:
    draft, stance, when = told.draft, told.stance, told.when
    agents = draft.parties("agents")
    agent_states = tuple(sorted({state for party in agents for state in party.states}))
    counterparts = draft.parties("counterparts")
    symmetric = draft.type in _SYMMETRIC
    host = _host(draft, agent_states)
    counterpart_states = {state for party in counterparts for state in party.states} | (
        {host} if host else set()
    )
    companions = tuple(p.ref for p in draft.parties("companions") if p.name not in {a.name for a in agents})
    fields = dict(draft.fields)
    detail = "; ".join(filter(None, [fields.get("detail", ""), stance.detail, _doubts(verdict)]))
    return identified(
        Claim(
            id="",
            article=referents.page.article.id,
            doc=referents.page.article.doc,
            type=ClaimType(draft.type),
            quote=referents.page.text[draft.start : draft.end],
            start=draft.start,
            end=draft.end,
            agents=tuple(party.ref for party in agents),
            agent_states=_listed(agent_states),
            counterparts=() if symmetric else tuple(party.ref for party in counterparts),
            counterpart_states=() if symmetric else _listed(counterpart_states),
            companions=companions,
            place=draft.spot.place,
            facility=draft.spot.facility,
            country=next(iter(_listed([draft.spot.country or ""])), None),
            items=tuple(party.ref for party in draft.parties("items")),
            edtf=when.edtf,
            basis=when.basis,
            time_phrase=when.phrase,
            modality=stance.modality,
            polarity=stance.polarity,
            speaker=stance.speaker.ref if stance.speaker else None,
            via=stance.via.ref if stance.via else None,
            tier=verdict.tier,
            confidence=verdict.confidence,
            rule=draft.rule,
            vehicle=fields.get("vehicle", ""),
            detail=detail,
        )
    )


def _doubts(verdict: Verdict) -> str:
    return f"review: {', '.join(verdict.reasons)}" if verdict.tier is Tier.REVIEW else ""


def _listed(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes that ISO 3166 has, sorted: a state that only the text knows has none."""
    return tuple(sorted(code for code in codes if code.isalnum()))


def _host(draft: Draft, agent_states: tuple[str, ...]) -> str | None:
    """Return the host state of a visit, where anyone who visits comes from elsewhere."""
    country = draft.spot.country
    if draft.type not in _HOSTED or country is None:
        return None
    return country if set(agent_states) - {country} else None
