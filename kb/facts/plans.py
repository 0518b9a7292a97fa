"""Which plans are met, brought up to date when a few events change.

A changed plan is laid beside all reports that may meet it; a plan that stays as it was only beside the
reports that changed, or that took place where texts now tell otherwise of what lies where. The result is the
same as for all plans and all reports (kb.facts.rebuild), because both ask ``met``.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from kb.claims import claim_node
from kb.facts.graphs import FACTS, INFERRED, PROSPECTIVE, Graphs
from kb.facts.land import Land
from kb.facts.met import Days, met
from kb.facts.moved import Moved
from kb.facts.outlines import Outline, outlines
from kb.facts.plan_view import PlanView
from kb.facts.told import Told
from kb.terms import Triple


def days_of(told: Iterable[Told]) -> Days:
    """Return the days on which claims were published."""
    return {
        claim_node(each.stored.id).value: each.head.published.isoformat()
        for each in told
        if each.head.published is not None
    }


def all_met(nodes: Graphs, days: Days, land: Land) -> set[Triple]:
    """Return which plans are met, where ``nodes`` are the derived graphs of a whole base."""
    return set(met(_plans(nodes), _reports(nodes), days, land.around))


def change_of_met(
    view: PlanView, moved: Moved, stands: Graphs, wanted: Graphs, days: Days
) -> tuple[set[Triple], set[Triple]]:
    """Return what stands of ``lg:metBy`` where a change touches it, and what should stand there instead.

    ``stands`` and ``wanted`` hold the events that the change touches, before it and after; ``days`` those
    of the plans that are wanted. What stands of these plans themselves is in ``stands`` already.
    """
    plans, reports = _plans(wanted), _reports(wanted)
    before = {report.node for report in _reports(stands)}
    touched = before | {report.node for report in reports}
    there = [report for report in view.reports_at(moved.places) if report.node not in touched]
    own = {plan.node for plan in chain(_plans(stands), plans)}
    old = {
        triple for triple in view.met_by(before | {each.node for each in there}) if triple.subject not in own
    }
    changed = [*reports, *there]
    others = [plan for plan in view.plans_like(changed) if plan.node not in own]
    others_met = met(others, changed, view.days(others), moved.land.around)
    elsewhere = [report for report in view.reports_like(plans, days) if report.node not in touched]
    own_met = met(plans, [*reports, *elsewhere], days, moved.land.around)
    return old, {*others_met, *own_met}


def _plans(nodes: Graphs) -> list[Outline]:
    return outlines(nodes.get(PROSPECTIVE, ()))


def _reports(nodes: Graphs) -> list[Outline]:
    """Return the events among the facts; those of other graphs have nothing in g:inferred."""
    return outlines(chain(nodes.get(FACTS, ()), nodes.get(INFERRED, ())))
