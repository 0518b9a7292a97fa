"""A value changes the bound term and nothing else, whatever text it holds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions
from pyoxigraph import Store as Memory
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.processor import prepareQuery
from rdflib.term import Literal as RdflibLiteral
from rdflib.term import URIRef

from kb.errors import BadParameter, BadQuery
from kb.namespaces import PREFIXES
from kb.store import Term
from kb.store.binding import at_most, bind, sparql_term

QUERY = """PREFIX x: <http://x.example/>
SELECT ?s ?value { ?s x:p ?o . # a comment with { and "
  FILTER("}" != ?o) OPTIONAL { ?s x:q ?value FILTER EXISTS { ?s x:r ?value } } }
ORDER BY ?s"""

texts = st.text(st.characters(exclude_categories=["Cs"]))
hostile = st.lists(
    st.sampled_from(
        [
            '"',
            "'",
            "\\",
            "\\u0022",
            "\\U00000022",
            "\n",
            "\r",
            "}",
            "{",
            "<",
            ">",
            "#",
            "u",
            "SERVICE",
            " ",
            "a",
        ]
    )
).map("".join)
languages = st.sampled_from(["en", "ko", "zh-hant", "sr-latn-rs"])
datatypes = st.sampled_from(
    [NamedNode(PREFIXES["xsd"] + name) for name in ("date", "integer", "string", "anyURI")]
)
literals = st.one_of(
    st.builds(Literal, st.one_of(texts, hostile)),
    st.builds(lambda text, tag: Literal(text, language=tag), st.one_of(texts, hostile), languages),
    st.builds(lambda text, kind: Literal(text, datatype=kind), st.one_of(texts, hostile), datatypes),
)


def iri_or_none(text: str) -> NamedNode | None:
    try:
        return NamedNode("http://x.example/" + text)
    except ValueError:
        return None


iris = st.one_of(texts, hostile).map(iri_or_none).filter(lambda iri: iri is not None)
terms = st.one_of(literals, iris)


def read_back(term: Term) -> object:
    """Return what Oxigraph reads where the term is bound."""
    found = Memory().query(bind("SELECT ?value { BIND(?value AS ?copy) }", {"value": term}))
    assert isinstance(found, QuerySolutions)
    (row,) = list(found)
    return row["value"]


@given(terms)
@example(Literal('\\u0022 } SERVICE <http://x.example/> { ?s ?p "'))
def test_oxigraph_reads_back_the_term_that_was_bound(term: Term) -> None:
    assert read_back(term) == term


def shown(node: object) -> str:
    """Return a parsed query as text, with every term of VALUES blotted out."""
    if isinstance(node, CompValue):
        if node.name == "values":
            return "values(*)"
        return f"{node.name}({', '.join(f'{key}={shown(value)}' for key, value in sorted(node.items()))})"
    if isinstance(node, list | tuple):
        return f"[{', '.join(shown(part) for part in node)}]"
    if isinstance(node, dict):
        return f"{{{', '.join(sorted(f'{shown(key)}: {shown(value)}' for key, value in node.items()))}}}"
    if isinstance(node, set | frozenset):
        return f"{{{', '.join(sorted(map(repr, node)))}}}"
    return repr(node)


def algebra(query: str) -> str:
    return shown(translateQuery(parseQuery(query)).algebra)


PLAIN = algebra(bind(QUERY, {"value": Literal("plain")}))


@given(terms)
@example(Literal("\\u0022 } SERVICE"))
@example(Literal("\\U00000022"))
def test_no_value_changes_the_algebra_that_another_parser_sees(term: Term) -> None:
    assert algebra(bind(QUERY, {"value": term})) == PLAIN


def test_the_algebra_of_another_query_differs() -> None:
    assert algebra(bind(QUERY.replace("x:q", "x:z"), {"value": Literal("plain")})) != PLAIN


@given(literals, iris)
def test_several_values_keep_their_places(first: Literal, second: NamedNode) -> None:
    query = bind("SELECT ?a ?b { BIND(1 AS ?one) FILTER(BOUND(?a) && BOUND(?b)) }", {"a": first, "b": second})
    found = Memory().query(query)
    assert isinstance(found, QuerySolutions)
    (row,) = list(found)
    assert (row["a"], row["b"]) == (first, second)


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (Literal("x"), '"x"'),
        (Literal("x", language="ko"), '"x"@ko'),
        (Literal("2023", datatype=NamedNode(PREFIXES["xsd"] + "gYear")), f'"2023"^^<{PREFIXES["xsd"]}gYear>'),
        (NamedNode("http://x.example/a"), "<http://x.example/a>"),
        (Literal('a"b\\c\nd'), '"a\\"b\\\\c\\nd"'),
        (Literal("\\u0022"), '"\\\\\\U000000750022"'),
    ],
)
def test_a_term_is_written_as_sparql(term: Term, written: str) -> None:
    assert sparql_term(term) == written


def test_a_blank_node_cannot_be_bound() -> None:
    with pytest.raises(BadParameter, match="IRI or a literal"):
        bind(QUERY, {"value": BlankNode()})


@pytest.mark.parametrize("name", ["absent", "value) { (1", "", "o ?s"])
def test_a_name_that_is_no_variable_of_the_query_is_refused(name: str) -> None:
    with pytest.raises(BadParameter, match="no variable"):
        bind(QUERY, {name: Literal("x")})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SELECT ?value { ?value ?p ?o } }",
        "CONSTRUCT WHERE { ?value ?p ?o }",
        "DESCRIBE ?value",
    ],
)
def test_a_query_without_a_pattern_that_takes_values_is_refused(query: str) -> None:
    with pytest.raises(BadQuery):
        bind(query, {"value": Literal("x")})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (EXISTS { ?a ?b 'x{' } AS ?e) WHERE { ?value ?p ?o }",
        "CONSTRUCT { ?value ?p 'made}' } WHERE { ?value ?p ?o }",
        "DESCRIBE ?value WHERE { ?value ?p ?o }",
        "PREFIX x: <http://x.example/{> ".replace("{", "") + "ASK { # {\n ?value x:p ?o }",
    ],
)
def test_the_outermost_pattern_is_found_in_each_kind_of_query(query: str) -> None:
    bound = bind(query, {"value": bound_node()})
    prepared = repr(prepareQuery(bound).algebra)
    assert "ToMultiSet" in prepared
    assert str(URIRef("http://x.example/bound")) in prepared


def bound_node() -> NamedNode:
    return NamedNode("http://x.example/bound")


@pytest.mark.parametrize(
    ("query", "limited"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o }\nLIMIT 7\n"),
        ("SELECT * { ?s ?p ?o } # end", "SELECT * { ?s ?p ?o } # end\nLIMIT 7\n"),
        ("SELECT * { ?s ?p ?o } LIMIT 3", "SELECT * { ?s ?p ?o } LIMIT 3"),
        ("SELECT * { ?s ?p ?o } LIMIT 30 OFFSET 2", "SELECT * { ?s ?p ?o } LIMIT 7 OFFSET 2"),
        (
            "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 3 } }",
            "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 3 } }\nLIMIT 7\n",
        ),
        ("SELECT * { ?s ?p ?o } VALUES ?s { 1 }", "SELECT * { ?s ?p ?o } \nLIMIT 7\nVALUES ?s { 1 }"),
        ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?o }"),
    ],
)
def test_a_limit_of_rows_is_written_where_it_belongs(query: str, limited: str) -> None:
    assert at_most(query, 7) == limited
    parseQuery(limited)


def test_rdflib_reads_the_bound_literal_as_it_was() -> None:
    bound = bind("SELECT ?value { BIND(?value AS ?copy) }", {"value": Literal('a\\u0022"b')})
    assert repr(RdflibLiteral('a\\u0022"b')) in repr(prepareQuery(bound).algebra)
