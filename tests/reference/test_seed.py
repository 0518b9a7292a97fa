"""What the story of a plant tour needs: plant, city and region, aircraft, the offices of its visitors."""

from __future__ import annotations

import pytest

from tests.reference.facts import linked, of_kind, texts

PLANT = "fac:komsomolsk-on-amur-aircraft-plant"


def test_the_plant_stands_in_its_city_in_its_region_in_russia() -> None:
    assert linked(PLANT, "lg:locatedIn") == {"place:komsomolsk-on-amur"}
    assert linked("place:komsomolsk-on-amur", "lg:locatedIn") == {"region:khabarovsk-krai"}
    assert linked("region:khabarovsk-krai", "lg:locatedIn") == {"terr:RUS"}


def test_the_plant_has_dated_names() -> None:
    dated = {
        (name, tuple(texts(node, "lg:from")), tuple(texts(node, "lg:until")))
        for node in linked(PLANT, "lg:hasName")
        for name in texts(node, "lg:nameText")
    }
    assert dated == {("KnAAPO", (), ("2012-12-31",)), ("KnAAZ", ("2013-01-01",), ())}


def test_no_aircraft_of_the_2010s_is_made_there_before() -> None:
    made = {
        product: min(texts(production, "lg:from"))
        for production in of_kind("prod")
        if PLANT in linked(production, "lg:madeAt")
        for product in linked(production, "lg:product")
    }
    assert made["hw:su-35s"] == "2011"
    assert made["hw:su-57"] == "2010"


def test_the_su_35s_is_a_variant_of_the_su_35() -> None:
    assert linked("hw:su-35s", "lg:variantOf") == {"hw:su-35"}


@pytest.mark.parametrize(
    ("person", "office", "spans"),
    [
        ("person:kim-jong-il", "office:supreme-leader-of-north-korea", {("1994-07-08", "2011-12-17")}),
        ("person:kim-jong-un", "office:supreme-leader-of-north-korea", {("2011-12-17", "")}),
        (
            "person:vladimir-putin",
            "office:president-of-russia",
            {("2000-05-07", "2008-05-07"), ("2012-05-07", "")},
        ),
        ("person:mikhail-degtyarev", "office:governor-of-khabarovsk-krai", {("2020-07-20", "2024-05-14")}),
    ],
)
def test_tenures_have_their_dates(person: str, office: str, spans: set[tuple[str, str]]) -> None:
    found = {
        (min(texts(tenure, "lg:from")), "".join(texts(tenure, "lg:until")))
        for tenure in of_kind("tenure")
        if linked(tenure, "lg:holder") == {person} and linked(tenure, "lg:office") == {office}
    }
    assert found == spans


def test_the_mayor_is_known_without_an_item_or_a_tenure() -> None:
    assert linked("person:alexander-zhornik", "lg:wikidata") == set()
    assert linked("person:alexander-zhornik", "lg:nationality") == {"state:RUS"}
    assert texts("office:mayor-of-komsomolsk-on-amur", "rdfs:label", "en") == {"Mayor of Komsomolsk-on-Amur"}
    assert [t for t in of_kind("tenure") if "person:alexander-zhornik" in linked(t, "lg:holder")] == []


def test_outlets_of_the_state_are_marked() -> None:
    for outlet in ("org:ria-novosti", "org:russia-1", "org:korean-central-news-agency"):
        assert texts(outlet, "lg:stateControlled") == {"true"}


def test_seats_of_government_stand_for_their_governments() -> None:
    assert linked("fac:moscow-kremlin", "lg:seatOf") == {"gov:RUS"}
    assert linked("fac:white-house", "lg:seatOf") == {"gov:USA"}
    assert linked("fac:blue-house", "lg:seatOf") == {"gov:KOR"}
