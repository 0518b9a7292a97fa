"""No value of any parameter of any question changes the tree of the query that runs."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kb.errors import BadParameter
from kb.namespaces import PREFIXES
from kb.queries import Question, questions
from kb.queries.binding import bind_within
from kb.queries.ordering import with_keys
from kb.queries.parameters import XSD_DATE, XSD_INTEGER, Parameter, ParameterType
from kb.store.shape import shape
from kb.store.tokens import TokenKind
from tests.store.test_binding import algebra, hostile, texts

Terms = dict[str, NamedNode | Literal]
patient = settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow])
VALUE = frozenset((TokenKind.IRI, TokenKind.STRING))
any_text = st.one_of(texts, hostile)


def query_that_runs(question: Question, terms: Terms) -> str:
    return bind_within(with_keys(question.query(terms), ()), terms)


def plain_term(parameter: Parameter) -> NamedNode | Literal:
    if parameter.type in (ParameterType.STATE, ParameterType.IRI):
        return NamedNode("http://x.example/plain")
    if parameter.type is ParameterType.DATE:
        return Literal("2020-01-01", datatype=XSD_DATE)
    return Literal("1", datatype=XSD_INTEGER) if parameter.name.startswith("min_") else Literal("plain")


def any_term(parameter: Parameter) -> st.SearchStrategy[NamedNode | Literal]:
    """Return terms of the parameter's kind, far beyond what its reader lets through."""
    if parameter.type in (ParameterType.STATE, ParameterType.IRI):
        return any_text.map(iri).filter(lambda found: found is not None)  # type: ignore[return-value]
    kind = plain_term(parameter)
    assert isinstance(kind, Literal)
    return any_text.map(lambda text: Literal(text, datatype=kind.datatype))


def iri(text: str) -> NamedNode | None:
    try:
        return NamedNode("http://x.example/" + text)
    except ValueError:
        return None


def forms(query: str) -> list[tuple[TokenKind, str]]:
    """Return the tokens of a query, with the text of each IRI and string blotted out."""
    return [(token.kind, "" if token.kind in VALUE else token.text) for token in shape(query).tokens]


@cache
def with_plain_values(name: str) -> tuple[list[tuple[TokenKind, str]], str]:
    question = questions()[name]
    query = query_that_runs(question, {p.name: plain_term(p) for p in question.bound})
    return forms(query), algebra(declared(query))


def declared(query: str) -> str:
    return "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in PREFIXES.items()) + query


@pytest.mark.parametrize("name", questions())
@patient
@given(st.data())
def test_no_term_changes_the_tokens_of_the_query_that_runs(name: str, data: st.DataObject) -> None:
    question = questions()[name]
    terms = {p.name: data.draw(any_term(p)) for p in question.bound}
    assert forms(query_that_runs(question, terms)) == with_plain_values(name)[0]


@pytest.mark.parametrize("name", ["timeline-of-a-dyad", "who-said-so", "state-codes"])
@settings(patient, max_examples=3)
@given(st.data())
def test_no_term_changes_the_algebra_that_another_parser_sees(name: str, data: st.DataObject) -> None:
    question = questions()[name]
    terms = {p.name: data.draw(any_term(p)) for p in question.bound}
    assert algebra(declared(query_that_runs(question, terms))) == with_plain_values(name)[1]


@pytest.mark.parametrize("name", questions())
@patient
@given(st.data())
def test_a_text_that_a_user_sends_is_refused_or_bound_as_one_term(name: str, data: st.DataObject) -> None:
    question = questions()[name]
    given_texts = {p.name: data.draw(st.one_of(any_text, st.just(p.example))) for p in question.bound}
    try:
        terms = question.bind(given_texts)
    except BadParameter:
        return
    plain = {p.name: plain_term(p) for p in question.bound if p.name in terms}
    assert forms(query_that_runs(question, terms)) == forms(query_that_runs(question, plain))


def test_the_forms_of_a_query_with_a_value_pasted_in_differ() -> None:
    question = questions()["facilities-visited"]
    terms = {p.name: plain_term(p) for p in question.bound}
    query = query_that_runs(question, terms)
    pasted = query.replace("<http://x.example/plain>", "<http://x.example/plain> <http://x.example/more>", 1)
    assert forms(pasted) != forms(query)


def test_a_subquery_takes_only_the_parameters_that_it_names() -> None:
    query = "SELECT ?a { { SELECT ?a { ?a ?b ?c } LIMIT 9 } { SELECT ?d { ?d ?p ?c } } ?a ?p ?d }"
    bound = bind_within(query, {"a": Literal("1"), "d": Literal("2")})
    assert bound.count('VALUES (?a) { ("1") }') == 1
    assert bound.count('VALUES (?d) { ("2") }') == 1
    assert bound.count('VALUES (?a ?d) { ("1" "2") }') == 1


def test_a_subquery_that_is_a_whole_pattern_is_bound_inside() -> None:
    query = "SELECT ?a { { SELECT ?a (COUNT(?b) AS ?n) { SELECT DISTINCT ?a ?b { ?a ?p ?b } } GROUP BY ?a } }"
    bound = bind_within(query, {"a": Literal("1")})
    assert "DISTINCT ?a ?b { VALUES (?a)" in bound
    assert "AS ?n) { SELECT" in bound
