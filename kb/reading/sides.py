"""Whom a talk is between: what only came along or is a paper is no side, and one state's own do not deal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.reading.data import nominals
from kb.reading.model import Draft, Party
from kb.records import ClaimType

_JOURNEYS = frozenset({ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.DEPARTURE})
_OWN = ("my ", "our ", "their ", "his ", "her ")
_TALKS = frozenset({ClaimType.MEETING, ClaimType.CALL})


def is_paper(party: Party) -> bool:
    """Tell whether a name that no list holds is of a paper, a plan or an occasion: nobody who talks."""
    last = party.name.rpartition(" ")[2].lower()
    return party.kind != "state" and party.iri is None and last in nominals()["papers_and_occasions"]


def between_sides(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield drafts, talks with their sides alone; without talks of one state's persons with each other."""
    for draft in drafts:
        if draft.type in _JOURNEYS:
            yield replace(draft, roles={**draft.roles, "agents": _travellers(draft.parties("agents"))})
            continue
        if draft.type not in _TALKS:
            yield draft
            continue
        sides = _sides(draft.parties("agents"))
        own = {party.states for party in sides}
        people = all(party.kind in ("person", "group") for party in sides)
        at_home = people and len(own) == 1 and own != {()}
        if len(sides) > 1 and not at_home:
            yield replace(draft, roles={**draft.roles, "agents": sides})


def _travellers(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Return who goes, without the retinue of who is named: "X and a delegation of officials"."""
    persons = {state for party in parties if party.kind == "person" for state in party.states}
    led = tuple(party for party in parties if party.kind != "group" or not persons >= set(party.states))
    return led if persons else parties


def _sides(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    able = tuple(party for party in parties if not is_paper(party) and not party.name.startswith(_OWN))
    persons = {state for party in able if party.kind == "person" for state in party.states}
    # "X and his delegation", "the ministers of X and Y": a state is no side beside its own
    able = tuple(p for p in able if p.kind != "state" or not persons >= set(p.states))
    able = tuple(party for party in able if not _is_bare(party) or " " in party.name)
    named = [party for party in able if party.kind != "group"]
    return able if len(named) < 2 else tuple(party for party in able if not _is_bare(party))


def _is_bare(party: Party) -> bool:
    """Tell whether a group has neither state nor name: "delegations", "senior officials"."""
    return party.kind == "group" and not party.states and party.name.islower()
