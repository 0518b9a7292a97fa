"""What breaks a rule is refused by name, and takes nothing else with it."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.reconcile.queries import MOST_QUERIES
from tests.reconcile import schemas
from tests.reconcile.asking import Asking


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ({}, "queries.bad", "no query and no properties"),
        ({"properties": []}, "queries.bad", "no query and no properties"),
        ("Ada", "queries.bad", "no JSON object"),
        ({"query": 7}, "queries.bad.query", "no text"),
        ({"query": None}, "queries.bad.query", "no text"),
        ({"query": "x" * 501}, "queries.bad.query", "501 characters"),
        ({"query": "x", "props": []}, "queries.bad", "no member 'props'"),
        ({"query": "x", "type": "Persn"}, "queries.bad.type[0]", "no type 'Persn'"),
        ({"query": "x", "type": 7}, "queries.bad.type", "no list"),
        ({"query": "x", "type": None}, "queries.bad.type", "no list"),
        ({"query": "x", "type": ["Person", 7]}, "queries.bad.type[1]", "no text"),
        ({"query": "x", "type_strict": "maybe"}, "queries.bad.type_strict", "none of the three"),
        ({"query": "x", "limit": 0}, "queries.bad.limit", "no number of candidates"),
        ({"query": "x", "limit": 2.5}, "queries.bad.limit", "no number of candidates"),
        ({"query": "x", "limit": True}, "queries.bad.limit", "no number of candidates"),
        ({"query": "x", "limit": "3"}, "queries.bad.limit", "no number of candidates"),
        ({"query": "x", "limit": 10**400}, "queries.bad.limit", "no number of candidates"),
        ({"query": "x", "properties": {"pid": "x"}}, "queries.bad.properties", "no list"),
        ({"query": "x", "properties": [{"pid": "label"}]}, "queries.bad.properties[0]", "no v"),
        ({"query": "x", "properties": [{"v": 1}]}, "queries.bad.properties[0]", "no pid"),
        (
            {"query": "x", "properties": [{"pid": "natonality", "v": 1}]},
            "queries.bad.properties[0].pid",
            "no property",
        ),
        (
            {"query": "x", "properties": [{"pid": "label", "v": None}]},
            "queries.bad.properties[0].v[0]",
            "no value",
        ),
        (
            {"query": "x", "properties": [{"pid": "label", "v": [[1]]}]},
            "queries.bad.properties[0].v[0]",
            "no value",
        ),
        (
            {"query": "x", "properties": [{"pid": "label", "v": [{}]}]},
            "queries.bad.properties[0].v[0]",
            "no value",
        ),
    ],
)
def test_a_bad_query_is_told_apart_and_the_others_are_answered(
    ask: Asking, query: object, place: str, said: str
) -> None:
    answer = ask.batch({"bad": query, "good": {"query": "Orlen Vaskov"}})
    assert answer["good"]["result"][0]["id"] == "person/orlen-vaskov"
    assert answer["bad"]["result"] == []
    assert answer["bad"]["error"]["place"] == place
    assert said in answer["bad"]["error"]["detail"]
    problem = ask.refused(400, queries=json.dumps({"bad": query}))
    assert (problem["place"], problem["detail"]) == (place, answer["bad"]["error"]["detail"])


def test_a_slip_in_a_name_of_ours_is_met_with_the_right_one(ask: Asking) -> None:
    for query in ({"type": "Persn"}, {"properties": [{"pid": "natonality", "v": "x"}]}):
        problem = ask.refused(400, queries=json.dumps({"q": {"query": "x", **query}}))
        assert problem["repair"] in ("Did you mean Person?", "Did you mean nationality?")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nonsense",
        "[]",
        "7",
        "null",
        '{"q": {"query": "a"}, "q": {"query": "b"}}',
        '{"q": {"query": "a", "limit": NaN}}',
        '{"q": {"query": "a", "limit": 1e999}}',
        '{"q": {"query": "\\ud800"}}',
        '{"\\udfff": {"query": "a"}}',
        '{"q": {"query": "a", "limit": ' + "9" * 5000 + "}}",
        "[" * 50_000,
        '{"a":' * 20_000,
    ],
    ids=range(14),
)
def test_what_is_no_json_object_is_refused(ask: Asking, text: str) -> None:
    assert ask.refused(400, queries=text)["place"] == "queries"


def test_a_key_that_stands_twice_is_named(ask: Asking) -> None:
    problem = ask.refused(400, queries='{"q": {"query": "a"}, "q": {"query": "b"}}')
    assert problem["detail"] == "the key 'q' stands twice in one object"


def test_an_empty_batch_has_an_empty_answer(ask: Asking) -> None:
    assert ask.batch({}) == {}


def test_too_many_queries_are_refused_with_the_number_that_is_answered(ask: Asking) -> None:
    batch = {f"q{number}": {"query": "x"} for number in range(MOST_QUERIES + 1)}
    problem = ask.refused(413, queries=json.dumps(batch))
    assert f"{MOST_QUERIES} are answered at once" in problem["detail"]
    del batch["q0"]
    assert len(ask.batch(batch)) == MOST_QUERIES


def test_too_many_values_of_properties_are_refused(ask: Asking) -> None:
    many = [{"pid": "label", "v": ["x"] * 20}] * 20
    batch = {f"q{number}": {"query": "x", "properties": many} for number in range(3)}
    assert "1,200 values" in ask.refused(413, queries=json.dumps(batch))["detail"]
    del batch["q0"]
    ask.batch(batch)


@pytest.mark.parametrize(("size", "limit"), [(210_000, "200,000 are read"), (300_000, "262,144 bytes")])
def test_too_long_a_batch_is_refused_and_the_limit_named(ask: Asking, size: int, limit: str) -> None:
    problem = ask.refused(413, queries=json.dumps({"q": {"query": "x" * size}}))
    assert limit in problem["detail"]


@pytest.mark.parametrize(
    "query_string",
    [
        "query=Ada",
        "querys={}",
        "callback=f",
        "queries={}&callback=f",
        "queries={}&extend={}",
        "queries={}&queries={}",
    ],
)
def test_a_request_that_asks_what_there_is_not_is_refused(client: FlaskClient, query_string: str) -> None:
    response = client.get(f"/reconcile?{query_string}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")


def test_a_post_of_nothing_or_of_no_form_is_refused(client: FlaskClient) -> None:
    assert client.post("/reconcile").status_code == 400
    assert client.post("/reconcile", json={"queries": {}}).status_code == 400


@pytest.mark.parametrize(
    ("extend", "status"),
    [
        ({}, 400),
        ([], 400),
        ({"ids": "person/x", "properties": []}, 400),
        ({"ids": [7], "properties": []}, 400),
        ({"ids": [], "properties": ["label"]}, 400),
        ({"ids": [], "properties": [{"id": "nope"}]}, 400),
        ({"ids": [], "properties": [{"id": "label"}, {"id": "label"}]}, 400),
        ({"ids": [], "properties": [{"id": "label", "settings": []}]}, 400),
        ({"ids": [], "properties": [{"id": "label", "settings": {"limit": -1}}]}, 400),
        ({"ids": [], "properties": [{"id": "label", "settings": {"limit": "many"}}]}, 400),
        ({"ids": [], "properties": [{"id": "label", "settings": {"content": "all"}}]}, 400),
        ({"ids": [], "properties": [{"id": "label", "settings": {"lang": "en"}}]}, 400),
        ({"ids": [], "properties": [], "more": 1}, 400),
        ({"ids": ["person/x"] * 201, "properties": []}, 413),
        ({"ids": [], "properties": [{"id": "label"}] * 31}, 413),
    ],
)
def test_an_extension_that_breaks_a_rule_is_refused(ask: Asking, extend: object, status: int) -> None:
    assert ask.refused(status, extend=json.dumps(extend))["place"]


_TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["Ada Aster", "Cordia", "state/BOR", "org:old-lantern", "1990", "10,20"]),
)
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
)
_VALUES = st.one_of(
    _TEXTS, st.integers(), st.floats(allow_nan=False), st.booleans(), st.fixed_dictionaries({"id": _TEXTS})
)
_PIDS = st.sampled_from(
    [
        "label",
        "nationality",
        "state",
        "coordinates",
        "birth",
        "iso3",
        "wikidata",
        "office",
        "officeFrom",
        "class",
        "no",
    ]
)
_PROPERTIES = st.fixed_dictionaries({"pid": _PIDS, "v": _VALUES | st.lists(_VALUES, max_size=3)})
_QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "query": _TEXTS,
        "type": st.sampled_from(["Person", "State", "lg:Facility", "", "Nope"]) | st.lists(st.just("Person")),
        "limit": st.integers(-1, 12),
        "type_strict": st.sampled_from(["any", "all", "should"]),
        "properties": st.lists(_PROPERTIES, max_size=3),
    },
)


@given(batch=st.dictionaries(_TEXTS, _QUERIES | _ANY, max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_batch_is_answered_or_refused_and_every_answer_is_valid(
    client: FlaskClient, batch: object
) -> None:
    response = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert response.status_code in (200, 400)
    answer = json.loads(response.data)
    if response.status_code == 200 and schemas.available():
        assert schemas.faults("reconciliation-result-batch", answer) == []


@given(
    ids=st.lists(_TEXTS, max_size=3),
    properties=st.lists(st.fixed_dictionaries({"id": _PIDS}, optional={"settings": _ANY}), max_size=3),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_extension_is_answered_or_refused(client: FlaskClient, ids: object, properties: object) -> None:
    extend = json.dumps({"ids": ids, "properties": properties})
    response = client.post("/reconcile", data={"extend": extend})
    assert response.status_code in (200, 400)
    if response.status_code == 200 and schemas.available():
        assert schemas.faults("data-extension-response", json.loads(response.data)) == []
