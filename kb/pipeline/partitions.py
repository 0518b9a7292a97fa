"""What kinds of things there are and which properties they have, as partitions in VoID.

Editors of other makers complete from these: a class, the properties that its members have, and the classes or
datatypes of the values. Nodes have IRIs, because a base holds no blank node.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.namespaces import LG, shorten
from kb.reference import GENID
from kb.terms import RDF_TYPE, Triple, integer, iri

VOID: Final = "http://rdfs.org/ns/void#"
VOID_EXT: Final = "http://ldf.fi/void-ext#"


@dataclass(frozen=True, slots=True)
class Partition:
    """The members of a class, or their statements with a property; a count of None was not taken."""

    of: str
    """IRI of the class."""
    entities: int | None = None
    property: str = ""
    """IRI of the property; empty for the class itself."""
    triples: int | None = None
    classes: tuple[str, ...] = ()
    """IRIs of the values' classes."""
    datatypes: tuple[str, ...] = ()


def partitions_of(triples: Iterable[Triple]) -> list[Partition]:
    """Return the partitions of some triples by our own classes, each with its counts, in a fixed order."""
    every = list(triples)
    kinds: dict[object, list[str]] = defaultdict(list)
    for triple in every:
        kind = triple.object
        if triple.predicate == RDF_TYPE and isinstance(kind, NamedNode) and kind.value.startswith(LG):
            kinds[triple.subject].append(kind.value)
    counts: Counter[tuple[str, str]] = Counter()
    classes: dict[tuple[str, str], set[str]] = defaultdict(set)
    datatypes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for triple in every:
        for of in kinds.get(triple.subject, ()):
            key = of, triple.predicate.value
            counts[key] += 1
            if isinstance(triple.object, Literal):
                datatypes[key].add(triple.object.datatype.value)
            else:
                classes[key].update(kinds.get(triple.object, ()))
    members = Counter(kind for each in kinds.values() for kind in each)
    found = [Partition(kind, entities=number) for kind, number in members.items()]
    found += [
        Partition(
            of, None, name, number, tuple(sorted(classes[of, name])), tuple(sorted(datatypes[of, name]))
        )
        for (of, name), number in counts.items()
    ]
    return sorted(found, key=lambda each: (each.of, each.property))


def as_void(dataset: str, partitions: Iterable[Partition]) -> Iterator[Triple]:
    """Yield the triples that describe the partitions of a dataset, whose IRI ends in ``#name``."""
    name = dataset.rpartition("#")[2]
    for each in partitions:
        part = NamedNode(f"{GENID}void-{name}-{local_name(each.of)}")
        if not each.property:
            yield Triple(NamedNode(dataset), _void("classPartition"), part)
            yield Triple(part, _void("class"), NamedNode(each.of))
            yield from _count(part, "entities", each.entities)
            continue
        inner = NamedNode(f"{part.value}.{local_name(each.property)}")
        yield Triple(part, _void("propertyPartition"), inner)
        yield Triple(inner, _void("property"), NamedNode(each.property))
        yield from _count(inner, "triples", each.triples)
        for target, named, values in (
            (_void("classPartition"), _void("class"), each.classes),
            (NamedNode(VOID_EXT + "datatypePartition"), NamedNode(VOID_EXT + "datatype"), each.datatypes),
        ):
            for value in values:
                node = NamedNode(f"{inner.value}.{local_name(value)}")
                yield Triple(inner, target, node)
                yield Triple(node, named, NamedNode(value))


def declared(ontology: Iterable[Triple], properties: Mapping[str, Iterable[str]]) -> list[Partition]:
    """Return the partitions of classes by the properties given, with the ranges that the ontology declares.

    Nothing is counted.
    """
    ranges: dict[str, set[str]] = defaultdict(set)
    for name, kind in links(ontology, "rdfs:range"):
        ranges[name].add(kind)
    found = [Partition(kind) for kind in properties]
    for kind, names in properties.items():
        for name in names:
            ours = tuple(sorted(each for each in ranges[name] if each.startswith(LG)))
            others = tuple(sorted(each for each in ranges[name] if "XMLSchema#" in each))
            found.append(Partition(kind, property=name, classes=ours, datatypes=others))
    return sorted(found, key=lambda each: (each.of, each.property))


def links(triples: Iterable[Triple], property_: str) -> Iterator[tuple[str, str]]:
    """Yield what a property (a CURIE) links, as pairs of IRIs."""
    for triple in triples:
        one, other = triple.subject, triple.object
        if triple.predicate == iri(property_) and isinstance(one, NamedNode) and isinstance(other, NamedNode):
            yield one.value, other.value


def _void(name: str) -> NamedNode:
    return NamedNode(VOID + name)


def _count(node: NamedNode, name: str, number: int | None) -> Iterator[Triple]:
    if number is not None:
        yield Triple(node, _void(name), integer(number))


def local_name(name: str) -> str:
    """Return what tells an IRI apart from all others: its local name, or a hash of one not ours."""
    known = shorten(name)
    if known is None:
        return hashlib.sha256(name.encode()).hexdigest()[:12]
    return known.removeprefix("lg:").replace(":", "_").replace("#", "_").replace("/", "_")
