"""Two results are the same when only labels of blank nodes, spelling of numbers or free order differ."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from tests.conformance.answers import Quads, Rows, Unreadable, read
from tests.conformance.compare import difference
from tests.conformance.terms import Term, normal, same_cell

SRX = "xmlns='http://www.w3.org/2005/sparql-results#'"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}"))


def rows(binding: str) -> str:
    return f'{{"head": {{"vars": ["a"]}}, "results": {{"bindings": [{binding}]}}}}'


terms = st.one_of(
    st.sampled_from("ab").map(lambda name: NamedNode(f"urn:x:{name}")),
    st.sampled_from("pqr").map(BlankNode),
    st.sampled_from(["", "x", "1"]).map(Literal),
    st.none(),
)
tables = st.lists(st.tuples(terms, terms), max_size=5).map(lambda rows: Rows(("a", "b"), tuple(rows)))


def relabelled(cell: Term | None) -> Term | None:
    return BlankNode(f"other{cell.value}") if isinstance(cell, BlankNode) else cell


@settings(max_examples=60, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_labels_and_free_order_do_not_count(table: Rows, random: object) -> None:
    rows = [tuple(map(relabelled, row)) for row in table.rows]
    assert not difference(table, replace(table, rows=tuple(rows)), ordered=True)
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert not difference(table, replace(table, rows=tuple(rows)))


@settings(max_examples=60, deadline=None)
@given(tables.filter(lambda table: bool(table.rows)), st.integers(0, 99), st.integers(0, 1))
def test_one_cell_that_is_another_is_seen(table: Rows, where: int, column: int) -> None:
    rows = [list(row) for row in table.rows]
    rows[where % len(rows)][column] = Literal("neither of the others")
    assert difference(table, replace(table, rows=tuple(map(tuple, rows))))


@settings(max_examples=60, deadline=None)
@given(tables.filter(lambda table: bool(table.rows)), st.integers(0, 99))
def test_a_row_that_is_missing_or_comes_again_is_seen(table: Rows, where: int) -> None:
    place = where % len(table.rows)
    fewer = replace(table, rows=table.rows[:place] + table.rows[place + 1 :])
    assert difference(table, fewer)
    assert difference(fewer, table)
    assert difference(table, fewer, lax=True) == "" or table.rows[place] not in fewer.rows


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("1.50", "decimal"), typed("1.5", "decimal")),
        (typed("1e6", "double"), typed("1.0E6", "double")),
        (typed("+07", "int"), typed("7", "int")),
        (typed("1", "boolean"), typed("true", "boolean")),
        (Literal("hi", language="en-GB"), Literal("hi", language="en-gb")),
    ],
)  # fmt: skip
def test_terms_of_one_value_are_one(one: Term, other: Term) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("1", "integer"), typed("1", "decimal")),
        (typed("1", "integer"), Literal("1")),
        (Literal("01"), Literal("1")),
        (Literal("hi", language="en"), Literal("hi")),
        (Literal("1", datatype=NamedNode("urn:x:n")), Literal("01", datatype=NamedNode("urn:x:n"))),
    ],
)  # fmt: skip
def test_terms_of_two_values_or_types_are_two(one: Term, other: Term) -> None:
    assert normal(one) != normal(other)


def test_what_is_no_number_stays_as_it_is_written() -> None:
    wrong = typed("seven", "integer")
    assert normal(wrong) == wrong
    assert [same_cell(text) for text in ("1.0E6", "+.5", "1x", " 1", "nan", "")] == [
        "1000000", "0.5", "1x", " 1", "nan", ""
    ]  # fmt: skip


def test_a_graph_is_no_table_and_a_truth_is_neither() -> None:
    assert difference(True, Rows((), ())) == "bool was expected, Rows came"
    assert difference(Quads(frozenset()), Rows((), ())) == "Quads was expected, Rows came"


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (JSON, "{}"),
        (JSON, '{"boolean": "true"}'),
        (JSON, rows('{"b": {"type": "uri", "value": "urn:x"}}')),
        (JSON, rows('{"a": {"type": "iri", "value": "urn:x"}}')),
        (JSON, rows("").replace('"a"', '"a", "a"')),
        (XML, "<sparql/>"),
        (XML, f"<sparql {SRX}><head/></sparql>"),
        (XML, f"<sparql {SRX}><boolean>yes</boolean></sparql>"),
        ("text/csv", "a,b\r\n1\r\n"),
        ("text/csv", 'a\r\n"1\r\n'),
        ("text/csv", "a\r\n\udcff\r\n"),
        ("text/tab-separated-values", "a\n<urn:x>\n"),
        ("text/tab-separated-values", "?a\nurn:x\n"),
        ("text/turtle", "<urn:a> <urn:b> ."),
        ("text/html", "<p>Sorry"),
        ("", ""),
    ],
)
def test_a_body_that_is_not_in_its_form_is_unreadable(media_type: str, body: str) -> None:
    with pytest.raises(Unreadable):
        read(body.encode("utf-8", "surrogateescape"), media_type, "http://example.org/")
