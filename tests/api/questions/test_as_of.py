"""A question as of an earlier day, over HTTP: with thresholds, pages, tags and kept answers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from api import create_app
from api.questions.asked import the_pasts
from kb.as_of import Pasts
from kb.errors import StoreBusy
from kb.settings import Settings
from kb.store import Store
from tests.api.html import parse as page_of
from tests.world import tiny_store

PATIENT = Settings(query_seconds=120.0)
VISITS = "/questions/facilities-visited.json?visitor_state=AVA&host_state=BOR"
BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with tiny_store(tmp_path_factory.mktemp("as-of")) as opened:
        yield opened


@pytest.fixture(scope="module")
def asking(base: Store) -> Iterator[FlaskClient]:
    app = create_app(base, PATIENT)
    yield app.test_client()
    with app.app_context():
        the_pasts().close()


def grades(client: FlaskClient, address: str) -> set[str]:
    return {row["evidence"] for row in client.get(address).get_json()["rows"]}


def test_an_answer_is_that_of_the_day_and_says_so(asking: FlaskClient) -> None:
    response = asking.get(f"{VISITS}&until=2003&as_of=2003-06-04")
    found = response.get_json()
    assert {row["evidence"] for row in found["rows"]} == {"SingleSource"}
    known = {"day": "2003-06-04", "texts": 1, "of": 17, "undated": 1, "first": "2003-06-04"}
    assert found["as_of"] == known
    assert found["parameters"]["as_of"] == "2003-06-04"
    assert response.headers["Legation-As-Of"] == "2003-06-04; texts=1; of=17; undated=1"
    assert found["version"] == response.headers["Legation-Version"]
    assert grades(asking, f"{VISITS}&until=2003") == {"Corroborated"}


def test_an_answer_of_now_says_nothing_of_days(asking: FlaskClient) -> None:
    response = asking.get(VISITS)
    assert "as_of" not in response.get_json()
    assert "Legation-As-Of" not in response.headers


def test_thresholds_measure_the_facts_of_the_day(asking: FlaskClient) -> None:
    asked = f"{VISITS}&until=2003&min_evidence=Corroborated"
    assert grades(asking, f"{asked}&as_of=2003-06-04") == set()
    assert grades(asking, f"{asked}&as_of=2003-06-05") == {"Corroborated"}


def test_pages_of_a_day_together_are_the_whole_answer_of_that_day(asking: FlaskClient) -> None:
    asked = "/questions/timeline-of-a-dyad.json?state=AVA&other_state=BOR&as_of=2013-03-31"
    whole = asking.get(asked).get_json()["rows"]
    rows, address = [], f"{asked}&limit=2"
    while address:
        response = asking.get(address)
        rows += response.get_json()["rows"]
        links = dict(re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers["Link"]))
        address = next((link for link, rel in links.items() if rel == "next"), "")
        assert "as_of=2013-03-31" in address or not address
    assert rows == whole
    assert len(rows) > 4


def test_a_tag_of_the_same_data_is_answered_without_asking_and_another_day_is_another_answer(
    asking: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = f"{VISITS}&as_of=2003-06-05"
    first = asking.get(asked)
    monkeypatch.setattr(Pasts, "on", _nobody)
    assert asking.get(asked, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert asking.get(asked).data == first.data, "kept"
    assert asking.get(asked.replace(".json", ".csv")).status_code == 200, "kept, in whatever form"
    assert asking.get(f"{VISITS}&as_of=2003-06-04&from=2003").status_code == 503


def _nobody(*_: object) -> None:
    raise StoreBusy("asked for")


def test_all_forms_are_of_the_day(asking: FlaskClient) -> None:
    asked = VISITS.replace(".json", "{}") + "&as_of=2003-06-04"
    rows = list(csv.DictReader(io.StringIO(asking.get(asked.format(".csv")).get_data(as_text=True))))
    assert [row["published"] for row in rows] == ["2003-06-04"]
    assert asking.get(asked.format(".ttl")).get_data(as_text=True).count("a lg:Claim") == 1
    page = page_of(asking.get(asked.format(""), headers=BROWSER).data)
    (note,) = page.all("p", class_="note")
    assert note.text.startswith("As of 2003-06-04: of the base's 17 texts, 1 had been published")
    (field,) = page.all("input", name="as_of")
    assert field.attributes["value"] == "2003-06-04"


def test_a_form_offers_a_day_where_rows_rest_on_texts(asking: FlaskClient) -> None:
    assert page_of(asking.get("/questions/denials", headers=BROWSER).data).all("input", name="as_of")
    assert not page_of(asking.get("/questions/state-codes", headers=BROWSER).data).all("input", name="as_of")


@pytest.mark.parametrize(
    ("text", "said"),
    [("2999-01", "lies ahead"), ("soon", "is not a day"), ("2003-06-04&as_of=2003", "more than once")],
)
def test_a_day_that_cannot_be_is_refused_as_data_and_beside_the_form(
    asking: FlaskClient, text: str, said: str
) -> None:
    response = asking.get(f"/questions/denials.json?as_of={text}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert said in response.get_json()["detail"]
    assert said in asking.get(f"/questions/denials?as_of={text}", headers=BROWSER).get_data(as_text=True)


def test_a_day_before_the_first_text_is_answered_with_no_row_and_when_that_was(asking: FlaskClient) -> None:
    found = asking.get("/questions/denials.json?as_of=1990").get_json()
    assert (found["rows"], found["as_of"]["texts"], found["as_of"]["first"]) == ([], 0, "2003-06-04")
    page = asking.get("/questions/denials?as_of=1990", headers=BROWSER).get_data(as_text=True)
    assert "the first is of 2003-06-04" in page


def test_a_thing_that_only_a_later_text_names_has_no_row_and_is_no_error(asking: FlaskClient) -> None:
    now = asking.get("/questions/who-said-so.json?person=Carla Cole").get_json()["rows"]
    then = asking.get("/questions/who-said-so.json?person=Carla Cole&as_of=2003-06-05").get_json()["rows"]
    assert now and not then


def test_too_many_claims_are_refused_with_the_limit(base: Store) -> None:
    app = create_app(base, replace(PATIENT, as_of_claims=5))
    response = app.test_client().get("/questions/denials.json?as_of=2016")
    assert (response.status_code, response.mimetype) == (413, "application/problem+json")
    assert "LEGATION_AS_OF_CLAIMS" in json.loads(response.data)["detail"]
    page = app.test_client().get("/questions/denials?as_of=2016", headers=BROWSER)
    assert page.status_code == 413
    assert "LEGATION_AS_OF_CLAIMS" in page_of(page.data).all("p", role="alert")[0].text


def test_who_waits_longer_than_a_query_may_run_is_told_to_come_again(base: Store) -> None:
    app = create_app(base, replace(PATIENT, query_seconds=0.01))
    response = app.test_client().get("/questions/denials.json?as_of=2016")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "is being made" in json.loads(response.data)["detail"]
    with app.app_context():
        the_pasts().close()
