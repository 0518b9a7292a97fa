"""Standing facts from texts: who held which office, what a facility makes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from pyoxigraph import NamedNode

from kb.edtf_bounds import bounds
from kb.facts.background import Background
from kb.facts.bounds import validity
from kb.facts.events import Projected, Said, attestation, support
from kb.facts.routing import Group
from kb.facts.told import Told
from kb.records import ClaimType
from kb.terms import RDF_TYPE, Triple, day, iri, lg, state, text

NEWS: Final = timedelta(days=6)
"""How far back the news of a text reach: "President A visited B on Monday", in a paper of that week."""


def standing(group: Group, background: Background, described: Mapping[str, Background]) -> list[Projected]:
    """Return the tenures or productions that a group of Office or Production claims attests.

    A claim that names no entity for a needed part attests nothing. ``described`` goes by article.
    """
    found = _tenures(group, background) if group.type is ClaimType.OFFICE else _productions(group)
    states = frozenset(state(code).value for claim in group.claims for code in claim.agent_states)
    how_well = frozenset(attestation(group, states, background, described))
    return [
        replace(each, triples=each.triples | {Triple(each.node, lg(name), value) for name, value in how_well})
        for each in found
    ]


def _tenures(group: Group, background: Background) -> Iterator[Projected]:
    claim = group.members[0].claim
    if claim.office is None or claim.office.iri is None:
        return
    for holder in sorted({ref.iri for ref in claim.agents if ref.iri}):
        node = _node("tenure", group, holder)
        links = {"holder": iri(holder), "office": iri(claim.office.iri)}
        held = _projected(node, "OfficeTenure", group, links)
        lately = (
            set()
            if holder in background.offices
            else {t for told in group.members for t in _lately(node, told)}
        )
        yield replace(held, triples=held.triples | lately)


def _productions(group: Group) -> Iterator[Projected]:
    claim = group.members[0].claim
    sites = [ref.iri for ref in (claim.facility, *claim.agents) if ref is not None and ref.iri is not None]
    site = next((iri for iri in sites if "/facility/" in iri), None)
    if site is None:
        return
    for item in sorted({ref.iri for ref in claim.items if ref.iri}):
        node = _node("prod", group, item)
        yield _projected(node, "Production", group, {"madeAt": iri(site), "product": iri(item)})


def _node(prefix: str, group: Group, part: str) -> NamedNode:
    what = f"{group.route.value} {group.members[0].keys.event} {part}"
    return iri(f"{prefix}:x-{hashlib.sha256(what.encode()).hexdigest()[:12]}")


def _projected(node: NamedNode, kind: str, group: Group, links: dict[str, NamedNode]) -> Projected:
    said: set[Said] = {*links.items(), *support(group)}
    triples = {Triple(node, RDF_TYPE, lg(kind))} | {Triple(node, lg(name), value) for name, value in said}
    for each in group.members:
        triples |= set(_time(node, each))
    return Projected(node, group.route, frozenset(triples))


def _lately(node: NamedNode, told: Told) -> Iterator[Triple]:
    """Yield the days for which a text's word is all there is: its own, and those that its news are of.

    Of a person whose offices reference data know, it knows better.
    """
    if told.claim.edtf is None and told.head.published is not None:
        yield Triple(node, lg("certainFrom"), day(told.head.published - NEWS))
        yield Triple(node, lg("certainUntil"), day(told.head.published))


def _time(node: NamedNode, told: Told) -> Iterator[Triple]:
    """Yield when it held: from and until for an interval, else the day that the text speaks of."""
    edtf = told.claim.edtf
    if edtf is None:
        if told.head.published is not None:
            yield Triple(node, lg("attestedOn"), day(told.head.published))
        return
    start, slash, end = edtf.partition("/")
    if slash:
        dates = {name: date for name, date in (("from", start), ("until", end)) if date not in ("", "..")}
        yield from (Triple(node, lg(name), text(date)) for name, date in dates.items())
        yield from validity(node, dates.get("from"), dates.get("until"))
        return
    days = bounds(edtf)
    if days.earliest is not None and days.earliest == days.latest:
        yield Triple(node, lg("attestedOn"), day(days.earliest))
