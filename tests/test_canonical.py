"""The canonical writer: the same triples give the same bytes, and nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef

from kb.canonical import canonical_text, canonical_turtle, check_files, format_file
from kb.errors import BadReference
from kb.namespaces import PREFIXES
from kb.resources import turtle_files

XSD = URIRef(PREFIXES["xsd"])
NAMES = st.sampled_from(
    ["state/PRK", "person/kim-jong-un", "place/x-0a.b", "fac/", "hardware/a(b)", "odd#name", "w%C3%A9"]
)
IRIS = NAMES.map(lambda name: URIRef("https://w3id.org/legation/" + name)) | st.sampled_from(
    [URIRef("http://example.org/elsewhere"), URIRef(PREFIXES["wd"] + "Q42")]
)
PREDICATES = st.sampled_from([URIRef(PREFIXES["lg"] + name) for name in ("visitor", "from", "seats")])
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LITERALS = (
    WORDS.map(Literal)
    | st.builds(Literal, WORDS, lang=st.sampled_from(["en", "ko", "ru", "zh-latn"]))
    | st.sampled_from(["1", "01", "+5", "-0"]).map(
        lambda n: Literal(n, datatype=XSD + "integer", normalize=False)
    )
    | st.sampled_from(["1.50", "5", "-.5"]).map(
        lambda n: Literal(n, datatype=XSD + "decimal", normalize=False)
    )
    | st.sampled_from(["true", "1"]).map(lambda n: Literal(n, datatype=XSD + "boolean", normalize=False))
    | st.sampled_from(["2002", "junk"]).map(lambda n: Literal(n, datatype=XSD + "gYear", normalize=False))
    | st.sampled_from(["2e0", "NaN"]).map(lambda n: Literal(n, datatype=XSD + "double", normalize=False))
)
BLANKS = st.integers(0, 3).map(lambda n: BNode(f"b{n}"))
TRIPLES = st.lists(st.tuples(IRIS | BLANKS, PREDICATES, IRIS | BLANKS | LITERALS), max_size=14)


def graph_of(triples: list[tuple[URIRef | BNode, URIRef, URIRef | BNode | Literal]]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    return graph


def content(text: str, format: ox.RdfFormat) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.parse(text, format=format))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@settings(deadline=None)
@given(TRIPLES, st.randoms())
def test_the_order_of_triples_does_not_show(
    triples: list[tuple[URIRef, URIRef, URIRef]], random: object
) -> None:
    shuffled = list(triples)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert canonical_turtle(graph_of(triples)) == canonical_turtle(graph_of(shuffled))  # type: ignore[arg-type]


@settings(deadline=None)
@given(TRIPLES)
def test_writing_what_was_written_changes_nothing(triples: list[tuple[URIRef, URIRef, URIRef]]) -> None:
    once = canonical_turtle(graph_of(triples))  # type: ignore[arg-type]
    assert canonical_text(once, "once") == once


@settings(deadline=None)
@given(TRIPLES)
def test_no_triple_and_no_spelling_is_lost(triples: list[tuple[URIRef, URIRef, URIRef]]) -> None:
    graph = graph_of(triples)  # type: ignore[arg-type]
    lines = graph.serialize(format="nt")
    assert content(canonical_turtle(graph), ox.RdfFormat.TURTLE) == content(lines, ox.RdfFormat.N_TRIPLES)


def test_only_prefixes_that_are_used_are_declared() -> None:
    graph = graph_of(
        [
            (
                URIRef(PREFIXES["state"] + "PRK"),
                URIRef(PREFIXES["rdfs"] + "label"),
                Literal("North Korea", lang="en"),
            )
        ]
    )
    assert canonical_turtle(graph) == (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        "PREFIX state: <https://w3id.org/legation/state/>\n\n"
        'state:PRK\n    rdfs:label "North Korea"@en ;\n.\n'
    )


def test_an_ontology_header_comes_before_its_terms() -> None:
    text = "<urn:b> a <urn:C> . <urn:z> a <http://www.w3.org/2002/07/owl#Ontology> ."
    assert canonical_text(text, "t").index("urn:z") < canonical_text(text, "t").index("urn:b")


def test_a_predicate_without_a_prefix_is_refused_by_name() -> None:
    with pytest.raises(BadReference, match=r"urn:p.*Add its prefix"):
        canonical_text("<urn:a> <urn:p> <urn:b> .", "t")


def test_a_comment_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text('<urn:a#b> a "no # comment" ,\n """nor # "this" """ .\n# lost\n')
    with pytest.raises(BadReference, match=r"a\.ttl:3: a comment would be lost"):
        format_file(file)
    assert "# lost" in file.read_text()


def test_what_is_not_turtle_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("state:PRK a .")
    with pytest.raises(BadReference, match="not Turtle"):
        format_file(file)
    assert file.read_text() == "state:PRK a ."


def test_what_is_not_utf8_is_refused_with_its_byte(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b'<urn:a> a "\xe9" .')
    with pytest.raises(BadReference, match="not UTF-8 at byte 11"):
        check_files([file])


def test_lines_that_end_in_another_way_are_not_canonical(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(canonical_text("<urn:a> a <urn:B> .", "t").replace("\n", "\r\n").encode())
    assert check_files([file]) == [file]
    assert format_file(file)
    assert b"\r" not in file.read_bytes()


def test_formatting_a_file_says_whether_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<urn:a> a <urn:B>.")
    assert check_files([file]) == [file]
    assert format_file(file)
    assert not format_file(file)
    assert check_files([file]) == []
    assert list(tmp_path.iterdir()) == [file]


def test_checking_no_file_at_all_is_an_error() -> None:
    with pytest.raises(BadReference, match="no Turtle file"):
        check_files([])


def test_every_turtle_file_of_the_project_is_canonical() -> None:
    assert check_files(turtle_files()) == []
