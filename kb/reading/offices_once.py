"""Each person's each office becomes one claim, at the naming that tells it best."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kb.claim_id import identified
from kb.reading.coreference import Referents
from kb.reading.gate import Verdict, judge_office
from kb.reading.model import OfficeMention
from kb.reading.names import Identity
from kb.records import Claim, ClaimType, Ref, Tier

_VAGUE: Final = re.compile(r"\b(?:counterpart|leader|head of state|head of government)\b", re.I)
"""Words for a holder that do not say the title."""


def claims(referents: Referents) -> list[Claim]:
    """Return a claim for each person's each office."""
    return [_claim(referents, office) for office in _once(referents)]


def _once(referents: Referents) -> list[OfficeMention]:
    """Return each person's each office once, at its best naming."""
    best: dict[tuple[str, str], OfficeMention] = {}
    for told in referents.offices:
        office = _as_known(referents, told)
        person = referents.people.of(office.person)
        of_nothing = person is None or (person.state is None and office.state is None and not office.body)
        if person is None or office.bare or of_nothing:
            continue
        if _of_another(referents, person, office) or _unnamed(person):
            continue
        key = (person.iri or person.name, office.iri or office.name.lower())
        kept = best.get(key)
        if kept is None or _weight(referents, office) > _weight(referents, kept):
            best[key] = office
    return _without_shorter(referents, list(best.values()))


def _as_known(referents: Referents, office: OfficeMention) -> OfficeMention:
    """Return an office whose state was guessed as the one that its holder is known to have had on the day."""
    page, person = referents.page, referents.people.of(office.person)
    if not office.inferred or person is None or person.iri is None or page.article.published is None:
        return office
    held = page.lexicon.offices_of(person.iri, page.article.published)
    fitting = [o for o in held if set(page.lexicon.roles(o.iri)) & set(office.roles) - {"OtherOffice"}]
    if not fitting or any(o.iri == office.iri for o in held):
        return office
    return replace(office, name=fitting[0].name, iri=fitting[0].iri, state=fitting[0].state)


def _of_another(referents: Referents, person: Identity, office: OfficeMention) -> bool:
    """Tell whether a known person is given an office that he never had and somebody else had on the day."""
    page = referents.page
    if person.iri is None or office.iri is None or page.article.published is None:
        return False
    if any(held.iri == office.iri for held in page.lexicon.offices_of(person.iri, None)):
        return False
    holders = page.lexicon.holders(office.iri, page.article.published)
    family = office.person.text.split()[-1]
    return bool(holders) and all(family not in holder.name for holder in holders)


def _unnamed(person: Identity) -> bool:
    """Tell whether a holder is known by one word only, a family name at best: it tells nobody who it is."""
    return person.iri is None and len(person.name.split()) == 1


def _weight(referents: Referents, office: OfficeMention) -> tuple[bool, bool, bool, bool]:
    """Rank a naming: one with the title itself first, then with the state, the full name, in the body."""
    page = referents.page
    titled = not _VAGUE.search(page.text[office.start : office.end])
    full = len(office.person.text.split()) > 1
    return (titled, not office.inferred, full, office.start >= page.headline_end)


def _without_shorter(referents: Referents, offices: list[OfficeMention]) -> list[OfficeMention]:
    """Drop a bare repetition of an office: "Director X" after "Director of the Agency X"."""
    kept = []
    for office in offices:
        person = referents.people.of(office.person)
        longer = [
            other
            for other in offices
            if other is not office
            and referents.people.of(other.person) == person
            and other.key == office.key
            and office.inferred
            and _repeats(referents, office, other)
        ]
        if not longer:
            kept.append(office)
    return kept


def _repeats(referents: Referents, short: OfficeMention, long: OfficeMention) -> bool:
    """Tell whether an office says nothing that the other does not say better, states aside."""
    first, second = _words(referents, short), _words(referents, long)
    return first < second or (first <= second and not long.inferred)


def _words(referents: Referents, office: OfficeMention) -> set[str]:
    entry = referents.page.state(office.state) if office.state else None
    state = entry.name.lower().split() if entry is not None else []
    return set(office.name.lower().split()) - {"of", "the", *state}


def _claim(referents: Referents, office: OfficeMention) -> Claim:
    person = referents.people.of(office.person)
    state = office.state or (person.state if person and not office.body else None)
    agent = Ref(person.name, person.iri) if person else Ref(office.person.name)
    rule = "office/title-before-name" if office.end == office.person.end else "office/apposition"
    verdict = judge_office(office, agent, rule)
    return identified(
        Claim(
            id="",
            article=referents.page.article.id,
            doc=referents.page.article.doc,
            type=ClaimType.OFFICE,
            quote=referents.page.text[office.start : office.end],
            start=office.start,
            end=office.end,
            agents=(agent,),
            agent_states=(state,) if state is not None and state.isalnum() else (),
            office=Ref(office.name, office.iri),
            confidence=verdict.confidence,
            tier=verdict.tier,
            rule=rule,
            detail=_doubts(verdict),
        )
    )


def _doubts(verdict: Verdict) -> str:
    return f"review: {', '.join(verdict.reasons)}" if verdict.tier is Tier.REVIEW else ""
