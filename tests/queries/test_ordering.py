"""The order of a question's rows, read from the query itself."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions
from pyoxigraph import Store as Memory

from kb.queries import questions
from kb.queries.ordering import COLUMN, Condition, conditions, place_of, places_of_keys, rank_of, with_keys
from kb.queries.values import Term, term_of

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("", []),
        ("ORDER BY ?a", [("?a", False)]),
        ("ORDER BY ?a ?b", [("?a", False), ("?b", False)]),
        ("ORDER BY DESC(?a) ?b", [("(?a)", True), ("?b", False)]),
        ("order by asc(?a) desc((?b))", [("(?a)", False), ("((?b))", True)]),
        ("ORDER BY COALESCE(?a, (?b)) ?b", [("COALESCE(?a, (?b))", False), ("?b", False)]),
        ("ORDER BY ?a (?b = 1) DESC(STR(?a))", [("?a", False), ("(?b = 1)", False), ("(STR(?a))", True)]),
        ("ORDER BY ?a LIMIT 3", [("?a", False)]),
        ("ORDER BY <http://x.example/f>(?a) # DESC(?b)", [("<http://x.example/f>(?a)", False)]),
    ],
)
def test_the_conditions_are_read_from_the_query(tail: str, expected: list[tuple[str, bool]]) -> None:
    found = conditions(f"SELECT ?a ?b WHERE {{ ?a ?p ?b }} {tail}")
    assert found == tuple(Condition(*each) for each in expected)


@pytest.mark.parametrize("name", questions())
def test_every_question_says_how_its_rows_are_ordered_and_can_give_the_keys(name: str) -> None:
    question = questions()[name]
    number = len(conditions(question.sparql))
    assert number > 0
    columns = tuple(column.name for column in question.columns)
    found = Memory().query(with_keys(question.sparql, columns))
    assert isinstance(found, QuerySolutions)
    names = tuple(variable.value for variable in found.variables)
    assert names[: len(columns)] == columns
    assert len(places_of_keys(question.sparql, names)) == number


def test_only_what_is_no_column_stands_in_a_further_one() -> None:
    query = "SELECT ?a ?b WHERE { ?a ?p ?b } ORDER BY DESC(?b) STR(?a) ?p"
    written = with_keys(query, ("a", "b"))
    assert f"(STR(?a) AS ?{COLUMN}2) (?p AS ?{COLUMN}3)" in written
    assert f"{COLUMN}1" not in written
    assert places_of_keys(query, ("a", "b", f"{COLUMN}2", f"{COLUMN}3")) == (1, 2, 3)


def number(text: str, kind: str = "integer") -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


def test_keys_sort_as_sparql_says() -> None:
    terms: list[Term | None] = [
        None,
        BlankNode("b"),
        NamedNode("http://x.example/a"),
        NamedNode("http://x.example/b"),
        number("-2"),
        number("1.5", "decimal"),
        number("9"),
        number("10"),
        Literal("Z"),
        Literal("a"),
    ]
    up, down = (Condition("?a", False),), (Condition("?a", True),)
    turned = terms[::-1]
    assert sorted(turned, key=lambda term: place_of((term,), up)) == terms
    assert sorted(terms, key=lambda term: place_of((term,), down)) == list(reversed(terms))


def test_a_number_that_is_none_sorts_last_and_breaks_nothing() -> None:
    up = (Condition("?a", False),)
    odd = [number(text, "double") for text in ("NaN", "INF", "1e3")]
    assert sorted(odd, key=lambda term: place_of((term,), up))[0] == odd[2]


def test_oxigraph_orders_dates_and_words_as_we_do() -> None:
    texts = ["b", "B", "Ä", "a", "🜨", "", "aa"]
    values = " ".join(str(Literal(text)) for text in texts)
    found = Memory().query(f"SELECT ?a {{ VALUES ?a {{ {values} }} }} ORDER BY ?a")
    assert isinstance(found, QuerySolutions)
    up = (Condition("?a", False),)
    assert [row["a"] for row in found] == sorted(map(Literal, texts), key=lambda term: place_of((term,), up))


CELLS = [
    *(
        "",
        "_:b",
        "<urn:a>",
        "<urn:b>",
        "1",
        "1.0",
        "1.5",
        "-0",
        "true",
        '""',
        '"a"',
        '"a"@en',
        '"a"@ru',
        '"\\t"',
    ),
    *('"\x7f"', '"\x7f"@en', '"\u2028"', f'"1"^^<{XSD}decimal>', f'"1"^^<{XSD}double>', f'"1"^^<{XSD}float>'),
    *(f'"2020"^^<{XSD}gYear>', '"2020"', '"é"', '"\\""', f'"NaN"^^<{XSD}double>', f'"INF"^^<{XSD}double>'),
]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("other", CELLS)
def test_cells_stand_in_an_order_as_their_terms_do_and_no_two_at_one_place(cell: str, other: str) -> None:
    up = (Condition("?a", False),)
    places = [place_of((term_of(each),), up) for each in (cell, other)]
    assert (rank_of(cell) < rank_of(other)) == (places[0] < places[1])
    assert (rank_of(cell) == rank_of(other)) == (cell == other)
