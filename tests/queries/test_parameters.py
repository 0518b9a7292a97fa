"""A parameter's text becomes a term or is refused; it never becomes a part of the query."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kb.errors import BadParameter
from kb.namespaces import expand
from kb.queries import Question, questions
from kb.queries.parameters import Edge, Parameter, ParameterType
from kb.store.binding import bind

XSD = "http://www.w3.org/2001/XMLSchema#"


def parameter(type_: ParameterType, **more: object) -> Parameter:
    return Parameter("given", type_, "What is given", "PRK", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["PRK", "prk", " PRK ", "state:PRK", "https://w3id.org/legation/state/PRK"])
def test_a_state_is_given_by_code_or_iri(text: str) -> None:
    assert parameter(ParameterType.STATE).read(text) == NamedNode(expand("state:PRK"))


@pytest.mark.parametrize(
    "text", ["kim-jong-un", "person:kim-jong-un", "https://w3id.org/legation/person/kim-jong-un"]
)
def test_a_thing_of_a_known_kind_is_given_by_local_name_too(text: str) -> None:
    assert parameter(ParameterType.IRI, kind="person").read(text) == NamedNode(expand("person:kim-jong-un"))


@pytest.mark.parametrize(
    ("edge", "text", "day"),
    [
        (Edge.EARLIEST, "2023", "2023-01-01"),
        (Edge.LATEST, "2023", "2023-12-31"),
        (Edge.LATEST, "2024-02", "2024-02-29"),
        (Edge.EARLIEST, "195X", "1950-01-01"),
        (Edge.LATEST, "2023-09-11/2023-09-15", "2023-09-15"),
        (Edge.EARLIEST, "2023-09-15", "2023-09-15"),
    ],
)
def test_a_date_means_the_day_at_its_edge(edge: Edge, text: str, day: str) -> None:
    found = parameter(ParameterType.DATE, edge=edge).read(text)
    assert found == Literal(day, datatype=NamedNode(XSD + "date"))


def test_an_integer_and_a_text_keep_their_types() -> None:
    assert parameter(ParameterType.INTEGER).read("+07") == Literal("7", datatype=NamedNode(XSD + "integer"))
    assert parameter(ParameterType.TEXT).read('a "quoted" word') == Literal('a "quoted" word')


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ParameterType.STATE, "North"),
        (ParameterType.STATE, "person:PRK"),
        (ParameterType.STATE, "ПРК"),
        (ParameterType.IRI, "no such iri"),
        (ParameterType.IRI, "unknown:thing"),
        (ParameterType.IRI, "javascript:alert(1)"),
        (ParameterType.IRI, "https://example.org/> } DROP ALL #"),
        (ParameterType.DATE, "tomorrow"),
        (ParameterType.DATE, "2023-02-30"),
        (ParameterType.DATE, "../2023"),
        (ParameterType.INTEGER, "1.5"),
        (ParameterType.INTEGER, "٣٤"),
        (ParameterType.TEXT, "x" * 501),
        (ParameterType.TEXT, "\ud800"),
        (ParameterType.TEXT, "a\x00b"),
        (ParameterType.TEXT, "a\x15b"),
        (ParameterType.TEXT, "a\tb"),
        (ParameterType.TEXT, "a\x7fb"),
    ],
)
def test_a_malformed_text_is_refused_and_what_is_allowed_is_said(kind: ParameterType, text: str) -> None:
    asked = parameter(kind)
    with pytest.raises(BadParameter) as caught:
        asked.read(text)
    assert asked.hint() in caught.value.problem
    assert asked.example in caught.value.repair


def test_only_an_allowed_value_is_taken() -> None:
    asked = parameter(ParameterType.TEXT, allowed=("low", "high"))
    assert asked.read("low") == Literal("low")
    with pytest.raises(BadParameter, match="one of low, high"):
        asked.read("middle")


def test_an_iri_of_another_kind_is_refused() -> None:
    with pytest.raises(BadParameter):
        parameter(ParameterType.IRI, kind="person").read("state:PRK")


def test_a_missing_parameter_is_named_with_its_example() -> None:
    with pytest.raises(BadParameter, match=r"host_state missing\. Give host_state=RUS"):
        questions()["facilities-visited"].bind({"visitor_state": "PRK", "host_state": "  "})


def test_an_unknown_parameter_is_named_with_those_there_are() -> None:
    with pytest.raises(BadParameter, match=r"'host'\. It takes visitor_state, host_state, from, until"):
        questions()["facilities-visited"].bind({"visitor_state": "PRK", "host": "RUS"})


def test_one_of_several_parameters_is_needed() -> None:
    with pytest.raises(BadParameter, match="one of person, facility, event is needed"):
        questions()["who-said-so"].bind({})


def test_a_default_stands_in_for_what_is_not_given() -> None:
    plain = questions()["transfers-alleged"]
    asked = Question(**{name: getattr(plain, name) for name in plain.__slots__} | {
        "parameters": (parameter(ParameterType.STATE, default="RUS"),)
    })  # fmt: skip
    assert asked.bind({}) == {"given": NamedNode(expand("state:RUS"))}
    assert asked.bind({"given": "PRK"}) == {"given": NamedNode(expand("state:PRK"))}


patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(['" } DROP ALL #', "PRK> } #", "\\u003E", "'''", '"""', "\n}", "?x", "$x", "2023' OR"]),
    st.text("abc<>\"{}|\\^`# ?/'", max_size=40).map("https://".__add__),
)


@patient
@given(texts=st.dictionaries(st.sampled_from(["visitor_state", "host_state", "from", "until"]), HOSTILE))
def test_no_value_changes_the_query_it_is_bound_in(texts: dict[str, str]) -> None:
    asked = questions()["facilities-visited"]
    given_texts = {"visitor_state": "PRK", "host_state": "RUS"} | texts
    try:
        terms = asked.bind(given_texts)
    except BadParameter:
        return
    _assert_only_values_added(asked.sparql, terms)


@patient
@given(text=st.text(min_size=1, max_size=200))
def test_any_text_is_bound_as_that_text(text: str) -> None:
    try:
        term = parameter(ParameterType.TEXT).read(text)
    except BadParameter:
        return
    query = "SELECT ?given WHERE { }"
    found = Store().query(bind(query, {"given": term}))
    assert isinstance(found, QuerySolutions)
    assert [row["given"] for row in found] == [Literal(text.strip())]


def _assert_only_values_added(query: str, terms: dict[str, NamedNode | Literal]) -> None:
    """Hold that a bound query is the query and one VALUES block, which gives those variables those terms."""
    bound = bind(query, terms)
    at = next(n for n, (one, other) in enumerate(zip(query, bound, strict=False)) if one != other)
    added = bound[at : at + len(bound) - len(query)]
    assert query[:at] + query[at:] == bound[:at] + bound[at + len(added) :]
    found = Store().query("SELECT * WHERE { " + added + " }")
    assert isinstance(found, QuerySolutions)
    rows = [{name: row[name] for name in terms} for row in found]
    assert rows == [terms]
    assert {variable.value for variable in found.variables} == set(terms)


@pytest.mark.parametrize(
    ("kind", "noun"), [("ev", "an event"), ("fac", "a facility"), ("person", "a person"), ("", "a thing")]
)
def test_what_an_iri_parameter_takes_is_told_by_the_name_of_its_kind(kind: str, noun: str) -> None:
    parameter = Parameter("p", ParameterType.IRI, "about", "example", kind=kind)
    assert parameter.hint() == f"{noun}'s IRI, short or full, or its exact name"
