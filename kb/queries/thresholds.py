"""How well the fact of a row must be attested: filters that any question about what texts say can take.

A filter is a fixed piece of SPARQL about the question's fact column, put at the end of its outermost pattern;
what the user gave is bound as a term to the piece's variable, like any other parameter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.namespaces import LG, PREFIXES
from kb.queries.parameters import Parameter, ParameterType
from kb.store.shape import shape

CLAIM: Final = "claim"
"""The fact column of a question whose rows report claims; every other told question's reports events."""

LEVELS: Final = ("AttributedOnly", "SingleSource", "Corroborated")
"""The grades of evidence, the weakest first."""

THRESHOLDS: Final = (
    Parameter(
        "min_evidence",
        ParameterType.TEXT,
        "Only facts whose evidence has at least this grade",
        "SingleSource",
        allowed=LEVELS,
    ),
    Parameter(
        "min_origins",
        ParameterType.INTEGER,
        "Only facts that at least so many independent origins report",
        "2",
        least=1,
    ),
    Parameter(
        "exclude_state_media",
        ParameterType.TEXT,
        "Whether to leave out facts that only outlets under a state's control report",
        "yes",
        allowed=("yes", "no"),
    ),
)
"""They stand beside the parameters of every question whose rows rest on words of texts."""

VARIABLES: Final = "fact_"
"""The variables of the filters begin so; a question has none that do."""

NAMES: Final = frozenset(parameter.name for parameter in THRESHOLDS)

_RANKS: Final = " ".join(f"(<{LG}{level}> {rank})" for rank, level in enumerate(LEVELS))
_XSD_INTEGER: Final = NamedNode(PREFIXES["xsd"] + "integer")

# Each step in an EXISTS of its own: Oxigraph walks a path there from whichever end it likes.
_GRADED: Final = {
    "min_evidence": f"<{LG}evidenceLevel> ?fact_level . VALUES (?fact_level ?fact_rank) {{ {_RANKS} }} "
    "FILTER(?fact_rank >= ?min_evidence)",
    "min_origins": f"<{LG}origins> ?fact_origins FILTER(?fact_origins >= ?min_origins)",
}
"""What must be said of a fact, by threshold."""
_STATE_MEDIA: Final = f"<{LG}stateMediaShare> ?fact_share FILTER(?fact_share >= 1)"
_EVENT_OF: Final = f"?fact_event <{LG}supportedBy>|<{LG}disputedBy> ?%s FILTER EXISTS {{ ?fact_event %s }}"
_UNASKED: Final = '?exclude_state_media != "yes"'
_CONTROLLED: Final = f"FILTER EXISTS {{ ?fact_outlet <{LG}stateControlled> true }}"
_CHANNEL: Final = (
    f"FILTER({_UNASKED} || !(EXISTS {{ ?%s <{LG}claimVia> ?fact_outlet {_CONTROLLED} }}"
    f" || (!EXISTS {{ ?%s <{LG}claimViaName> ?fact_via }} && EXISTS {{ ?%s <{LG}inArticle> ?fact_article"
    f" FILTER EXISTS {{ ?fact_article <{LG}outlet> ?fact_outlet {_CONTROLLED} }} }})))"
)
"""A claim stands for itself: what counts is the outlet through which its text has it, else the text's own."""


def bind_thresholds(given: Iterable[tuple[Parameter, str]]) -> dict[str, NamedNode | Literal]:
    """Return the terms of the thresholds that are given; a grade is bound as its rank.

    Raises BadParameter for a malformed one. ``exclude_state_media=no`` filters nothing and binds nothing.
    """
    terms: dict[str, NamedNode | Literal] = {}
    for parameter, text in given:
        term = parameter.read(text)
        if parameter.name == "min_evidence":
            term = Literal(str(LEVELS.index(term.value)), datatype=_XSD_INTEGER)
        if not (parameter.name == "exclude_state_media" and term.value == "no"):
            terms[parameter.name] = term
    return terms


def narrowed(sparql: str, fact: str, graphs: Iterable[str], names: Iterable[str]) -> str:
    """Return a question's query with the filters of the thresholds named, on its column ``fact``."""
    asked = frozenset(graphs)
    pieces = [
        _CHANNEL.replace("%s", fact)
        if fact == CLAIM and name == "exclude_state_media"
        else _filter(name, fact, asked)
        for name in names
    ]
    if not pieces:
        return sparql
    found = shape(sparql)
    end = found.tokens[found.tail - 1].start
    return f"{sparql[:end]} {' '.join(pieces)} {sparql[end:]}"


def _filter(name: str, fact: str, graphs: frozenset[str]) -> str:
    """Return the filter of one threshold: what is said of the fact where it stands, among facts or plans."""
    said = _GRADED.get(name, _STATE_MEDIA)
    said = _EVENT_OF % (fact, said) if fact == CLAIM else f"?{fact} {said}"
    places = []
    if "main" in graphs:
        places.append(f"EXISTS {{ {said} }}")
    if graphs - {"main"}:
        places.append(f"EXISTS {{ GRAPH ?fact_graph {{ {said} }} }}")
    either = " || ".join(places)
    return f"FILTER({either})" if name in _GRADED else f"FILTER({_UNASKED} || !({either}))"
