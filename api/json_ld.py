"""Triples as compact JSON-LD with the context written out: nobody has to fetch one from anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from kb.namespaces import PREFIXES

SCHEMA: Final = "https://schema.org/"
_KNOWN: Final = {**PREFIXES, "schema": SCHEMA}
_TYPE: Final = PREFIXES["rdf"] + "type"
_STRING: Final = PREFIXES["xsd"] + "string"
_UNSAFE: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

Node = dict[str, Any]


def compact(triples: Iterable[Triple]) -> Node:
    """Return triples as one JSON-LD document: a node where they have one subject, else a graph of nodes.

    Properties, classes and datatypes have short names; things are named in full. Blank nodes are kept.
    """
    nodes: dict[str, Node] = {}
    used: dict[str, str] = {}
    for triple in sorted(triples, key=str):
        subject = _id(triple.subject)
        node = nodes.setdefault(subject, {"@id": subject})
        key, value = _pair(triple, used)
        held = node.get(key)
        node[key] = value if held is None else [*(held if isinstance(held, list) else [held]), value]
    context = {"@context": dict(sorted(used.items()))}
    if len(nodes) == 1:
        return context | next(iter(nodes.values()))
    return context | {"@graph": list(nodes.values())}


def data_block(document: Mapping[str, Any]) -> str:
    """Return JSON that may stand inside a script element: nothing in it can end the element or a line."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _pair(triple: Triple, used: dict[str, str]) -> tuple[str, Any]:
    if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
        return "@type", _short(triple.object.value, used)
    return _short(triple.predicate.value, used), _value(triple.object, used)


def _value(term: object, used: dict[str, str]) -> Any:
    if not isinstance(term, Literal):
        return {"@id": _id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return term.value
    return {"@value": term.value, "@type": _short(term.datatype.value, used)}


def _id(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _short(iri: str, used: dict[str, str]) -> str:
    """Return an IRI's short name, and note its prefix; the IRI itself where no prefix fits."""
    fitting = [(name, prefix) for prefix, name in _KNOWN.items() if iri.startswith(name) and iri != name]
    if not fitting:
        return iri
    namespace, prefix = max(fitting, key=lambda pair: len(pair[0]))
    if iri[len(namespace) :].startswith("//"):  # JSON-LD reads "a://b" as an address
        return iri
    used[prefix] = namespace
    return f"{prefix}:{iri[len(namespace) :]}"
