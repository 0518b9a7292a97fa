"""Tables in TSV are read as the library reads them, and a term that comes again is one object."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    Triple,
    parse_query_results,
)

from kb.store.interface import Term
from kb.store.tsv import Row, table
from tests.store.world import node

XSD = "http://www.w3.org/2001/XMLSchema#"
TRAPS = [
    "",
    "05",
    "1.0",
    "1e3",
    "true",
    "+1",
    "-0",
    "\t",
    'a\tb\n"',
    "\\",
    "\\t",
    "?x",
    "<a>",
    "_:b",
    "\r",
    "\u2028",
]
KINDS = ["integer", "decimal", "double", "boolean", "date", "string", "gYear", "int"]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(TRAPS)
terms: st.SearchStrategy[Term | None] = st.one_of(
    st.none(),
    texts.map(Literal),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(XSD + kind)), texts, st.sampled_from(KINDS)
    ),
    texts.map(lambda text: Literal(text, language="en-gb")),
    st.sampled_from(["https://e.example/a", "https://e.example/%20b(c)", "urn:x:é", "urn:x:𝔘"]).map(
        NamedNode
    ),
)


def written(rows: list[tuple[Term | None, ...]]) -> bytes:
    every = (f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows)
    found = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {' '.join(every)} }} }}")
    assert isinstance(found, QuerySolutions)
    content = found.serialize(format=QueryResultsFormat.TSV)
    assert content is not None
    return content


def by_the_library(content: bytes) -> tuple[Row, ...]:
    found = parse_query_results(content, format=QueryResultsFormat.TSV)
    assert isinstance(found, QuerySolutions)
    return tuple(tuple(row) for row in found)


@given(st.lists(st.tuples(terms, terms), max_size=5))
def test_every_table_is_read_as_the_library_reads_it(rows: list[tuple[Term | None, ...]]) -> None:
    content = written(rows)
    assert table(content) == (("a", "b"), by_the_library(content))
    assert len(by_the_library(content)) == len(rows)


def test_a_term_that_comes_again_is_one_object() -> None:
    _, rows = table(written([(Literal("x"), node("y")), (Literal("x"), node("y"))]))
    assert rows[0][0] is rows[1][0]
    assert rows[0][1] is rows[1][1]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"?a\n", (("a",), ())),
        (b"?a\n\n1\n", (("a",), ((None,), (Literal(1),)))),
        (b"\n\n\n", ((), ((), ()))),
    ],
)
def test_small_tables_keep_their_rows(content: bytes, expected: object) -> None:
    assert table(content) == expected


@pytest.mark.parametrize("content", [b'?a\n"open\n', b"?a\n<not an iri>\n", b"?a\n\xff\n"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises((SyntaxError, ValueError)):
        table(content)


def test_a_triple_in_a_cell_is_left_to_the_library() -> None:
    _, [[term]] = table(b'?a\n<<( <a:b> <c:d> "x\\ty" )>>\n')
    assert term == Triple(NamedNode("a:b"), NamedNode("c:d"), Literal("x\ty"))
