"""Let a user write a name where a question takes a state or a thing: find the one that bears it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.errors import BadParameter
from kb.namespaces import PREFIXES, expand, shorten
from kb.queries.parameters import Parameter, ParameterType, is_text
from kb.queries.question import Question
from kb.queries.values import plain
from kb.store import Store

_STANDS: Final = "ASK { { ?thing a ?class } UNION { GRAPH ?graph { ?thing a ?class } } }"
_BEARERS: Final = f"""
SELECT DISTINCT ?thing WHERE {{
  ?thing <{PREFIXES["rdfs"]}label>|<{PREFIXES["skos"]}altLabel> ?name .
  FILTER(LCASE(STR(?name)) = LCASE(?wanted) && STRSTARTS(STR(?thing), ?namespace))
}} ORDER BY ?thing LIMIT 9
"""
_KINDS: Final = {ParameterType.STATE: "state"}


def bind_known(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """Return a question's parameters as terms; each thing that they name stands in the store.

    Where a text is no identifier of a thing there, it is looked up as a name. Raises BadParameter when
    nothing, or more than one thing, bears it.
    """
    named = dict(given)
    for parameter in question.parameters:
        kind = _KINDS.get(parameter.type, parameter.kind)
        text = given.get(parameter.name, "").strip()
        if kind and is_text(text) and not _stands(store, parameter, text):
            named[parameter.name] = _bearer(store, parameter, kind, text)
    return question.bind(named)


def _stands(store: Store, parameter: Parameter, text: str) -> bool:
    try:
        term = parameter.read(text)
    except BadParameter:
        return False
    return store.ask(_STANDS, bindings={"thing": term})


def _bearer(store: Store, parameter: Parameter, kind: str, text: str) -> str:
    wanted = {"wanted": Literal(text), "namespace": Literal(expand(f"{kind}:"))}
    found = [plain(row[0]) for row in store.select(_BEARERS, bindings=wanted).rows]
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadParameter(
            f"nothing here is {text[:80]!r}; it takes {parameter.hint()}",
            place=parameter.name,
            repair=f"Write it like {parameter.example}",
        )
    raise BadParameter(
        f"{text[:80]!r} is the name of several",
        place=parameter.name,
        repair=f"Give one of {', '.join(shorten(iri) or iri for iri in found)}",
    )
