"""What may not run is refused before it runs, however it is spelled; what may run is not."""

from __future__ import annotations

import re
import time
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Variable
from pyoxigraph import Store as Memory

from kb.errors import BadQuery, ForbiddenQuery
from kb.store import QueryKind
from kb.store.guard import CHAIN, DEPTH, LENGTH, check, screen

PREFIXED = "PREFIX x: <http://x.example/> PREFIX : <http://y.example/> "

SERVICES = [
    "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }",
    "SELECT * { service <http://x.example/> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <http://x.example/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . SERVICE ?s { ?a ?b ?c } }",
    "SELECT * { SERVICE # a comment\n <http://x.example/> { ?s ?p ?o } }",
    "SELECT * { SERVICE#\n<http://x.example/>{?s ?p ?o} }",
    "SELECT * { { SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://x.example/> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <http://x.example/> { ?s ?p ?o } } }",
    "SELECT (EXISTS { SERVICE <http://x.example/> { ?s ?p ?o } } AS ?e) { }",
    "SELECT * { OPTIONAL { SERVICE <http://x.example/> { ?s ?p ?o } } }",
    "SELECT * { { } UNION { SERVICE <http://x.example/> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <http://x.example/> { ?s ?p ?o } } }",
    "SELECT * { GRAPH ?g { SERVICE <http://x.example/> { ?s ?p ?o } } }",
    "ASK { SERVICE <http://x.example/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://x.example/> { ?s ?p ?o } }",
    "DESCRIBE ?s WHERE { SERVICE <http://x.example/> { ?s ?p ?o } }",
    PREFIXED + "SELECT * { SERVICE x:y { ?s ?p ?o } }",
    PREFIXED + "SELECT * { SERVICEx:y{} }",
    PREFIXED + "SELECT * { SERVICE:y{} }",
    PREFIXED + "SELECT * { SERVICESILENTx:y{} }",
    "SELECT*{SERVICE?x{}}",
    "SELECT * { ?s ?p 1SERVICE?x{} }",
    "SELECT * { ?s ?p trueSERVICE?x{} }",
    "SELECT * { ?s ?p 'x'SERVICE?x{} }",
    "SELECT * { ?s ?p ?o;SERVICE?x{} }",
    "SELECT * { FILTER(1<2)SERVICE?x{} }",
    "SELECT * { FILTER(?a<2&&3>?b)SERVICE?x{} }",
]
"""Each is a service call in Oxigraph's reading (a test below holds that)."""

ESCAPED = [
    "SELECT * { \\u0053ERVICE <http://x.example/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <http://x.example/> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\u0022 . SERVICE <http://x.example/> { ?s ?p \\u0022" }',
    "SELECT * { ?s ?p <http://x.example/\\u003E> }",
    'SELECT * { ?s ?p "\\\\u0022" }',
]

DATASETS = [
    PREFIXED + "SELECT * FROMx:y { ?s ?p ?o }",
    PREFIXED + "SELECT * FROM:y { ?s ?p ?o }",
    PREFIXED + "SELECT * FROMNAMEDx:y { ?s ?p ?o }",
]
"""Each is a FROM clause in Oxigraph's reading, and none in ours."""

UPDATES = [
    "INSERT DATA { <http://a.example/> <http://a.example/> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "LOAD <http://x.example/>",
    "load silent <file:///etc/passwd>",
    "CLEAR ALL",
    "DROP GRAPH <http://x.example/>",
    "CREATE GRAPH <http://x.example/>",
    "COPY DEFAULT TO <http://x.example/>",
    "MOVE DEFAULT TO <http://x.example/>",
    "PREFIX x: <http://x.example/>\nDELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; INSERT DATA { <http://a.example/> <http://a.example/> 1 }",
]

HARMLESS = [
    ("SELECT ?o { ?s ?p ?o FILTER(?o = 'the Foreign Intelligence SERVICE { }') }", QueryKind.SELECT),
    ('SELECT ?o { ?s ?p """a\n"SERVICE" <http://x.example/> { FROM <x> """ }', QueryKind.SELECT),
    ("# SERVICE <http://x.example/> { } FROM <x>\nASK { ?s ?p ?o }", QueryKind.ASK),
    ("PREFIX service: <http://x.example/> SELECT * { service:a service:b ?o }", QueryKind.SELECT),
    ("PREFIX from: <http://x.example/> SELECT * { ?s from:a ?o }", QueryKind.SELECT),
    ("SELECT ?service ?from { ?service ?load ?from }", QueryKind.SELECT),
    ("SELECT * { <http://x.example/SERVICE> <http://x.example/FROM> ?o }", QueryKind.SELECT),
    ("PREFIX lg: <http://x.example/> SELECT * { ?s lg:from ?a ; lg:service ?b }", QueryKind.SELECT),
    ("SELECT * { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?service }", QueryKind.SELECT),
    ("SELECT * { ?s ?p ?o FILTER(?o<3 && ?o>1) }", QueryKind.SELECT),
    (
        "SELECT * { ?s <http://x.example/a>/^<http://x.example/b>*|<http://x.example/c>? ?o }",
        QueryKind.SELECT,
    ),
    ("PREFIX x: <urn:x#> CONSTRUCT { ?s x:a ?o } WHERE { ?s ?p ?o }", QueryKind.CONSTRUCT),
    ("DESCRIBE <http://x.example/>", QueryKind.DESCRIBE),
    (
        "BASE <http://x.example/> SELECT * { <a> ?p 'caf\\u00e9'@fr, '\\U0001F682', 1.5e3, -2, true }",
        QueryKind.SELECT,
    ),
    (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(*) > 1) ORDER BY ?n LIMIT 5",
        QueryKind.SELECT,
    ),
]


def parses(query: str) -> bool:
    try:
        Memory().query(query, substitutions={Variable("not_in_any_of_these"): Literal("")})
    except SyntaxError:
        return False
    except RuntimeError:
        return True
    return True


@pytest.mark.parametrize("query", SERVICES)
def test_a_call_to_another_service_is_refused(query: str) -> None:
    assert parses(query), "not a query, so not a test"
    with pytest.raises(ForbiddenQuery, match="another service"):
        screen(query)


def test_a_call_hidden_behind_an_ambiguous_comparison_is_refused() -> None:
    hidden = "SELECT * { FILTER(?a<?b#>'''\n) SERVICE <http://x.example/> {} #'''\n}"
    assert parses(hidden)
    with pytest.raises(BadQuery, match="IRI or a comparison"):
        screen(hidden)


def test_a_fragment_is_no_comparison_outside_parentheses() -> None:
    plain = "BASE <http://x.example/> ASK { <#s> <#p> [ <#q> <#o> ] FILTER EXISTS { <#s> <it's> ?o } }"
    assert parses(plain)
    assert screen(plain).kind is QueryKind.ASK
    with pytest.raises(BadQuery, match="IRI or a comparison"):
        screen("BASE <http://x.example/> ASK { ?s ?p (<#o>) }")


@pytest.mark.parametrize("query", ESCAPED)
def test_an_escape_that_may_become_syntax_is_refused(query: str) -> None:
    with pytest.raises(ForbiddenQuery):
        screen(query)


@pytest.mark.parametrize("query", DATASETS)
def test_a_from_that_we_do_not_read_as_one_is_refused(query: str) -> None:
    assert parses(query), "not a query, so not a test"
    with pytest.raises(ForbiddenQuery, match="another data set"):
        screen(query)


@pytest.mark.parametrize("query", UPDATES)
def test_an_update_is_refused(query: str) -> None:
    with pytest.raises(ForbiddenQuery, match="changes the store"):
        screen(query)


@pytest.mark.parametrize(("query", "kind"), HARMLESS)
def test_a_harmless_query_passes_with_its_kind(query: str, kind: QueryKind) -> None:
    assert check(query) is kind


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("SELECT *\n{ ?s ?p ?o", "line 2, column 1"),
        ("SELECT * { ?s ?p ?o } }", "line 1, column 23"),
        ("SELECT *\n{ ?s ?p 'open }", "line 2, column 9"),
        ("SELEKT * { ?s ?p ?o }", "line 1, column 1"),
        ("SELECT * { ?s ?p ?o .\n FILTER(?o = ) }", "line 2, column 2"),
        ("SELECT * { ?s ?p ?o . ?s }", "line 1, column 23"),
    ],
)
def test_a_malformed_query_is_told_with_its_place(query: str, where: str) -> None:
    with pytest.raises(BadQuery) as caught:
        check(query)
    assert caught.value.place == where


@pytest.mark.parametrize("query", ["", "  # nothing\n", "PREFIX x: <http://x.example/>"])
def test_an_empty_query_is_told_so(query: str) -> None:
    with pytest.raises(BadQuery, match="empty"):
        check(query)


def test_a_query_that_nests_too_deep_is_refused_before_any_parser_sees_it() -> None:
    deep = "ASK " + "{" * 20_000 + "}" * 20_000
    with pytest.raises(BadQuery, match="nest"):
        screen(deep)
    assert check("ASK " + "{" * DEPTH + "}" * DEPTH) is QueryKind.ASK


@pytest.mark.parametrize(
    ("before", "link", "after"),
    [
        ("SELECT (1", "+1", " AS ?x) {}"),
        ("SELECT (1", "-1", " AS ?x) {}"),
        ("ASK { FILTER(1=1", "||1=1", ") }"),
        ("ASK { FILTER(1=1", "&&1=1", ") }"),
        ("ASK { ?a <a:b>", "|<a:b>", " ?c }"),
        ("ASK { {}", "UNION{}", " }"),
        ("ASK { ", "MINUS{?a ?b ?c}", " }"),
        ("ASK { ", "BIND(1 AS ?a)", " }"),
        ("SELECT ", "(1 AS ?a)", " {}"),
    ],
)
def test_a_chain_that_would_overflow_the_engines_stack_is_refused(before: str, link: str, after: str) -> None:
    with pytest.raises(BadQuery, match="operators and clauses"):
        screen(before + link * (CHAIN + 1) + after)


def test_a_chain_within_the_limit_and_a_long_list_pass() -> None:
    assert check(f"ASK {{ FILTER(1=1{'||1=1' * (CHAIN - 1)}) }}") is QueryKind.ASK
    assert check(f"ASK {{ VALUES ?x {{ {'1 ' * 3 * CHAIN} }} }}") is QueryKind.ASK


@pytest.mark.parametrize(
    "query",
    [
        "ASK {{ VALUES ?x {{ {} }} }}".format("-1 +2.5 " * CHAIN),
        "ASK {{ VALUES (?x ?y) {{ {} }} }}".format("(-1 -2)" * CHAIN),
        "ASK {{ VALUES ?x {{ -1 }} ?s ?p ?x VALUES ?y {{ {} }} }}".format("-1e3\n" * CHAIN),
        "ASK {{ ?s ?p ?x FILTER(?x IN ({} 0)) }}".format("-1, " * CHAIN),
    ],
)
def test_a_long_list_of_negative_numbers_passes(query: str) -> None:
    assert check(query) is QueryKind.ASK


@pytest.mark.parametrize(
    "query",
    [
        "ASK {{ FILTER(0{}) }}".format(" -1" * (CHAIN + 1)),
        "ASK {{ VALUES ?x {{ -1 }} FILTER(0{}) }}".format(" -1" * (CHAIN + 1)),
        "ASK {{ FILTER(0{}) VALUES ?x {{ -1 }} }}".format("\n-1" * (CHAIN + 1)),
        "ASK {{ VALUES ?x {{ {{ FILTER(0{}) }} }} }}".format(" -1" * (CHAIN + 1)),
        "ASK {{ FILTER(VALUES(0{})) }}".format(" -1" * (CHAIN + 1)),
        "ASK {{ FILTER({}1) }}".format("-(1)," * (CHAIN + 1)),
    ],
)
def test_signs_that_may_be_operators_count_however_they_stand(query: str) -> None:
    with pytest.raises(BadQuery, match="operators and clauses"):
        screen(query)


@pytest.mark.parametrize(
    "piece",
    ["a.", "'''a", '""""a', "<a", "a:", ":a.", "_:a.", "?a", "#\n", "\\", "@a", "1.", "<a\\u", "{", "%"],
)
def test_no_text_takes_long_to_screen(piece: str) -> None:
    began = time.process_time()
    with pytest.raises((BadQuery, ForbiddenQuery)):
        screen("ASK { ?s ?p " + piece * ((LENGTH - 20) // len(piece)))
    assert time.process_time() - began < 5


def test_a_query_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadQuery, match="characters"):
        screen("ASK { } #" + "x" * LENGTH)


def test_checking_a_costly_query_does_not_run_it() -> None:
    blocks = " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(50)))} }}" for name in "abcdefgh")
    assert check(f"ASK {{ {blocks} FILTER(?a + ?b > 1000) }}") is QueryKind.ASK


WORDS = (
    "SERVICE service SILENT <http://x.example/> <http://x.example/#> <?b#> <b:c> ?x ?a ? x:y :y x: x:a\\# "
    "_:b %27 @en "
    "{ } {} ( ) [] < > . ; , / * && ' \" ''' # \\ \\' \\u0027 true 1 1. a FILTER( EXISTS OPTIONAL"
)
FRAGMENTS = st.sampled_from([*WORDS.split(" "), " ", "\n", "BIND(1 AS ?z)"])


@settings(max_examples=1000, deadline=None)
@given(st.lists(FRAGMENTS, max_size=12), st.lists(FRAGMENTS, max_size=8))
@example(["?o . "], ["?x{}"])
def test_no_spelling_of_a_call_passes(before: list[str], after: list[str]) -> None:
    """The word is a keyword where the query parses with it and not with another word in its place."""
    query = f"{PREFIXED}SELECT * {{ ?s ?p {''.join(before)}SERVICE{''.join(after)} }}"
    keyword = parses(query) and not parses(re.sub("service", "servicx", query, flags=re.IGNORECASE))
    if keyword:
        with pytest.raises((BadQuery, ForbiddenQuery)):
            screen(query)


@pytest.mark.parametrize("sign", ["!", "-", "+", "^", "! "])
def test_signs_without_end_are_refused_before_a_parser_sees_them(sign: str) -> None:
    with pytest.raises(BadQuery, match="signs follow each other"):
        screen("ASK { FILTER(" + sign * 1_000 + "true) }")


def test_a_few_signs_are_let_through() -> None:
    assert screen("ASK { FILTER(!!!true && - -1 < 2) }").kind is QueryKind.ASK


def test_few_long_queries_are_remembered() -> None:
    tracemalloc.start()
    try:
        for number in range(8):  # twice as many as are remembered, and twice their memory
            screen("ASK {" + " ;" * 20_000 + f" {number} }}")
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 14_000_000
