"""An answer as text for terminals, spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from kb.namespaces import expand
from kb.queries import Answer, answer, questions
from kb.queries.formats import Format, printable, render, support_turtle
from kb.queries.layout import shown_columns, verb
from kb.queries.parameters import XSD_INTEGER
from kb.queries.results_xml import as_xml
from kb.store import Store
from tests.queries.cells import cell_of, cells_of

ASKED = {"visitor_state": "XAL", "host_state": "XBO", "until": "2010"}


@pytest.fixture(scope="module")
def found(toy: Store) -> Answer:
    return answer(toy, "facilities-visited", ASKED)


def odd(found: Answer, quote: str) -> Answer:
    """Return the answer with another quote."""
    place = found.columns.index("quote")
    (cells,) = found.cells
    row = (*cells[:place], cell_of(Literal(quote)), *cells[place + 1 :])
    return Answer(found.question, found.parameters, found.version, found.columns, (row,), True)


def test_a_table_aligns_its_columns_and_sets_the_words_beneath(toy: Store, found: Answer) -> None:
    head, rule, row, *quote, blank, count = render(found, Format.TABLE, toy).splitlines()
    assert head.split("  ")[0] == "Leader"
    assert {len(part) for part in rule.split("  ")} == {9, 13, 4, 7, 14}
    assert row == "Abel Moor  Kestrel Works  2002  Kestrel  AttributedOnly"
    assert all(line.startswith("    ") for line in quote)
    said = " ".join(" ".join(quote).split())
    assert said.startswith(
        "Bo Lund says: “her father, Abel Moor, had seen the works in 2002” (Northern Herald, 2023"
    )
    assert (blank, count) == ("", "1 row")


def test_a_table_says_that_rows_were_left_out(toy: Store, found: Answer) -> None:
    assert render(odd(found, "words"), Format.TABLE, toy).endswith("1 row; more were left out\n")


def test_a_text_cannot_steer_the_terminal(toy: Store, found: Answer) -> None:
    table = render(odd(found, "red \x1b[31m\r\nalert"), Format.TABLE, toy)
    assert "\x1b" not in table
    assert "\r" not in table
    assert printable("a\tb") == "a b"


def test_csv_keeps_every_character_of_a_quote(toy: Store, found: Answer) -> None:
    quote = 'said, "so"\nthe\ttext'
    rows = list(csv.DictReader(io.StringIO(render(odd(found, quote), Format.CSV, toy), newline="")))
    assert [row["quote"] for row in rows] == [quote]
    assert rows[0]["leader"] == expand("person:abel-moor")


def test_tsv_is_what_sparql_calls_tsv(toy: Store, found: Answer) -> None:
    strange = odd(found, "tab\there, line\nthere, “quotes” and \\ back")
    read = parse_query_results(render(strange, Format.TSV, toy), format=QueryResultsFormat.TSV)
    assert isinstance(read, QuerySolutions)
    (row,) = read
    assert tuple(row[name] for name in strange.columns) == strange.rows[0]


def test_json_has_numbers_for_places_and_null_for_nothing(toy: Store, found: Answer) -> None:
    content = json.loads(render(odd(found, "words"), Format.JSON, toy))
    assert content["truncated"] is True
    assert content["parameters"] == ASKED
    (row,) = content["rows"]
    assert isinstance(row["start"], int)
    assert row["via"] is None
    assert row["when"] == "2002"


def test_turtle_holds_claims_slots_and_evidence(toy: Store, found: Answer) -> None:
    triples = {quad.triple for quad in parse(render(found, Format.TURTLE, toy), format=RdfFormat.TURTLE)}
    subjects = {str(triple.subject) for triple in triples}
    assert str(NamedNode(expand("claim:father"))) in subjects
    assert str(NamedNode(expand("evi:father"))) in subjects
    assert str(NamedNode(expand("slot:father-agents-0"))) in subjects


def test_no_rows_rest_on_no_claims(toy: Store, found: Answer) -> None:
    nothing = Answer(found.question, (), "", found.columns, (), False)
    assert support_turtle(nothing, toy).strip() == ""


def test_a_thing_and_its_name_are_shown_as_one() -> None:
    shown = shown_columns(questions()["facilities-visited"])
    assert [(column.name, column.name_column) for column in shown] == [
        ("leader", "leader_name"),
        ("facility", "facility_name"),
        ("when", None),
        ("place", "place_name"),
        ("evidence", None),
    ]


@pytest.mark.parametrize(
    ("speaker", "word"),
    [
        ("Vladimir Putin", "says"),
        ("United Nations", "says"),
        ("foreign governments and experts", "say"),
        ("South Korean officials", "say"),
        ("a spokesman", "says"),
        ("", "says"),
    ],
)
def test_one_says_and_several_say(speaker: str, word: str) -> None:
    assert verb(speaker) == word


def test_how_a_production_is_known_stands_on_its_page_not_in_the_table() -> None:
    shown = [column.name for column in shown_columns(questions()["hardware-at-visited-facilities"])]
    assert shown == ["hardware", "made_then", "facility", "leader", "when", "production"]


def test_xml_holds_every_term_as_it_is(toy: Store, found: Answer) -> None:
    quote = 'a <b> & "c" \r\n\t é'
    read = parse_query_results(render(odd(found, quote), Format.XML, toy), format=QueryResultsFormat.XML)
    assert isinstance(read, QuerySolutions)
    (row,) = read
    expected = dict(zip(found.columns, odd(found, quote).rows[0], strict=True))
    assert {name: row[name] for name in found.columns} == expected


def test_xml_is_well_formed_whatever_the_text_holds(toy: Store, found: Answer) -> None:
    written = render(odd(found, "a\x00b\x1bc\ufffed"), Format.XML, toy)
    assert "a\ufffdb\ufffdc\ufffdd" in "".join(ElementTree.fromstring(written).itertext())


def test_xml_keeps_types_and_languages(toy: Store, found: Answer) -> None:
    terms = (Literal("3", datatype=XSD_INTEGER), Literal("слово", language="ru"), BlankNode("b"), None)
    answer_ = Answer(
        found.question, found.parameters, found.version, ("n", "w", "b", "none"), (cells_of(terms),), False
    )
    read = parse_query_results(as_xml(answer_), format=QueryResultsFormat.XML)
    assert isinstance(read, QuerySolutions)
    (row,) = read
    assert (row["n"], row["w"], row["none"]) == (terms[0], terms[1], None)
    assert isinstance(row["b"], BlankNode)
