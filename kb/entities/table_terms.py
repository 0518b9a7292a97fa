"""What the ontology says that a table needs: which properties may be a column, and what their cells hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kb.namespaces import LG, expand, shorten
from kb.terms import iri

CLASS: Final = "rdf:type"
LABEL: Final = "rdfs:label"
OTHER_NAME: Final = "skos:altLabel"
SOURCE: Final = "dct:source"
ITEM: Final = "lg:wikidata"
_LINKS: Final = frozenset({CLASS, SOURCE, "dct:isReplacedBy"})
"""Properties that lead to things, beside those that the ontology declares so."""
_TAGGED: Final = frozenset(
    {
        LABEL,
        OTHER_NAME,
        "skos:note",
        "skos:scopeNote",
        "skos:definition",
        "dct:title",
        "dct:description",
        "lg:shortForm",
        "lg:demonym",
        "lg:nameText",
        "lg:formText",
        "lg:decidedBy",
        "lg:description",
        "lg:retirementReason",
    }
)
"""Properties whose texts are in some language."""
NAMES: Final = frozenset({LABEL, OTHER_NAME, "lg:shortForm", "lg:demonym", "lg:nameText", "lg:formText"})
"""Properties whose texts are forms of a name."""
_DATATYPES: Final = {
    "geo:lat": "decimal",
    "geo:long": "decimal",
    "dct:date": "date",
    "owl:deprecated": "boolean",
}
"""Where the ontology declares no range."""
_SINGLE: Final = frozenset({"lg:from", "lg:until", "geo:lat", "geo:long", "dct:date", "dct:title", ITEM})
RETIRING: Final = frozenset({"owl:deprecated", "lg:retiredOn", "lg:retirementReason", "dct:isReplacedBy"})
"""What only retiring states."""
_KINDS: Final = frozenset({"owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"})
_PLAIN: Final = frozenset({"owl:deprecated", "dct:source", "dct:isReplacedBy", "skos:note"})
"""Not ours, and allowed whether or not a module declares them."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property as a column."""

    curie: str
    links: bool
    """Its cells hold CURIEs."""
    tagged: bool
    """Its texts have a language."""
    datatype: str
    """Local name in xsd:, "string" for plain texts, empty for links and tagged texts."""
    edtf: bool
    single: bool
    """One value for an entity; of tagged texts one for each language."""
    of_events: bool
    """Only events have it, and only texts may state events."""
    domain: tuple[str, ...]
    """Classes that a thing must have each of, as CURIEs."""
    ranges: tuple[str, ...]

    @property
    def node(self) -> NamedNode:
        """Return the property's IRI."""
        return iri(self.curie)

    @property
    def short(self) -> str:
        """Return the name of its column, without a language."""
        return "a" if self.curie == CLASS else self.curie.removeprefix("lg:")


class Ontology:
    """The properties, classes and individuals of an ontology, by CURIE."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if isinstance(triple.subject, NamedNode):
                name = shorten(triple.predicate.value) or triple.predicate.value
                self._said[_curie(triple.subject)][name].append(_value(triple.object))
        self.classes = {
            name
            for name, said in self._said.items()
            if "owl:Class" in said[CLASS] and name.startswith("lg:") and ".well-known" not in name
        }
        self._above: dict[str, frozenset[str]] = {}
        self.properties = {name: self._property(name) for name in self._names()}

    def individuals(self) -> dict[str, set[str]]:
        """Return the ontology's own things, such as lg:HeadOfState, each with its classes."""
        return {
            name: classes
            for name, said in self._said.items()
            if (classes := {one for one in said[CLASS] if one in self.classes})
        }

    def above(self, name: str) -> frozenset[str]:
        """Return a class (or a property) and all that stand above it."""
        if name not in self._above:
            seen, queue = {name}, [name]
            while queue:
                said = self._said.get(queue.pop(), {})
                fresh = {*said.get("rdfs:subClassOf", ()), *said.get("rdfs:subPropertyOf", ())} - seen
                seen |= fresh
                queue.extend(fresh)
            self._above[name] = frozenset(seen)
        return self._above[name]

    def fits(self, classes: Iterable[str], wanted: str) -> bool:
        """Tell whether one of these classes is a class or stands below it."""
        return any(wanted in self.above(one) for one in classes)

    def _names(self) -> set[str]:
        declared = {name for name, said in self._said.items() if _KINDS & set(said[CLASS])}
        return declared | _PLAIN | {CLASS, LABEL, OTHER_NAME}

    def _property(self, name: str) -> Property:
        said = self._said.get(name, {})
        ranges = [one for one in said.get("rdfs:range", ()) if one in self.classes or one.startswith("xsd:")]
        typed = next((one.removeprefix("xsd:") for one in ranges if one.startswith("xsd:")), "")
        links = name in _LINKS or "owl:ObjectProperty" in said.get(CLASS, ())
        tagged = not links and (name in _TAGGED or "rdf:langString" in said.get("rdfs:range", ()))
        return Property(
            curie=name,
            links=links,
            tagged=tagged,
            datatype="" if links or tagged else typed or _DATATYPES.get(name, "string"),
            edtf=any("EDTF" in words for words in said.get("skos:definition", ())),
            single=name in _SINGLE or name == LABEL or "owl:FunctionalProperty" in said.get(CLASS, ()),
            of_events=bool({"lg:eventProperty", "lg:eventValue"} & self.above(name)),
            domain=tuple(one for one in said.get("rdfs:domain", ()) if one in self.classes),
            ranges=tuple(one for one in ranges if one in self.classes),
        )


def column_name(column: str) -> str:
    """Return the CURIE that a column's name without language stands for."""
    if column == "a":
        return CLASS
    return column if ":" in column else f"lg:{column}"


def is_ours(curie: str) -> bool:
    """Tell whether a CURIE is a term of Legation's vocabulary."""
    try:
        return expand(curie).startswith(LG)
    except KeyError:
        return False


def _curie(node: NamedNode) -> str:
    return shorten(node.value) or node.value


def _value(term: object) -> str:
    if isinstance(term, NamedNode):
        return _curie(term)
    return term.value if isinstance(term, Literal) else str(term)
