"""Triples as compact JSON-LD with the context written out: nobody has to fetch one from anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from kb.namespaces import PREFIXES

SCHEMA: Final = "https://schema.org/"
_TYPE: Final = PREFIXES["rdf"] + "type"
_STRING: Final = PREFIXES["xsd"] + "string"
_UNSAFE: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

Node = dict[str, Any]


def compact(triples: Iterable[Triple], prefixes: Mapping[str, str] = PREFIXES) -> Node:
    """Return triples as one JSON-LD document: a node where they have one subject, else a graph of nodes.

    Properties, classes and datatypes have short names; things are named in full. Blank nodes are kept.
    """
    nodes: dict[str, Node] = {}
    names = _Names({**prefixes, "schema": SCHEMA})
    for triple in sorted(triples, key=str):
        subject = _id(triple.subject)
        node = nodes.setdefault(subject, {"@id": subject})
        key, value = _pair(triple, names)
        held = node.get(key)
        node[key] = value if held is None else [*(held if isinstance(held, list) else [held]), value]
    context = {"@context": dict(sorted(names.used.items()))}
    if len(nodes) == 1:
        return context | next(iter(nodes.values()))
    return context | {"@graph": list(nodes.values())}


def data_block(document: Mapping[str, Any]) -> str:
    """Return JSON that may stand inside a script element: nothing in it can end the element or a line."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


@dataclass(slots=True)
class _Names:
    """Short names, and the prefixes that they used."""

    prefixes: Mapping[str, str]
    used: dict[str, str] = field(default_factory=dict)

    def short(self, iri: str) -> str:
        """Return an IRI's short name; the IRI itself where no prefix fits."""
        fitting = [(name, prefix) for prefix, name in self.prefixes.items() if iri.startswith(name)]
        if not fitting:
            return iri
        namespace, prefix = max(fitting, key=lambda pair: len(pair[0]))
        if iri[len(namespace) :].startswith("//"):  # JSON-LD reads "a://b" as an address
            return iri
        self.used[prefix] = namespace
        return f"{prefix}:{iri[len(namespace) :]}"


def _pair(triple: Triple, names: _Names) -> tuple[str, Any]:
    if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
        return "@type", names.short(triple.object.value)
    return names.short(triple.predicate.value), _value(triple.object, names)


def _value(term: object, names: _Names) -> Any:
    if not isinstance(term, Literal):
        return {"@id": _id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return term.value
    return {"@value": term.value, "@type": names.short(term.datatype.value)}


def _id(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
