"""Make claims of a page's events: parties, states and places as a claim's slots hold them."""

from __future__ import annotations

from collections.abc import Iterable

from kb.claim_id import identified
from kb.reading import offices_once, source_notes
from kb.reading.accounts import Account
from kb.reading.chances.weights import Weights
from kb.reading.coreference import Referents
from kb.reading.gate import Verdict, judge
from kb.reading.gate_view import Around, View
from kb.reading.merge import Told
from kb.reading.model import Draft
from kb.records import Claim, ClaimType, Tier

_SYMMETRIC = frozenset({ClaimType.MEETING, ClaimType.CALL, ClaimType.AGREEMENT, ClaimType.EXERCISE})
_HOSTED = frozenset({ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.DEPARTURE, ClaimType.DEPLOYMENT})


def claims_of(referents: Referents, fitted: Weights | None) -> list[Claim]:
    """Return the claims of a page, sorted by start; without fitted weights those of the frames alone."""
    weighed = Account(referents, fitted.encoder if fitted is not None else None).weighed(fitted)
    around = Around(referents.page, [one for one, _ in weighed])
    claims = [_claim(referents, one, judge(View(one, around), chance)) for one, chance in weighed]
    claims += offices_once.claims(referents)
    claims += source_notes.find(referents.page)
    unique = {claim.id: claim for claim in claims if claim.tier is not Tier.REJECTED}
    return sorted(unique.values(), key=lambda claim: (claim.start, claim.end, claim.type, claim.id))


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
