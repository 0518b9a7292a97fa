"""Shapes accept a clean world, and every property shape has something that breaks it."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kb.checks.report import Finding
from kb.checks.shapes import check_shapes, shapes
from kb.errors import BadReference
from kb.namespaces import PREFIXES, shorten
from kb.reference import ontology_triples
from tests.checks.worlds import WORLDS, world

PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


def findings(turtle: str) -> list[Finding]:
    """Return what the shapes find in the clean world with some more said."""
    store = world(WORLDS / "clean.trig")
    store.load(PROLOGUE + turtle, format=ox.RdfFormat.TURTLE)
    return list(check_shapes(store).findings)


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """One property shape, with what makes a thing its target."""

    shape: str
    target_class: str | None
    target_property: str | None
    path: str

    @property
    def victim(self) -> str:
        """Return the IRI of a thing that shall break this shape."""
        return f"urn:bad:{self.shape}~{self.path}".replace("#", "/")

    @property
    def broken(self) -> str:
        """Return a thing of the target, as Turtle, with values that fit nothing."""
        target = f"a <{self.target_class}>" if self.target_class else f"<{self.target_property}> '??'"
        return f"<{self.victim}> {target} ; <{self.path}> '?!' , ' ' , 'one'@en , 'two'@en ."


def property_shapes() -> list[PropertyShape]:
    """Return every property shape of the project."""
    used = shapes()

    def target(shape: Node, kind: URIRef) -> str | None:
        found = used.value(shape, kind)
        return None if found is None else str(found)

    return [
        PropertyShape(
            str(shape),
            target(shape, SH.targetClass),
            target(shape, SH.targetSubjectsOf),
            str(used.value(inner, SH.path)),
        )
        for shape in used.subjects(RDF.type, SH.NodeShape)
        for inner in used.objects(shape, SH.property)
    ]


def test_a_clean_world_conforms() -> None:
    assert findings("") == []


def test_every_property_shape_can_be_broken() -> None:
    every = property_shapes()
    found = findings("\n".join(each.broken for each in every))
    broken = {(each.subject, each.message.partition(": ")[0]) for each in found}
    assert [each for each in every if (each.victim, shorten(each.path)) not in broken] == []
    assert len(every) > 80


@pytest.mark.parametrize(
    ("turtle", "subject", "path"),
    [
        ("state:CCC a lg:State ; rdfs:label 'Corland'@en .", "state:CCC", "lg:iso3"),
        ("state:AAA lg:iso3 'aaa' .", "state:AAA", "lg:iso3"),
        ("state:AAA rdfs:label 'Arlandia'@en .", "state:AAA", "rdfs:label"),
        ("person:di a lg:Person ; rdfs:label 'Ди'@ru .", "person:di", "rdfs:label"),
        ("tenure:bo lg:holder person:cy .", "tenure:bo", "lg:holder"),
        ("tenure:bo lg:until '2004-1' .", "tenure:bo", "lg:until"),
        ("ev:c1 lg:time '15 September 2023' .", "ev:c1", "lg:time"),
        ("ev:c1 lg:kind lg:Meeting .", "ev:c1", "lg:kind"),
        ("claim:c1 lg:claimType lg:Tank .", "claim:c1", "lg:claimType"),
        ("claim:c1 lg:modality lg:modalityPlanned .", "claim:c1", "lg:modality"),
        ("claim:c3 a lg:Claim ; lg:start 9 ; lg:end 9 .", "claim:c3", "lg:start"),
        ("state:AAA lg:wikidata wd:Q05 .", "state:AAA", "lg:wikidata"),
        ("state:BBB lg:wikidata <https://www.wikidata.org/wiki/Q5> .", "state:BBB", "lg:wikidata"),
        ("fac:mill geo:lat 1.5 ; geo:long 1.5 .", "fac:mill", "lg:coordinatePrecision"),
        ("fac:mill geo:lat 1.5 ; lg:coordinatePrecision 9 .", "fac:mill", "geo:long"),
        ("fac:mill geo:lat 91.5 ; geo:long 1.5 ; lg:coordinatePrecision 9 .", "fac:mill", "geo:lat"),
        ("place:bor a lg:Settlement ; rdfs:label 'Bor'@en .", "place:bor", "lg:locatedIn"),
        ("prod:cart lg:product hw:wheel . hw:wheel a lg:Tank .", "prod:cart", "lg:product"),
    ],
)  # fmt: skip
def test_a_record_that_breaks_a_shape_is_found(turtle: str, subject: str, path: str) -> None:
    assert (subject, path) in {(each.subject, each.message.partition(": ")[0]) for each in findings(turtle)}


@pytest.mark.parametrize(
    "edtf",
    ["2023-09-15", "2023-09", "2002", "2023-09-11/2023-09-15", "195X", "2024-22", "../2023-09-13",
     "2023-09-13/..", "2023-09-12~"],
)  # fmt: skip
def test_every_form_of_date_that_is_in_use_conforms(edtf: str) -> None:
    assert findings(f"ev:c1 lg:time '{edtf}' .") == []


def test_data_without_anything_to_look_at_is_an_error_and_not_conformant() -> None:
    store = ox.Store()
    store.load("<urn:a> <urn:b> <urn:c> .", format=ox.RdfFormat.TURTLE)
    with pytest.raises(BadReference, match="no thing in the data"):
        check_shapes(store)


def test_each_shape_has_a_target_that_the_ontology_defines() -> None:
    defined = {
        triple.subject.value for triple in ontology_triples() if isinstance(triple.subject, ox.NamedNode)
    }
    targets = {each.target_class or each.target_property for each in property_shapes()}
    ours = {name for name in targets if name and name.startswith(PREFIXES["lg"])}
    assert ours and ours <= defined
