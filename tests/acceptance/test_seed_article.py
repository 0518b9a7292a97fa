"""What must come out of the article that the project started from, beside nothing but reference data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from kb import pipeline
from kb.articles import take_in
from kb.namespaces import expand, sparql_prologue
from tests.acceptance.base import SHARED, Base, Row, base_of, the_reader

SEED = SHARED / "seed" / "article.txt"
PLANT = expand("fac:komsomolsk-on-amur-aircraft-plant")
KIM_JONG_UN = expand("person:kim-jong-un")
KIM_JONG_IL = expand("person:kim-jong-il")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.exists(), reason="needs ../shared: the seed article"),
]


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    article = take_in(SEED, outlet="unknown", published=date(2023, 9, 15))
    base = base_of(tmp_path_factory.mktemp("seed") / "store", [article])
    yield base
    base.store.close()


@pytest.fixture(scope="module")
def visits(seed: Base) -> dict[str, Row]:
    rows = seed.ask("facilities-visited", visitor_state="PRK", host_state="RUS")
    return {row["leader"]: row for row in rows if row["facility"] == PLANT}


def test_the_plant_was_visited_by_kim_jong_un_on_that_friday(visits: dict[str, Row]) -> None:
    assert visits[KIM_JONG_UN]["when"] == "2023-09-15"
    assert visits[KIM_JONG_UN]["speaker"] == ""
    assert "toured an aircraft manufacturing plant" in visits[KIM_JONG_UN]["quote"]


def test_the_plant_was_visited_by_kim_jong_il_in_a_year_and_no_more_as_the_governor_says(
    visits: dict[str, Row],
) -> None:
    assert visits[KIM_JONG_IL]["when"] == "2002"
    assert visits[KIM_JONG_IL]["speaker"] == "Mikhail Degtyarev"
    assert "visited the same plant" in visits[KIM_JONG_IL]["quote"]


def test_nothing_else_was_visited_by_a_leader(seed: Base) -> None:
    rows = seed.ask("facilities-visited", visitor_state="PRK", host_state="RUS")
    named = {(row["leader"], row["facility"]) for row in rows if "/x-" not in row["facility"]}
    assert named == {(KIM_JONG_UN, PLANT), (KIM_JONG_IL, PLANT)}
    assert not [row for row in rows if "ladivostok" in row["facility_name"] + row["place"]]


def test_the_plan_to_see_the_pacific_fleet_in_vladivostok_is_a_plan_that_putin_told_on_television(
    seed: Base,
) -> None:
    plans = seed.ask("planned-not-reported", visitor_state="PRK", host_state="RUS")
    (plan,) = [row for row in plans if row["kind"] == "Visit"]
    assert plan["agent_name"] == "Kim Jong Un"
    assert plan["place_name"] == "Vladivostok"
    assert (plan["speaker"], plan["via"]) == ("Vladimir Putin", "Russia-1")
    shown = seed.ask("planned-not-reported", visitor_state="RUS")
    assert [row for row in shown if row["kind"] == "Display" and "Pacific Fleet" in row["quote"]]


def test_both_fighters_are_made_there(seed: Base) -> None:
    rows = seed.select(
        sparql_prologue()
        + """SELECT DISTINCT ?product WHERE {
            ?made lg:madeAt fac:komsomolsk-on-amur-aircraft-plant ; lg:product ?product ;
              lg:supportedBy ?claim }"""
    )
    assert {row[0] for row in rows} == {expand("hw:su-35s"), expand("hw:su-57")}


def test_the_visit_shows_what_is_made_at_the_visited_plant(seed: Base) -> None:
    rows = seed.ask("hardware-at-visited-facilities", visitor_state="PRK", host_state="RUS")
    assert {expand("hw:su-35s"), expand("hw:su-57")} <= {row["hardware"] for row in rows}


def test_mayor_and_governor_accompanied_him_each_with_his_office(seed: Base) -> None:
    rows = seed.ask("who-accompanied", person="Kim Jong Un")
    found = {(row["companion_name"], row["office_name"]) for row in rows if row["facility"] == PLANT}
    assert found == {
        ("Alexander Zhornik", "Mayor of Komsomolsk-on-Amur"),
        ("Mikhail Degtyarev", "Governor of Khabarovsk Krai"),
    }


def test_the_talks_fall_on_wednesday_and_the_basis_says_why(seed: Base) -> None:
    rows = seed.ask("meetings-of-leaders", state="PRK", other_state="RUS")
    talks = [row for row in rows if row["when"] == "2023-09-13"]
    assert talks
    assert all(row["basis"] for row in talks)


def test_he_came_by_armoured_train_earlier_in_the_week(seed: Base) -> None:
    rows = seed.select(
        sparql_prologue()
        + 'SELECT ?time WHERE { ?arrival lg:kind lg:Arrival ; lg:time ?time ; lg:vehicle "armoured train" }'
    )
    assert rows == [("2023-09-11/2023-09-13",)]


def test_the_train_at_an_unnamed_station_is_kept_and_stays_unnamed(seed: Base) -> None:
    rows = seed.select(
        sparql_prologue()
        + """SELECT ?description ?via WHERE {
            ?arrival lg:kind lg:Arrival ; lg:atFacility ?station ; lg:supportedBy ?claim .
            ?station lg:unnamed true ; lg:description ?description . ?claim lg:claimViaName ?via
            FILTER NOT EXISTS { ?station rdfs:label ?label } }"""
    )
    assert rows == [("railway station in Komsomolsk-on-Amur", "RIA Novosti")]


def test_ammunition_and_technology_in_return_are_alleged_by_those_who_speculate(
    seed: Base,
) -> None:
    rows = seed.ask("transfers-alleged")
    found = {(row["supplier_name"], row["recipient_name"], row["item_name"]) for row in rows}
    assert ("North Korea", "Russia", "ammunition") in found
    assert ("Russia", "North Korea", "technology") in found
    assert {row["speaker"] for row in rows} == {"foreign governments and experts"}


@pytest.mark.parametrize("agent", ["vladimir-putin", "kim-jong-un", "mikhail-degtyarev"])
def test_what_each_of_them_said_is_his_statement(seed: Base, agent: str) -> None:
    rows = seed.select(
        sparql_prologue() + f"SELECT ?s WHERE {{ ?s lg:kind lg:Statement ; lg:stater person:{agent} }}"
    )
    assert rows


def test_the_caveat_on_official_media_is_kept_as_a_note_on_sources(seed: Base) -> None:
    rows = seed.select(
        sparql_prologue() + "SELECT ?quote WHERE { ?claim lg:claimType lg:SourceNote ; lg:quote ?quote }"
    )
    assert any("official media" in row[0] for row in rows)


def test_the_same_file_twice_changes_nothing(seed: Base) -> None:
    before = {name: seed.store.graph(name) for name in seed.store.graph_names()}
    report = pipeline.ingest(seed.store, seed.articles, the_reader())
    assert (report.added, report.unchanged) == (0, 1)
    assert {name: seed.store.graph(name) for name in seed.store.graph_names()} == before


def test_without_a_publication_date_only_what_the_text_itself_dates_is_dated() -> None:
    claims = the_reader().read(take_in(SEED, outlet="unknown", published=None))
    assert claims
    assert {claim.edtf for claim in claims if claim.edtf} <= {"2002", "195X"}
