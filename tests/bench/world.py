"""Who and what a copied article may speak of instead: states, leaders, places and things by state."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kb.namespaces import sparql_prologue

LEADING: Final = ("HeadOfState", "HeadOfGovernment", "PartyStateLeader")
OTHERS: Final = ("ForeignMinister", "DefenceMinister", "OtherOffice", "Governor", "Mayor")
BUSY: Final = ("PRK", "RUS")
"""The two states that the shipped questions take as examples; they meet most often, as in the dispatches."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who certainly held an office of a state, and from which day until which (ISO 8601)."""

    person: str
    role: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class World:
    """The reference data as pools to draw from. Things are full IRIs, states alpha-3 codes; all sorted."""

    states: tuple[str, ...]
    """Those that had leaders."""
    weight: dict[str, int]
    """How much is told of a state: one more than the facilities of it that the reference data know."""
    tenures: dict[str, tuple[Tenure, ...]]
    roles: dict[str, dict[str, str]]
    """By person: the state and role of its last tenure, as ``{state: role}``."""
    facilities: dict[str, tuple[str, ...]]
    places: dict[str, tuple[str, ...]]
    within: dict[str, str]
    """From a facility to the settlement that it lies in."""
    hardware: dict[str, tuple[str, ...]]
    vessels: tuple[str, ...]
    """Hardware at which things may happen."""
    offices: dict[tuple[str, str], str]
    """By state and role."""
    office_of: dict[str, tuple[str, str]]
    outlets: tuple[str, ...]
    """The names of news outlets."""
    home: dict[str, str]
    """From a facility, place, person or piece of hardware to its state."""
    labels: dict[str, str]
    """The English names of states."""
    events: tuple[str, ...]
    """Some events of the base."""

    def pairs(self, evenness: float) -> tuple[tuple[tuple[str, str], ...], tuple[float, ...]]:
        """Return all pairs of states with the share of articles that each gets.

        ``evenness`` from 0 to 1: the larger a collection, the more of it is about the less known.
        """
        power = 1.0 - 0.6 * evenness
        found = tuple(combinations(self.states, 2))
        shares = [(self.weight[a] * self.weight[b]) ** power for a, b in found]
        whole = sum(shares)
        busiest = 0.15 * (1.0 - 0.7 * evenness)
        return found, tuple(
            busiest if pair == BUSY else share / whole for pair, share in zip(found, shares, strict=True)
        )


def world_of(store: Store) -> World:
    """Read the pools from a base's default graph."""
    tenures: dict[str, list[Tenure]] = defaultdict(list)
    roles: dict[str, dict[str, str]] = defaultdict(dict)
    for person, code, role, since, until in _rows(store, _TENURES):
        tenures[code].append(Tenure(person, role, since, until or "9999"))
        roles[person][code] = role
    facilities, places = _by_state(store, _FACILITIES), _by_state(store, _PLACES)
    leaders = {code for code, held in tenures.items() if any(t.role in LEADING for t in held)}
    states = tuple(sorted(leaders))
    hardware = _by_state(store, _HARDWARE)
    office_of = {office: (code, role) for office, code, role in _rows(store, _OFFICES)}
    home = {thing: code for code, thing in (*_rows(store, _LYING), *_rows(store, _HARDWARE))}
    home |= {person: code for code, person in _rows(store, _NATIONALITIES)}
    home |= {person: next(reversed(held)) for person, held in roles.items() if person not in home}
    return World(
        states=states,
        weight={code: 1 + len(facilities.get(code, ())) for code in states},
        tenures={code: tuple(tenures[code]) for code in states},
        roles=dict(roles),
        facilities=facilities,
        places=places,
        within=dict(_rows(store, _WITHIN)),  # type: ignore[arg-type]
        hardware=hardware,
        vessels=tuple(row[0] for row in _rows(store, _VESSELS)),
        offices={where: office for office, where in reversed(office_of.items())},
        office_of=office_of,
        outlets=tuple(row[0] for row in _rows(store, _OUTLETS)),
        home=home,
        labels=dict(_rows(store, _LABELS)),  # type: ignore[arg-type]
        events=tuple(row[0] for row in _rows(store, _EVENTS)),
    )


def _by_state(store: Store, query: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, thing in _rows(store, query):
        found[code].append(thing)
    return {code: tuple(things) for code, things in found.items()}


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(sparql_prologue() + query)
    assert isinstance(found, QuerySolutions)
    return sorted({tuple(_text(term) for term in row) for row in found})


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


_CODE: Final = "BIND(STRAFTER(STR(?state), STR(state:)) AS ?code)"
_TENURES: Final = f"""SELECT ?holder ?code ?role ?since ?till {{
  ?tenure lg:holder ?holder ; lg:office ?office ; lg:certainFrom ?since .
  ?office lg:ofState ?state ; lg:officeRole ?r . OPTIONAL {{ ?tenure lg:certainUntil ?till }} {_CODE}
  BIND(STRAFTER(STR(?r), STR(lg:)) AS ?role) }}"""
_FACILITIES: Final = f"""SELECT ?code ?thing {{ ?thing lg:inState ?state {_CODE}
  FILTER(STRSTARTS(STR(?thing), STR(fac:)) && !CONTAINS(STR(?thing), "/x-")) }}"""
_PLACES: Final = f"""SELECT ?code ?thing {{ ?thing lg:inState ?state {_CODE}
  FILTER(STRSTARTS(STR(?thing), STR(place:)) && !CONTAINS(STR(?thing), "/x-")) }}"""
_LYING: Final = f"SELECT ?code ?thing {{ ?thing lg:inState ?state {_CODE} }}"
_HARDWARE: Final = f"SELECT ?code ?thing {{ ?thing lg:stateOfOrigin ?state {_CODE} }}"
_VESSELS: Final = """SELECT ?thing { ?thing a ?class . ?class rdfs:subClassOf* lg:Site
  FILTER(STRSTARTS(STR(?thing), STR(hw:))) }"""
_NATIONALITIES: Final = f"SELECT ?code ?person {{ ?person lg:nationality ?state {_CODE} }}"
_OFFICES: Final = f"""SELECT ?office ?code ?role {{ ?office lg:ofState ?state ; lg:officeRole ?r {_CODE}
  BIND(STRAFTER(STR(?r), STR(lg:)) AS ?role) FILTER(!CONTAINS(STR(?office), "/x-")) }}"""
_WITHIN: Final = """SELECT ?thing ?place { ?thing lg:locatedIn ?place
  FILTER(STRSTARTS(STR(?thing), STR(fac:)) && STRSTARTS(STR(?place), STR(place:))) }"""
_OUTLETS: Final = """SELECT ?name { ?outlet a ?class ; rdfs:label ?label .
  ?class rdfs:subClassOf* lg:Outlet
  FILTER(LANG(?label) = "en") BIND(STR(?label) AS ?name) }"""
_EVENTS: Final = "SELECT ?event { ?event lg:kind ?kind } LIMIT 1000"
_LABELS: Final = f"""SELECT ?code ?name {{ ?state rdfs:label ?label {_CODE}
  FILTER(STRSTARTS(STR(?state), STR(state:)) && LANG(?label) = "en") BIND(STR(?label) AS ?name) }}"""
