"""What the events of a scene are compared by: days, persons, sides and the order of their telling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from kb.edtf_bounds import bounds
from kb.reading.merge import Told
from kb.reading.model import When
from kb.reading.page import Page
from kb.reading.time_calendar import is_day
from kb.reading.time_records import Basis
from kb.records import Modality

_NEWS: Final = 31
"""Days before the publication in which an event is of the scene that the text tells."""


def may_be_one_time(one: When, other: When, *, days: int = 0) -> bool:
    """Tell whether an event may be at the time of another, or up to so many days after it."""
    if None in (one.edtf, other.edtf) or Basis.ISSUED_ON in (one.basis, other.basis):
        return True
    mine, theirs = bounds(one.edtf or ""), bounds(other.edtf or "")
    later = mine.earliest and theirs.latest and mine.earliest > theirs.latest + timedelta(days=days)
    earlier = mine.latest and theirs.earliest and mine.latest < theirs.earliest
    return not (later or earlier)


def is_long_ago(page: Page, when: When) -> bool:
    """Tell whether an event began, by its own date, more than a month before the publication."""
    known, published = bounds(when.edtf) if when.edtf else None, page.article.published
    if known is None or published is None or known.earliest is None:
        return False
    return (published - known.earliest).days > _NEWS


def since_when(page: Page, one: Told) -> bool:
    """Tell whether an event only says since when something holds: "since the two established relations"."""
    token = page.doc[one.draft.trigger]
    return any(child.dep_ == "mark" and child.lower_ == "since" for child in token.children)


def is_open(one: Told) -> bool:
    """Tell whether an event is reported, and its text says nothing of its time."""
    return one.stance.modality is Modality.REPORTED and not one.when.edtf and not one.when.phrase


def day_of(one: Told) -> str | None:
    """Return the day of a reported event, None where its date is no day."""
    edtf = one.when.edtf
    told = edtf is not None and is_day(edtf) and one.stance.modality is Modality.REPORTED
    return edtf if told else None


def told_before(one: Told, told: Iterable[Told], reach: int) -> Iterator[Told]:
    """Yield the other events told before one, the nearest first."""
    for other in sorted(told, key=lambda other: -other.draft.start):
        if other is not one and 0 <= one.draft.start - other.draft.start < reach:
            yield other


def persons_of(one: Told) -> set[str]:
    return {party.name for party in one.draft.parties("agents") if party.kind == "person"}


def hosts_of(one: Told) -> set[str]:
    return {state for party in one.draft.parties("counterparts") for state in party.states}


def sides_of(one: Told) -> set[str]:
    return {state for party in one.draft.parties("agents") for state in party.states}
