"""The questions over HTTP: forms, data, refusals."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from kb.namespaces import expand
from kb.queries import questions
from tests.api.html import parse as page_of

ASKED = "?visitor_state=XAL&host_state=XBO"


def test_json_says_what_was_asked_and_of_which_state(client: FlaskClient) -> None:
    response = client.get(f"/questions/facilities-visited.json{ASKED}&until=2002")
    assert response.content_type == "application/json; charset=utf-8"
    found = json.loads(response.data)
    assert found["question"]["name"] == "facilities-visited"
    assert found["parameters"] == {"visitor_state": "XAL", "host_state": "XBO", "until": "2002"}
    assert found["version"] == response.headers["Legation-Version"]
    assert found["truncated"] is False
    assert [column["name"] for column in found["columns"]] == list(found["rows"][0])
    (row,) = found["rows"]
    assert (row["leader_name"], row["when"], row["speaker"]) == ("Abel Moor", "2002", "Bo Lund")
    assert isinstance(row["start"], int)
    assert row["via"] is None


def test_csv_and_tsv_have_the_same_rows(client: FlaskClient) -> None:
    commas = client.get(f"/questions/facilities-visited.csv{ASKED}")
    tabs = client.get(f"/questions/facilities-visited.tsv{ASKED}")
    assert (commas.mimetype, tabs.mimetype) == ("text/csv", "text/tab-separated-values")
    rows = list(csv.reader(io.StringIO(commas.get_data(as_text=True))))
    lines = tabs.get_data(as_text=True).splitlines()
    assert [f"?{name}" for name in rows[0]] == lines[0].split("\t")
    assert len(rows) == len(lines) == 5
    assert lines[1].split("\t")[0] == f"<{rows[1][0]}>"


def test_turtle_holds_the_claims_that_the_rows_rest_on(client: FlaskClient) -> None:
    response = client.get(f"/questions/facilities-visited.ttl{ASKED}")
    triples = [quad.triple for quad in parse(response.data, format=RdfFormat.TURTLE)]
    claim = NamedNode(expand("lg:Claim"))
    found = {str(t.subject).rpartition("/")[2].rstrip(">") for t in triples if t.object == claim}
    assert found == {"tour", "tour-again", "father", "stop"}
    assert any(t.predicate == NamedNode(expand("lg:slotName")) for t in triples)
    assert any(t.predicate == NamedNode(expand("oa:exact")) for t in triples)


def test_an_unknown_question_is_not_found(client: FlaskClient, browser: FlaskClient) -> None:
    response = client.get("/questions/who-knows.json")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert "facilities-visited" in json.loads(response.data)["repair"]
    assert browser.get("/questions/who-knows").status_code == 404


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("?visitor_state=XAL", "host_state"),
        ("", "visitor_state, host_state"),
        (f"{ASKED}&colour=red", "colour"),
        (f"{ASKED}&from=yesterday", "yesterday"),
        (f"{ASKED}&visitor_state=XBO", "more than once"),
        (f"{ASKED}&until=", "until"),
    ],
)
def test_a_bad_parameter_is_refused_as_data_with_what_is_wrong(
    client: FlaskClient, query: str, word: str
) -> None:
    response = client.get(f"/questions/facilities-visited.json{query}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    problem = json.loads(response.data)
    assert word in problem["detail"]
    assert problem["repair"]


def test_a_thing_that_the_base_does_not_know_is_not_found(client: FlaskClient, browser: FlaskClient) -> None:
    asked = "/questions/facilities-visited{}?visitor_state=XZZ&host_state=XBO"
    response = client.get(asked.format(".json"))
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert "XZZ" in json.loads(response.data)["detail"]
    page = browser.get(asked.format(""))
    assert page.status_code == 404
    assert "XZZ" in page_of(page.data).all("p", role="alert")[0].text


def test_a_bad_parameter_is_refused_beside_the_form(browser: FlaskClient) -> None:
    response = browser.get("/questions/facilities-visited?visitor_state=XAL")
    assert response.status_code == 400
    page = page_of(response.data)
    assert "host_state missing" in page.all("p", role="alert")[0].text
    (chosen,) = [option for option in page.all("option") if "selected" in option.attributes]
    assert chosen.attributes["value"] == "XAL"


def test_a_form_offers_the_states_and_the_persons_there_are(browser: FlaskClient) -> None:
    page = page_of(browser.get("/questions/facilities-visited").data)
    assert {"XAL", "XBO"} <= {option.attributes["value"] for option in page.all("option")}
    page = page_of(browser.get("/questions/who-accompanied").data)
    assert "ada-moor" in {option.attributes["value"] for option in page.all("option")}


def test_a_question_without_required_parameters_is_answered_at_once(browser: FlaskClient) -> None:
    assert b"She will visit Port Sol" in browser.get("/questions/planned-not-reported").data


def test_the_list_shows_every_question(browser: FlaskClient) -> None:
    page = page_of(browser.get("/questions/").data)
    for question in questions().values():
        (link,) = page.all("a", href=f"/questions/{question.name}")
        assert link.text == question.question


def test_a_page_offers_its_answer_as_data(browser: FlaskClient) -> None:
    page = page_of(browser.get(f"/questions/facilities-visited{ASKED}").data)
    for suffix in ("json", "csv", "tsv", "ttl"):
        (link,) = page.all("a", href=f"/questions/facilities-visited.{suffix}{ASKED}")
        assert link.text == suffix.upper()


def test_xml_has_the_same_rows(client: FlaskClient) -> None:
    asked = {"visitor_state": "XAL", "host_state": "XBO"}
    response = client.get("/questions/facilities-visited.xml", query_string=asked)
    assert response.mimetype == "application/sparql-results+xml"
    assert response.data.count(b"<result>") == 4


def test_an_answer_from_curated_records_names_its_sources_and_links_the_record(browser: FlaskClient) -> None:
    page = page_of(browser.get("/questions/who-held-office?state=XAL").data)
    (row,) = [row for row in page.all("tr") if "Ada Moor" in row.words]
    assert "Handbook of Works" in row.words
    assert page.all("a", href="/tenure/ada")
    assert "Known from" in page.all("main")[0].words
    assert "The words it rests on" not in page.all("main")[0].words


def test_turtle_of_curated_records_holds_them_and_their_sources(client: FlaskClient) -> None:
    response = client.get("/questions/who-held-office.ttl?state=XAL")
    subjects = {str(quad.subject.value) for quad in parse(response.data, format=RdfFormat.TURTLE)}
    assert {expand("tenure:ada"), expand("src:handbook")} <= subjects


def test_a_parameter_with_few_values_is_a_list_to_choose_from(browser: FlaskClient) -> None:
    page = page_of(browser.get("/questions/who-held-office").data)
    assert "ForeignMinister" in {option.attributes["value"] for option in page.all("option")}
    assert page.all("select", name="role")


def test_a_value_that_is_not_among_the_few_is_refused(client: FlaskClient) -> None:
    assert client.get("/questions/who-held-office.json?state=XAL&role=King").status_code == 400
