"""The reference data as plain dictionaries, for tests that look at all of it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from pyoxigraph import Literal, NamedNode

from kb.namespaces import shorten
from kb.reference import reference_triples


@cache
def statements() -> dict[str, dict[str, set[NamedNode | Literal]]]:
    """Return the values of each subject by predicate, both as CURIEs."""
    found: dict[str, dict[str, set[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(set))
    for triple in reference_triples():
        assert isinstance(triple.subject, NamedNode), f"blank subject in {triple}"
        assert isinstance(triple.object, NamedNode | Literal), f"blank object in {triple}"
        found[curie(triple.subject)][curie(triple.predicate)].add(triple.object)
    return {subject: dict(values) for subject, values in found.items()}


def curie(node: NamedNode) -> str:
    """Return a node's CURIE, its IRI where no prefix fits."""
    return shorten(node.value) or node.value


def linked(subject: str, predicate: str) -> set[str]:
    """Return the CURIEs that a property leads to."""
    return {curie(node) for node in statements()[subject].get(predicate, ()) if isinstance(node, NamedNode)}


def texts(subject: str, predicate: str, language: str | None = None) -> set[str]:
    """Return a property's literals, of one language where one is given."""
    return {
        value.value
        for value in statements()[subject].get(predicate, ())
        if isinstance(value, Literal) and (language is None or value.language == language)
    }


def of_kind(prefix: str) -> set[str]:
    """Return the subjects of a prefix: of_kind("person")."""
    return {subject for subject in statements() if subject.startswith(f"{prefix}:")}
