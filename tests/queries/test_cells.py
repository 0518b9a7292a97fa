"""What is made of cells as the store wrote them is what would be made of their terms."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from kb.namespaces import PREFIXES
from kb.queries import Answer, questions
from kb.queries.answer_json import as_json
from kb.queries.parameters import XSD_INTEGER
from kb.queries.values import Term, plain, plain_of, term_of, terms
from tests.queries.cells import cell_of, cells_of

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=9) | st.sampled_from(
    ["05", "-3", "+1", "1.5", '"', "\\", "\\u0041", "\t", "\x00\x1b", "\u2028", '"^^<', "<a>", "\x7f", "@en"]
)
terms_of_all_kinds: st.SearchStrategy[Term] = st.one_of(
    texts.map(Literal),
    texts.map(lambda text: Literal(text, language="ru")),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(PREFIXES["xsd"] + kind)),
        texts,
        st.sampled_from(["date", "boolean", "decimal", "gYear"]),
    ),
    st.integers(-(10**20), 10**20).map(lambda number: Literal(str(number), datatype=XSD_INTEGER)),
    st.sampled_from(["https://e.example/a(b)", "urn:x:é", "urn:x:𝔘"]).map(NamedNode),
)


def as_the_engine_has_it(term: Term) -> Term:
    """Return a term with its value in the engine's form: "00" as a decimal is "0" there."""
    found = Store().query(f"SELECT ?a {{ VALUES ?a {{ {term} }} }}")
    assert isinstance(found, QuerySolutions)
    (row,) = found
    return row["a"]  # type: ignore[no-any-return]


@given(terms_of_all_kinds)
def test_a_cell_has_the_term_that_was_written_and_its_text(term: Term) -> None:
    expected = as_the_engine_has_it(term)
    assert term_of(cell_of(term)) == expected
    assert plain_of(cell_of(term)) == plain(expected)


def test_nothing_and_a_triple_have_their_texts_too() -> None:
    triple = Triple(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"))
    assert plain_of("") == ""
    assert plain_of(f"<<( {triple} )>>") == plain(triple)
    assert plain_of("_:b") == plain(BlankNode("b"))


@given(st.lists(st.none() | terms_of_all_kinds, min_size=1, max_size=4))
def test_json_says_what_the_terms_say(row: list[Term | None]) -> None:
    content = json.loads(as_json(of_one_row(row)))
    (found,) = content["rows"]
    assert list(found.values()) == [
        None
        if term is None
        else int(term.value)
        if isinstance(term, Literal) and term.datatype == XSD_INTEGER
        else plain(as_the_engine_has_it(term))
        for term in row
    ]


@pytest.mark.parametrize(
    ("cell", "expected"), [('"05"^^<' + XSD_INTEGER.value + ">", 5), ("-0", 0), ("7", 7)]
)
def test_a_whole_number_is_one_in_json_however_it_was_written(cell: str, expected: int) -> None:
    answer = Answer(questions()["treaties"], (), "", ("n",), ((cell,),), False)
    assert json.loads(as_json(answer))["rows"] == [{"n": expected}]


def test_a_term_that_comes_again_is_one_object() -> None:
    [[first], [again]] = terms([('"x"',), ('"x"',)])
    assert first is again


def of_one_row(row: list[Term | None]) -> Answer:
    columns = tuple(f"c{number}" for number in range(len(row)))
    return Answer(questions()["treaties"], (), "", columns, (cells_of(row),), False)


@pytest.mark.parametrize("text", ["abc", "", "1" * 5_000])
def test_a_whole_number_that_is_none_or_has_no_end_stays_a_text_in_json(text: str) -> None:
    answer = Answer(questions()["treaties"], (), "", ("n",), ((f'"{text}"^^{XSD_INTEGER}',),), False)
    assert json.loads(as_json(answer))["rows"] == [{"n": text}]
