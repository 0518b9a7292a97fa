"""Whom a talk is between: what only came along or is a paper is no side, and one state's own do not deal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.reading.data import nominals
from kb.reading.model import Draft, Party
from kb.records import ClaimType

_OWN = ("my ", "our ", "their ", "his ", "her ")
_TALKS = frozenset({ClaimType.MEETING, ClaimType.CALL})


def is_paper(party: Party) -> bool:
    """Tell whether a name that no list holds is of a paper, a plan or an occasion: nobody who talks."""
    last = party.name.rpartition(" ")[2].lower()
    return (
        party.kind in ("organisation", "group", "thing")
        and party.iri is None
        and last in nominals()["papers_and_occasions"]
    )


def between_sides(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield drafts, talks with their sides alone; without talks of one state's persons with each other."""
    for draft in drafts:
        if draft.type not in _TALKS:
            yield draft
            continue
        sides = _sides(draft.parties("agents"))
        own = {party.states for party in sides}
        at_home = all(party.kind == "person" for party in sides) and len(own) == 1 and own != {()}
        if len(sides) > 1 and not at_home:
            yield replace(draft, roles={**draft.roles, "agents": sides})


def _sides(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    able = tuple(party for party in parties if not is_paper(party) and not party.name.startswith(_OWN))
    persons = {state for party in able if party.kind == "person" for state in party.states}
    able = tuple(
        p for p in able if p.rule != "body" or not persons >= set(p.states)
    )  # "X and his delegation"
    named = [party for party in able if party.kind != "group"]
    if len(named) < 2:
        return able
    return tuple(party for party in able if party.kind != "group" or party.states)
