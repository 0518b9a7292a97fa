"""Whether a thing may be shown, and in which forms; what was merged or retired is gone, not unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pyoxigraph import NamedNode

from api.http.addresses import short
from api.linked_data.forms import ALL, HTML, Form
from api.presentation.privacy import AWAITS_REVIEW, held_with
from api.querying.rows import texts
from api.things.events import support
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


def forms_of(store: Store, iri: str) -> Sequence[Form]:
    """Return the forms in which a thing has documents.

    What is no fact has a page alone: plain triples of a plan would be read as facts elsewhere. Raises Gone
    for what was retired or merged, NotFound for what is unknown or may not be shown yet.
    """
    node = {"thing": NamedNode(iri)}
    if not iri.startswith(LG):  # a term out of use keeps its page
        _refuse_retired(store, iri)
    if store.ask(_SAID, bindings=node):
        refuse_held(store, iri)
        return ALL
    if store.ask(_ASIDE, bindings=node):
        refuse_held(store, iri)
        return (HTML,)
    _refuse_merged(store, iri)
    if store.ask(_REFERRED, bindings=node):
        refuse_held(store, iri)
        return (HTML,)
    raise NotFound("nothing is known of it", place=short(iri), repair="Ask /sparql what there is")


def refuse_held(store: Store, iri: str, *, asked: str = "") -> None:
    """Raise NotFound for a claim, a part of one, or an event that may not be shown before review.

    ``asked`` is what the client named, where that is not the thing itself.
    """
    if held_with(store, iri) or support(store, NamedNode(iri)).all_held:
        raise NotFound(AWAITS_REVIEW, place=short(asked or iri), repair="Come back after that")


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
