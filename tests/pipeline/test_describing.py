"""What a base tells of itself is made from what it holds, and stays apart from it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kb.checks import load_for_checks
from kb.checks.hygiene import check_hygiene
from kb.checks.shapes import check_shapes
from kb.namespaces import PREFIXES
from kb.pipeline import build
from kb.pipeline.describing import describe
from kb.pipeline.partitions import Partition, as_void, local_name, partitions_of
from kb.settings import Settings
from kb.store import open_store
from kb.terms import RDF_TYPE, Triple, graph, iri, lg, text
from tests.world import world

ADA, BO, ALPINIA = iri("person:ada"), iri("person:bo"), iri("state:XAL")
DATA = [
    Triple(ADA, RDF_TYPE, lg("Person")),
    Triple(BO, RDF_TYPE, lg("Person")),
    Triple(ALPINIA, RDF_TYPE, lg("State")),
    Triple(ADA, lg("nationality"), ALPINIA),
    Triple(ADA, iri("rdfs:label"), text("Ada", "en")),
    Triple(BO, iri("rdfs:label"), text("Bo", "en")),
    Triple(BO, lg("nationality"), iri("state:XZZ")),
]


def test_partitions_count_members_statements_and_kinds_of_values() -> None:
    found = {(part.of, part.property): part for part in partitions_of(DATA)}
    person, label = lg("Person").value, iri("rdfs:label").value
    assert found[person, ""].entities == 2
    assert found[person, label].triples == 2
    assert found[person, label].datatypes == (PREFIXES["rdf"] + "langString",)
    nationality = found[person, lg("nationality").value]
    assert (nationality.triples, nationality.classes) == (2, (lg("State").value,))
    assert found[lg("State").value, ""].entities == 1


def test_two_classes_of_one_local_name_are_two_partitions() -> None:
    names = ["http://example.org/C", "http://example.com/C", "http://example.org/a#C", lg("C").value]
    assert len({local_name(name) for name in names}) == len(names)
    parts = [Partition(name, entities=1) for name in names]
    assert len({triple.subject for triple in as_void("http://x.example/#d", parts)}) == len(names) + 1


def test_the_description_has_no_blank_node_and_says_the_same_each_time() -> None:
    first = describe(world().ontology, world().reference)
    assert first == describe(world().ontology, world().reference)
    assert not [triple for triple in first if isinstance(triple.subject, ox.BlankNode | ox.Triple)]
    assert not [triple for triple in first if isinstance(triple.object, ox.BlankNode)]


def test_a_built_base_tells_of_itself_in_a_graph_that_is_asked(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        build(store, world())
        told = store.graph(graph("description"))
        assert told == describe(world().ontology, world().reference)
        assert told <= store.default_graph()
        assert not told & store.graph(graph("ontology"))
        before = store.version()
        build(store, world())
        assert store.version() == before


def test_the_checks_find_nothing_wrong_in_the_description(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "store"))
    with open_store(settings.store, settings) as store:
        build(store, world())
        told = {str(triple.subject) for triple in store.graph(graph("description"))}
    data = load_for_checks(settings)
    found = check_shapes(data).joined(check_hygiene(data)).findings
    assert not [each for each in found if f"<{each.subject}>" in told or "void" in each.subject]
