"""What a thing's page shows, gathered from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from api.http.addresses import short
from api.presentation.labels import labels
from api.things.events import Happenings, happenings
from kb.errors import NotFound
from kb.namespaces import LG, PREFIXES, sparql_prologue
from kb.queries.values import Term, plain
from kb.store import Store

Pair = tuple[Term, Term]

AGENTS: Final = ("visitor", "traveller", "party", "supplier", "sender", "shower", "stater", "sanctioner")
"""The properties that hold who did it, one for each kind of event (Visit, Arrival, …)."""
STANDINGS: Final = {"prospective": "Planned", "alleged": "Alleged", "contested": "Contested"}
"""How the name of an event begins that is no fact."""
_FIRST: Final = (
    *AGENTS,
    *("host", "recipient", "viewer", "addressee", "target"),
    *("companion", "item", "quantity", "detail", "stage", "atFacility", "atPlace", "inCountry", "time"),
    *("metBy", "vehicle", "evidenceLevel", "origins"),
)
"""What an event's page tells first: who, with whom, what, where, when, how surely. The rest by its name."""
_MOST: Final = 200
_SAID: Final = """
SELECT DISTINCT ?property ?value WHERE {
  ?thing ?property ?value FILTER(!CONTAINS(STR(?value), "/.well-known/genid/"))
} LIMIT 2000
"""
"""What has no name of its own (an axiom's parts, a list) stands in the Turtle alone."""
_SAID_ASIDE: Final = """
SELECT DISTINCT ?graph ?property ?value WHERE {
  VALUES ?graph { g:prospective g:alleged g:contested } GRAPH ?graph { ?thing ?property ?value }
} LIMIT 2000
"""
_REFERRING: Final = f"""
SELECT DISTINCT ?property ?other WHERE {{
  ?other ?property ?thing .
  FILTER NOT EXISTS {{ ?other lg:kind ?kind }}
  FILTER(isIRI(?other) && !STRSTARTS(STR(?other), STR(claim:)) && !STRSTARTS(STR(?other), STR(slot:))
    && !STRSTARTS(STR(?other), STR(evi:)) && !CONTAINS(STR(?other), "/.well-known/genid/"))
}} ORDER BY ?property ?other LIMIT {_MOST + 1}
"""
_TYPE: Final = PREFIXES["rdf"] + "type"
_NAMES: Final = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel", LG + "shortForm")
_ELSEWHERE: Final = (*_NAMES, _TYPE, LG + "supportedBy", LG + "disputedBy")
"""Shown in places of their own on the page."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value: a text with its language, or a thing with its name."""

    text: str
    iri: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """All values of one property."""

    property: Value
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """What a page shows of a thing."""

    iri: str
    name: str
    standing: str
    """"fact", or "prospective", "alleged", "contested" where nothing else is known of it."""
    classes: tuple[Value, ...]
    names: tuple[Value, ...]
    statements: tuple[Statements, ...]
    referring: tuple[Statements, ...]
    referring_more: bool
    events: Happenings
    support: Happenings
    """For an event: the claims that it rests on, and those that deny it."""


def thing_at(store: Store, iri: str, support: Happenings) -> Thing:
    """Return what is known of a thing that may be shown (see api.things.state).

    ``support`` are the claims that it rests on. Raises NotFound where nothing is known.
    """
    node = NamedNode(iri)
    standing, said = _said(store, node)
    referring = _pairs(store, _REFERRING, node)
    if not said and not referring:
        raise NotFound("nothing is known of it", place=short(iri), repair="Ask /sparql what there is")
    shown = referring[:_MOST]
    names = labels(store, _iris([*said, *shown, (node, node)]))
    return Thing(
        iri=iri,
        name=_event_name(standing, said, names) or names[iri],
        standing=standing,
        classes=tuple(_value(value, names) for name, value in said if plain(name) == _TYPE),
        names=_names(said, names[iri]),
        statements=_grouped([pair for pair in said if plain(pair[0]) not in _ELSEWHERE], names),
        referring=_grouped(shown, names),
        referring_more=len(referring) > _MOST,
        events=happenings(store, node),
        support=support,
    )


def _event_name(standing: str, said: Iterable[Pair], names: Mapping[str, str]) -> str:
    """Return what to call an event ("Visit: Kim Jong Un, 2023-09-15"); nothing for what is none.

    What is no fact says so in its name too, because names travel further than pages.
    """
    found: dict[str, list[str]] = {}
    for name, value in said:
        found.setdefault(plain(name).removeprefix(LG), []).append(plain(value))
    kinds = [kind.removeprefix(LG) for kind in found.get("kind", ())]
    agents = [names[iri] for role in AGENTS for iri in found.get(role, ())]
    told = ", ".join(sorted(agents) + found.get("time", []))
    if not kinds:
        return ""
    kind = f"{STANDINGS[standing]} {kinds[0].lower()}" if standing in STANDINGS else kinds[0]
    return f"{kind}: {told}".removesuffix(": ")


def _said(store: Store, node: NamedNode) -> tuple[str, list[Pair]]:
    """Return how a thing stands and what is said of it: as fact, else as plan, allegation or conflict."""
    said = _pairs(store, _SAID, node)
    if said:
        return "fact", said
    rows = store.select(sparql_prologue() + _SAID_ASIDE, bindings={"thing": node}).rows
    aside = [(plain(graph), (name, value)) for graph, name, value in rows if graph and name and value]
    standing = aside[0][0].removeprefix(PREFIXES["g"]) if aside else "fact"
    return standing, [pair for _, pair in aside]


def _pairs(store: Store, query: str, node: NamedNode) -> list[Pair]:
    rows = store.select(sparql_prologue() + query, bindings={"thing": node}).rows
    return [(name, value) for name, value in rows if name is not None and value is not None]


def _iris(pairs: Iterable[Pair]) -> set[str]:
    return {term.value for pair in pairs for term in pair if isinstance(term, NamedNode)}


def _names(said: Iterable[Pair], shown: str) -> tuple[Value, ...]:
    """Return the names other than the page's title, those of one language together."""
    found = {_value(value, {}) for name, value in said if plain(name) in _NAMES and plain(value) != shown}
    return tuple(sorted(found, key=lambda value: (value.language, value.text)))


def _grouped(pairs: Iterable[Pair], names: Mapping[str, str]) -> tuple[Statements, ...]:
    grouped: dict[str, list[Value]] = {}
    for name, value in pairs:
        grouped.setdefault(plain(name), []).append(_value(value, names))
    statements = (
        Statements(Value(names[name], name), tuple(sorted(values, key=lambda value: value.text)))
        for name, values in grouped.items()
    )
    return tuple(sorted(statements, key=_rank))


def _rank(statement: Statements) -> tuple[int, str]:
    name = statement.property.iri.removeprefix(LG)
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), statement.property.text)


def _value(term: Term, names: Mapping[str, str]) -> Value:
    if isinstance(term, NamedNode):
        return Value(names.get(term.value, short(term.value)), iri=term.value)
    language = term.language if isinstance(term, Literal) else None
    return Value(plain(term), language=language or "")
