"""When two claims tell of one event: an exact key over the slots that make an event what it is.

The key is exact and nothing is guessed. A report that names a facility and one that names only its town
do not join, nor do "Kim and Putin" and "Kim, Putin and Lavrov": they stay two events until a later
version, or a person, joins them. Two rules keep different events apart:

- a claim without a date joins only claims of the same text (or of a copy of it), because two texts that
  each say "Kim visited Russia" may mean two visits;
- a place belongs to the key, save for a meeting or an agreement dated to the day: the same parties on
  the same day are taken to have met once, and where the places exclude each other, kb.facts.contest
  parts them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from kb.claims import ArticleHead, StoredClaim
from kb.edtf_bounds import bounds
from kb.records import Claim, ClaimType, Ref

COUNTERPARTS, ITEMS, WHERE, WORDS, OFFICE = "counterparts", "items", "where", "words", "office"

SLOTS: dict[ClaimType, tuple[str, ...]] = {
    ClaimType.VISIT: (WHERE,),
    ClaimType.ARRIVAL: (WHERE,),
    ClaimType.DEPARTURE: (WHERE,),
    ClaimType.MEETING: (WHERE,),
    ClaimType.CALL: (),
    ClaimType.AGREEMENT: (ITEMS, WHERE),
    ClaimType.TRANSFER: (COUNTERPARTS, ITEMS),
    ClaimType.DEPLOYMENT: (COUNTERPARTS, ITEMS, WHERE),
    ClaimType.DISPLAY: (COUNTERPARTS, ITEMS, WHERE),
    ClaimType.EXERCISE: (ITEMS, WHERE),
    ClaimType.STATEMENT: (COUNTERPARTS, WORDS),
    ClaimType.SANCTION: (COUNTERPARTS, ITEMS),
    ClaimType.OFFICE: (OFFICE,),
    ClaimType.PRODUCTION: (ITEMS, WHERE),
}
"""Which slots, beside type, agents and date, belong to an event's key.

Companions, vehicle and quantity never do: reports of one event differ in them. Each position that a
speaker takes is a statement of its own, so its words count (and copies of a text still join).
"""

MET_ONCE = (ClaimType.MEETING, ClaimType.AGREEMENT)
SYMMETRIC = (ClaimType.MEETING, ClaimType.CALL, ClaimType.AGREEMENT)
STANDING = (ClaimType.OFFICE, ClaimType.PRODUCTION)
"""What holds rather than happens: an undated claim attests it for the day of its text."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a claim joins by, as hashes."""

    family: str
    """Everything but the place: the claims that have to be looked at together."""
    event: str
    """Claims of one event share it, within one route (kb.facts.routing)."""
    where: str
    """The most exact place that the claim names."""
    match: str
    """Everything but the date: what a denial is matched by."""


def keys(claim: Claim, head: ArticleHead) -> Keys:
    """Return what a claim of an article joins by.

    Raises KeyError for a SourceNote, which tells of no event.
    """
    slots = SLOTS[claim.type]
    what = [claim.type.value, *_agents(claim, head)]
    what += [f"{slot}={value}" for slot in slots if slot != WHERE for value in _values(claim, slot)]
    where = _where(claim) if WHERE in slots else ""
    when = _when(claim, head)
    family = _hash([*what, when])
    apart = not (claim.type in MET_ONCE and _is_day(claim.edtf))
    return Keys(
        family=family,
        event=_hash([family, where]) if apart else family,
        where=where,
        match=_hash([*what, where]),
    )


def origin(head: ArticleHead) -> str:
    """Return the identifier of the text that an article is, or is a copy of."""
    return head.copy_of or head.id


def name_of(ref: Ref) -> str:
    """Return what identifies a filler: its IRI, else its name without case."""
    return ref.iri or f"name:{' '.join(ref.name.casefold().split())}"


def _agents(claim: Claim, head: ArticleHead) -> list[str]:
    names = sorted({name_of(ref) for ref in claim.agents})
    if not names:  # "a delegation arrived": nothing says that two of these are one
        return [f"claim={claim.id}"]
    if claim.type in SYMMETRIC and len(names) == 1:  # the other party is unknown, and may differ
        return [*names, f"text={origin(head)}"]
    return names


def _values(claim: Claim, slot: str) -> list[str]:
    if slot == WORDS:
        return [" ".join(claim.quote.casefold().split())]
    if slot == OFFICE:
        return _names([claim.office] if claim.office else [])
    if slot == ITEMS:
        return _names(claim.items)
    return _names(claim.counterparts) or sorted(claim.counterpart_states)


def _names(refs: Iterable[Ref]) -> list[str]:
    return sorted({name_of(ref) for ref in refs})


def _where(claim: Claim) -> str:
    ref = claim.facility or claim.place
    if ref is not None:
        return name_of(ref)
    return claim.country or " ".join(sorted(claim.counterpart_states))


def _when(claim: Claim, head: ArticleHead) -> str:
    if claim.edtf is not None:
        return claim.edtf
    if claim.type in STANDING and head.published is not None:
        return head.published.isoformat()
    return f"text={origin(head)}"


def _is_day(edtf: str | None) -> bool:
    if edtf is None:
        return False
    days = bounds(edtf)
    return days.earliest is not None and days.earliest == days.latest


def day_of(stored: StoredClaim) -> bool:
    """Tell whether a claim is dated to one day."""
    return _is_day(stored.claim.edtf)


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
