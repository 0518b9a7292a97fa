"""The OpenAPI document: valid, complete, and what it says is so; the page made from it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from api import create_app
from api.openapi.pages import add_paths
from api.openapi.schemas import refusals
from kb.queries import questions
from kb.settings import Settings
from kb.store import Store
from tests.api.html import parse as page_of


@pytest.fixture(scope="module")
def document(app: Any) -> dict[str, Any]:
    found = json.loads(app.test_client().get("/openapi.json").data)
    assert isinstance(found, dict)
    return found


def operation(document: dict[str, Any], name: str) -> dict[str, Any]:
    found = document["paths"][f"/questions/{name}"]["get"]
    assert isinstance(found, dict)
    return found


def whole_schema(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """Return what holds an instance against a schema that refers to the document's components."""
    return Draft202012Validator({**schema, "components": document["components"]})


def test_it_is_a_valid_openapi_3_1_document(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document, cls=OpenAPIV31SpecValidator)


def test_a_document_with_a_fault_is_not_valid(document: dict[str, Any]) -> None:
    spoilt = copy.deepcopy(document)
    spoilt["paths"]["/questions/denials"]["get"]["parameters"][0]["in"] = "nowhere"
    with pytest.raises(OpenAPIValidationError):
        validate(spoilt, cls=OpenAPIV31SpecValidator)


@pytest.mark.parametrize("name", questions())
def test_every_question_is_described_with_all_that_it_takes(document: dict[str, Any], name: str) -> None:
    question = questions()[name]
    for path in (f"/questions/{name}", f"/questions/{name}.{{form}}"):
        found = document["paths"][path]["get"]
        given = {parameter["name"]: parameter for parameter in found["parameters"]}
        assert {*given} - {"form"} == {p.name for p in question.takes} | {"limit", "after"}
        assert {n for n, p in given.items() if p.get("required")} - {"form"} == {
            p.name for p in question.parameters if p.required
        }
        assert found["summary"] == question.question
        wanted = {"200", "304", "400", "404", "406", "429", "503", "504"} | (
            {"413"} if question.told else set()
        )
        assert wanted == found["responses"].keys()


def test_identifiers_of_operations_are_unique(document: dict[str, Any]) -> None:
    every = [found["operationId"] for item in document["paths"].values() for found in item.values()]
    assert len(every) == len(set(every))


def test_allowed_values_come_from_header_and_base(document: dict[str, Any]) -> None:
    state = document["components"]["schemas"]["State"]
    assert state["enum"] == ["XAL", "XBO"]
    (role,) = [p for p in operation(document, "who-held-office")["parameters"] if p["name"] == "role"]
    assert "ForeignMinister" in role["schema"]["enum"]
    assert role["schema"]["enum"] == list(
        next(p for p in questions()["who-held-office"].parameters if p.name == "role").allowed
    )


@pytest.mark.parametrize("name", questions())
def test_examples_fit_their_schemas(document: dict[str, Any], name: str) -> None:
    for parameter in operation(document, name)["parameters"]:
        if "example" in parameter:
            whole_schema(document, parameter["schema"]).validate(parameter["example"])


@pytest.mark.parametrize("name", questions())
def test_an_answer_fits_its_schema(client: FlaskClient, document: dict[str, Any], name: str) -> None:
    question = questions()[name]
    given = {
        parameter["name"]: parameter["example"]
        for parameter in operation(document, name)["parameters"]
        if parameter.get("required")
    }
    if question.one_of and not given:
        given = {"person": "ada-moor"} if "person" in question.one_of else {"state": "XAL"}
    given |= {"thing": "state:XAL"} if "thing" in given else {}
    given |= {"person": "ada-moor"} if "person" in given else {}
    given |= {"model": "k-9"} if "model" in given else {}
    response = client.get(f"/questions/{name}", query_string=given | {"limit": 3})
    content = operation(document, name)["responses"]["200"]["content"]
    if response.status_code == 404:  # the toy base has no such thing
        whole_schema(document, {"$ref": "#/components/schemas/Problem"}).validate(json.loads(response.data))
        return
    whole_schema(document, content["application/json"]["schema"]).validate(json.loads(response.data))
    results = client.get(f"/questions/{name}.srj", query_string=given)
    schema = content["application/sparql-results+json"]["schema"]
    whole_schema(document, schema).validate(json.loads(results.data))


def test_the_largest_limit_is_the_services(store: Store) -> None:
    client = create_app(store, Settings(query_rows=7)).test_client()
    found = json.loads(client.get("/openapi.json").data)
    (limit,) = [p for p in operation(found, "denials")["parameters"] if p["name"] == "limit"]
    assert limit["schema"]["maximum"] == 7
    assert client.get("/questions/denials?limit=8").status_code == 400


def test_a_module_can_tell_of_its_addresses(store: Store) -> None:
    app = create_app(store, Settings())
    responses = {"200": {"description": "Done."}, **refusals(400)}
    add_paths(app, lambda: {"/more": {"get": {"operationId": "more", "responses": responses}}})
    found = json.loads(app.test_client().get("/openapi.json").data)
    validate(found, cls=OpenAPIV31SpecValidator)
    assert found["paths"]["/more"]["get"]["operationId"] == "more"


def test_who_has_the_document_already_is_not_sent_it_again(client: FlaskClient) -> None:
    tag = client.get("/openapi.json").headers["ETag"]
    assert client.get("/openapi.json", headers={"If-None-Match": tag}).status_code == 304


def test_the_page_tells_of_every_operation_without_a_script(
    browser: FlaskClient, document: dict[str, Any]
) -> None:
    response = browser.get("/docs/api")
    assert response.mimetype == "text/html"
    page = page_of(response.data)
    assert not page.all("script")
    assert page.all("a", href="/openapi.json")
    told = " ".join(page.all("main")[0].words.split())
    for path, item in document["paths"].items():
        for method in item:
            assert f"{method.upper()} {path}" in told
    assert "At least one of person, facility, event must be given" in told
