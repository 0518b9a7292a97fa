"""A cut table is well formed and holds the first rows, whatever its literals look like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)

from kb.store.cut import cut, end_of
from kb.store.formats import choose_graph, choose_results

FORMS = [QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV]
QUERY = "SELECT ?p ?o ?none { ?s ?p ?o } ORDER BY ?p"
LOOKALIKES = ["}},{", "{}", '}},{"o', "}},{,", '"},{"', '\\"}}', "</result>", "</results>"]
LOOKALIKES += ["\r\n", 'a,"\r\n', "\t\n", "\\", ""]

tables = st.lists(
    st.one_of(st.sampled_from(LOOKALIKES), st.text(st.characters(exclude_categories=["Cs"]))), max_size=8
)


def serialised(values: list[str], form: QueryResultsFormat) -> bytes:
    store = Store()
    node = NamedNode("http://x.example/s")
    store.extend(
        Quad(node, NamedNode(f"http://x.example/p{n:03}"), Literal(value)) for n, value in enumerate(values)
    )
    found = store.query(QUERY)
    assert isinstance(found, QuerySolutions)
    content = found.serialize(format=form)
    assert content is not None
    return content


def read(content: bytes, form: QueryResultsFormat) -> list[str]:
    found = parse_query_results(content, format=form)
    assert isinstance(found, QuerySolutions)
    return [str(row["o"].value) for row in found]


@pytest.mark.parametrize("form", FORMS, ids=str)
@given(values=tables, rows=st.integers(0, 8))
def test_the_first_rows_are_kept_byte_for_byte(
    form: QueryResultsFormat, values: list[str], rows: int
) -> None:
    content, was_cut = cut(serialised(values, form), form, rows, broken=False)
    assert content == serialised(values[:rows], form)
    assert was_cut is (len(values) > rows)


@pytest.mark.parametrize("form", FORMS, ids=str)
@settings(max_examples=60)
@given(values=tables, data=st.data())
def test_a_table_that_breaks_off_keeps_its_whole_rows(
    form: QueryResultsFormat, values: list[str], data: st.DataObject
) -> None:
    whole = serialised(values, form)
    head = len(serialised([], form))
    at = data.draw(st.integers(head, len(whole)))
    content, was_cut = cut(whole[:at], form, 100, broken=True)
    kept = [n for n in range(len(values) + 1) if content == serialised(values[:n], form)]
    assert was_cut
    assert len(kept) == 1
    unfinished = serialised(values[: kept[0] + 1], form)
    assert kept[0] == len(values) or at < len(unfinished)


@pytest.mark.parametrize("form", FORMS, ids=str)
@settings(max_examples=200)
@given(values=tables, rows=st.integers(0, 9), data=st.data())
def test_oxigraph_s_own_table_is_cut_where_any_other_is(
    form: QueryResultsFormat, values: list[str], rows: int, data: st.DataObject
) -> None:
    whole = serialised(values, form)
    broken = data.draw(st.booleans())
    at = data.draw(st.integers(len(serialised([], form)), len(whole))) if broken else len(whole)
    own, other = (end_of(whole[:at], form, rows, broken=broken, own=own) for own in (True, False))
    assert own == other


@pytest.mark.parametrize("form", FORMS, ids=str)
@given(bound=st.lists(st.booleans(), max_size=8), rows=st.integers(0, 9))
def test_rows_that_bind_nothing_are_rows(form: QueryResultsFormat, bound: list[bool], rows: int) -> None:
    def table(rows: list[bool]) -> bytes:
        values = " ".join('"{}"' if each else "UNDEF" for each in rows)
        found = Store().query(f"SELECT ?o {{ VALUES ?o {{ {values} }} }}")
        assert isinstance(found, QuerySolutions)
        return found.serialize(format=form) or b""

    end = end_of(table(bound), form, rows, broken=False)
    assert (end is None) is (len(bound) <= rows)
    if end is not None:
        assert table(bound)[:end] == table(bound[:rows])[:end]
        assert cut(table(bound), form, rows, broken=False) == (table(bound[:rows]), True)


def test_a_spaced_json_table_of_another_engine_that_breaks_off_is_cut() -> None:
    head = b'{ "head": {"vars": ["o"]}, "results": { "bindings": [ '
    content = head + b'{"o": {"type": "literal", "value": "a"}}, {"o": {"ty'
    kept, was_cut = cut(content, QueryResultsFormat.JSON, 10, broken=True)
    assert (read(kept, QueryResultsFormat.JSON), was_cut) == (["a"], True)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/html, application/json;q=0.9", "application/sparql-results+json"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml, */*;q=0.1", "application/sparql-results+xml"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/csv;q=0, application/xml", "application/sparql-results+xml"),
        ("text/csv;q=nonsense", "application/sparql-results+json"),
    ],
)
def test_a_table_s_form_follows_the_accept_header(accept: str, media_type: str) -> None:
    assert choose_results(accept).media_type == media_type


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("*/*", "text/turtle"), ("application/n-triples", "application/n-triples"), ("text/csv", "text/turtle")],
)
def test_a_graph_s_form_follows_the_accept_header(accept: str, media_type: str) -> None:
    assert choose_graph(accept).media_type == media_type
