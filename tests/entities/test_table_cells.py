"""What stands in a cell comes back as it was, whatever it holds; what cannot be meant is told."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from kb.entities.table_cells import WrongValue, term_of, value_of
from kb.entities.table_terms import Ontology, Property
from kb.entities.table_text import join_values, parse_table, split_values, write_table
from kb.reference import ontology_triples
from kb.terms import iri

ODD = st.text(st.sampled_from(list("aé국Ж| \\\"'\t\n\r;,#")) | st.characters(codec="utf-8"), min_size=1)


@cache
def ontology() -> Ontology:
    return Ontology(ontology_triples())


def column(curie: str) -> Property:
    return ontology().properties[curie]


def fault(curie: str, value: str, language: str = "") -> str:
    with pytest.raises(WrongValue) as caught:
        term_of(value, column(curie), language)
    assert caught.value.repair
    return caught.value.problem


@given(st.lists(ODD, max_size=4))
def test_values_come_back_from_their_cell(values: list[str]) -> None:
    assert split_values(join_values(values)) == values


@given(st.lists(st.lists(ODD, max_size=3), min_size=1, max_size=4))
def test_cells_come_back_from_the_text_of_a_table(cells: list[list[str]]) -> None:
    columns = ("id", *(f"c{number}" for number in range(len(cells))))
    text = write_table(columns, [("state:AVA", *map(join_values, cells))])
    table, faults = parse_table(text, "t.tsv")
    assert table is not None
    assert (table.columns, faults) == (columns, [])
    assert [split_values(table.rows[0].cells[name]) for name in columns[1:]] == cells


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf"]), min_size=1).filter(
        lambda value: "\ufffd" not in value
    ),
    st.sampled_from(["en", "ko", "zh-hans", "ko-latn"]),
)
def test_a_text_keeps_its_words_and_its_language(value: str, language: str) -> None:
    term = term_of(value, column("skos:note"), language)
    assert term == Literal(value, language=language)
    assert value_of(term, column("skos:note")) == value


@pytest.mark.parametrize("cell", ["a | | b", "| a", "a |", '"a, b"', "a\\x", "\\"])
def test_a_cell_that_says_nothing_clear_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"empty value|quotation marks|keeps nothing"):
        split_values(cell)


@pytest.mark.parametrize(
    ("curie", "value", "spelt"),
    [
        ("geo:lat", "24.50", "24.5"),
        ("lg:seats", "+1", "1"),
        ("lg:stateControlled", "true", "true"),
        ("lg:from", "2026-02-20/..", "2026-02-20/.."),
        ("dct:date", "2024", "2024"),
        ("dct:date", "2024-02", "2024-02"),
    ],
)
def test_a_value_is_kept_in_the_form_of_the_store(curie: str, value: str, spelt: str) -> None:
    assert term_of(value, column(curie), "").value == spelt


@pytest.mark.parametrize(
    ("curie", "value", "said"),
    [
        ("geo:lat", "55,75", "not a number"),
        ("geo:lat", "91", "outside -90 to 90"),
        ("lg:seats", "one", "not a number"),
        ("lg:stateControlled", "yes", "neither true nor false"),
        ("lg:from", "2023-02-30", "not an EDTF date"),
        ("lg:from", "30.9.2023", "not an EDTF date"),
        ("dct:date", "2023-9-1", "not a day"),
        ("lg:wikidata", "wd:649", "not an item"),
        ("lg:nationality", "Avaria land", "not an identifier"),
        ("lg:nationality", "country:AVA", "no prefix 'country'"),
        ("lg:gender", "fe\u200bmale", "no one sees"),
    ],
)
def test_a_malformed_value_is_told(curie: str, value: str, said: str) -> None:
    assert said in fault(curie, value)


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        ("Москва", "en", "Cyrillic"),
        ("Moscow", "ru", "no Cyrillic"),
        ("평양", "ru", "Hangul"),
        ("Су-27", "ko", "Cyrillic"),
        ("평양", "ko-latn", "Hangul"),
        ("Cу-27", "ru", "look alike"),
    ],
)
def test_a_label_in_the_wrong_script_is_told(value: str, language: str, said: str) -> None:
    assert said in fault("rdfs:label", value, language)


@pytest.mark.parametrize(
    ("value", "language"),
    [("Orsay 7", "en"), ("Осло-2", "ru"), ("KAI 공장", "ko"), ("P'yŏngyang", "ko-latn"), ("38", "ru")],
)
def test_a_label_in_the_script_of_its_language_is_taken(value: str, language: str) -> None:
    assert term_of(value, column("rdfs:label"), language) == Literal(value, language=language)


def test_a_class_and_a_value_of_the_vocabulary_need_no_prefix() -> None:
    assert term_of("Airport", column("rdf:type"), "") == iri("lg:Airport")
    assert term_of("HeadOfState", column("lg:officeRole"), "") == iri("lg:HeadOfState")
    assert value_of(iri("lg:Airport"), column("rdf:type")) == "Airport"


def test_an_item_may_stand_without_its_prefix() -> None:
    assert term_of("Q649", column("lg:wikidata"), "") == iri("wd:Q649")
