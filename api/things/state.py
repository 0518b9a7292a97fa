"""Whether a thing may be shown, and in which forms; what was merged or retired is gone, not unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.http.addresses import short
from api.linked_data.forms import ALL, HTML, Form
from api.presentation.privacy import AWAITS_REVIEW, held_with
from api.querying.rows import texts
from api.things.events import Happenings, support
from kb.errors import Gone, NotFound
from kb.namespaces import LG
from kb.store import Store

_RETIRED: Final = """
SELECT ?successor ?on ?reason ?name WHERE {
  ?thing owl:deprecated true .
  OPTIONAL { ?thing lg:retiredOn ?on }
  OPTIONAL { ?thing dct:isReplacedBy ?successor }
  OPTIONAL { ?thing lg:retirementReason ?reason }
  OPTIONAL { ?thing rdfs:label ?name FILTER(LANG(?name) IN ("en", "")) }
} ORDER BY ?successor LIMIT 1
"""
_MERGED: Final = """
SELECT ?successor WHERE { GRAPH g:meta { ?thing lg:redirectedTo ?successor } } ORDER BY ?successor LIMIT 1
"""
_SAID: Final = "ASK { ?thing ?property ?value }"
_ASIDE: Final = """
ASK { VALUES ?graph { g:prospective g:alleged g:contested } GRAPH ?graph { ?thing ?property ?value } }
"""
_REFERRED: Final = "ASK { ?other ?property ?thing }"


@dataclass(frozen=True, slots=True)
class State:
    """What may be shown of a thing."""

    forms: Sequence[Form]
    """Those in which it has documents: what is no fact has a page alone, for elsewhere plain triples of a
    plan would be read as facts."""
    support: Happenings
    """For an event: the claims that it rests on, and those that deny it."""


def state_of(store: Store, iri: str) -> State:
    """Return what may be shown of a thing.

    Raises Gone for what was retired or merged, NotFound for what is unknown or may not be shown yet.
    """
    node = {"thing": NamedNode(iri)}
    if not iri.startswith(LG):  # a term out of use keeps its page
        _refuse_retired(store, iri)
    if store.ask(_SAID, bindings=node):
        return State(ALL, refuse_held(store, iri))
    if store.ask(_ASIDE, bindings=node):
        return State((HTML,), refuse_held(store, iri))
    _refuse_merged(store, iri)
    if store.ask(_REFERRED, bindings=node):
        return State((HTML,), refuse_held(store, iri))
    raise NotFound("nothing is known of it", place=short(iri), repair="Ask /sparql what there is")


def refuse_held(store: Store, iri: str, *, asked: str = "") -> Happenings:
    """Return the claims that a thing rests on, if it is an event.

    Raises NotFound for a claim, a part of one, or an event that may not be shown before review; ``asked`` is
    what the client named, where that is not the thing itself.
    """
    told = support(store, NamedNode(iri))
    if told.all_held or held_with(store, iri):
        raise NotFound(AWAITS_REVIEW, place=short(asked or iri), repair="Come back after that")
    return told


def _refuse_retired(store: Store, iri: str) -> None:
    for row in texts(store, _RETIRED, thing=NamedNode(iri)):
        place = f"{row['name']} ({short(iri)})" if "name" in row else short(iri)
        when = f" on {row['on']}" if "on" in row else ""
        reason = f": {row['reason']}" if "reason" in row else ""
        raise Gone(f"it was taken out of use{when}{reason}", place=place, successor=row.get("successor"))


def _refuse_merged(store: Store, iri: str) -> None:
    for row in texts(store, _MERGED, thing=NamedNode(iri)):
        refuse_held(store, row["successor"], asked=iri)
        problem = "it turned out to be one with another, whose identifier stands for both"
        raise Gone(problem, place=short(iri), successor=row["successor"])
