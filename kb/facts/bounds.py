"""When a tenure, a production or a membership held for certain, and when it may have held.

Dates of office are EDTF and may be as coarse as a year. "From 2011" holds for certain only from the last
day of 2011, and may hold from the first. An absent end is open, unless ``lg:untilUnknown`` says that it may
have come and nobody knows when; an absent beginning is unknown. Then nothing is certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode

from kb.edtf_bounds import bounds
from kb.terms import RDF_TYPE, Triple, day, lg, truth

DATED = (lg("OfficeTenure"), lg("Production"), lg("Membership"))


def validity(
    node: NamedNode, start: str | None, end: str | None, *, end_unknown: bool = False
) -> Iterator[Triple]:
    """Yield the certain and the possible bounds of what held from one EDTF date until another.

    Nothing is certain where the beginning or the end is unknown, or the end may lie before the beginning.
    Raises BadInput for a date that is not EDTF.
    """
    since = bounds(start) if start else None
    until = bounds(end) if end else None
    if since is not None and since.earliest is not None:
        yield Triple(node, lg("possibleFrom"), day(since.earliest))
    if until is not None and until.latest is not None:
        yield Triple(node, lg("possibleUntil"), day(until.latest))
    certain_end = until.earliest if until else None
    if since is not None and not end_unknown and (until is None or certain_end is not None):
        yield from _certain(node, since.latest, certain_end)


def _certain(node: NamedNode, start: date | None, end: date | None) -> Iterator[Triple]:
    if start is None or (end is not None and end < start):
        return
    yield Triple(node, lg("certainFrom"), day(start))
    if end is not None:
        yield Triple(node, lg("certainUntil"), day(end))


def bounds_of(triples: Iterable[Triple]) -> set[Triple]:
    """Return the bounds of every dated tenure, production and membership that triples hold."""
    dates: dict[NamedNode, dict[NamedNode, str]] = {}
    dated: set[NamedNode] = set()
    unknown: set[NamedNode] = set()
    for subject, predicate, value in triples:
        if not isinstance(subject, NamedNode):
            continue
        if predicate in (lg("from"), lg("until")) and isinstance(value, Literal):
            dates.setdefault(subject, {})[predicate] = value.value
        elif predicate == RDF_TYPE and value in DATED:
            dated.add(subject)
        elif predicate == lg("untilUnknown") and value == truth(True):
            unknown.add(subject)
    return {
        triple
        for node in dated & dates.keys()
        for triple in validity(
            node, dates[node].get(lg("from")), dates[node].get(lg("until")), end_unknown=node in unknown
        )
    }
