"""Which reports meet which plans: ``lg:metBy``, from a planned or requested event to a reported one.

A plan is met when a dated report of an event of the same kind has the same agents, lies where the plan said,
and may fall in the time that the plan names; where it names none, in any time from its publication on. An
arrival meets the plan of a visit. Others may take part in what is reported, but nobody whom the plan names
may be missing.

It is none of the rules of ontology/rules: those see only the events that a change touches, and any report of
the base may meet a plan.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter

from kb.facts.outlines import Outline
from kb.records import ClaimType
from kb.terms import Triple, lg

MET_BY = lg("metBy")
Days = Mapping[str, str]
"""From a claim's IRI to the day, ISO 8601, on which its text was published, where that is known."""
Around = Callable[[str], frozenset[str]]
"""From a place or facility to all places that it lies in, itself among them."""

_last = attrgetter("last")


def met(plans: Iterable[Outline], reports: Iterable[Outline], days: Days, around: Around) -> Iterator[Triple]:
    """Yield which of the reports meet which of the plans."""
    told: dict[tuple[str, str], list[Outline]] = {}
    for report in sorted(reports, key=_last):
        if report.dated:
            for agent in report.agents:
                told.setdefault((report.kind, agent), []).append(report)
    for plan in plans:
        start = since(plan, days)
        for kind in kinds_that_meet(plan.kind) if plan.agents else ():
            those = min((told.get((kind, agent), []) for agent in plan.agents), key=len)
            for report in those[bisect_left(those, start, key=_last) :]:
                if meets(report, plan, start, around):
                    yield Triple(plan.node, MET_BY, report.node)


def meets(report: Outline, plan: Outline, start: str, around: Around) -> bool:
    """Tell whether a dated report of a fitting kind meets a plan that begins on a day, "" for any."""
    return (
        report.last >= start
        and (not plan.last or report.first <= plan.last)
        and plan.agents <= report.agents
        and (not plan.facilities or not plan.facilities.isdisjoint(report.facilities))
        and (not plan.hosts or not plan.hosts.isdisjoint(report.states))
        and (
            not plan.places or any(plan.places & around(place) for place in report.places | report.facilities)
        )
    )


def kinds_that_meet(kind: str) -> tuple[str, ...]:
    """Return the kinds of report that may meet a plan of a kind."""
    return (kind, ClaimType.ARRIVAL.value) if kind == ClaimType.VISIT.value else (kind,)


def kinds_met_by(kind: str) -> tuple[str, ...]:
    """Return the kinds of plan that a report of a kind may meet."""
    return (kind, ClaimType.VISIT.value) if kind == ClaimType.ARRIVAL.value else (kind,)


def since(plan: Outline, days: Days) -> str:
    """Return the first day on which a report may meet a plan, "" where any may.

    It is the plan's own first day; where it names no time, the day of the first text that tells of it.
    """
    if plan.first or plan.last:
        return plan.first
    return min((days[claim] for claim in plan.claims if claim in days), default="")
