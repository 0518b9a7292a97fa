"""Every state is there, with government, territory, names and capital."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kb.resources import REFERENCE
from tests.reference.facts import linked, of_kind, texts

STATES = sorted(of_kind("state"))
WITHDRAWN = {"state:SUN", "state:YUG", "state:SCG", "state:DDR", "state:CSK"}
NOT_MEMBERS = {"state:VAT", "state:PSE", "state:XKX", "state:TWN"}
CYRILLIC = re.compile(r"[А-яЁё\s().’—-]+")
HANGUL = re.compile(r"[\uac00-\ud7a3\s-]+")


def test_there_are_193_members_four_others_and_five_withdrawn_states() -> None:
    assert set(STATES) >= WITHDRAWN | NOT_MEMBERS
    assert len(STATES) == 193 + len(NOT_MEMBERS) + len(WITHDRAWN)


def test_codes_are_the_local_names_and_no_two_current_states_share_one() -> None:
    assert [state for state in STATES if texts(state, "lg:iso3") != {state.removeprefix("state:")}] == []
    alpha2 = Counter(code for state in STATES if state not in WITHDRAWN for code in texts(state, "lg:iso2"))
    assert len(alpha2) == 197
    assert set(alpha2.values()) == {1}


def test_each_state_has_one_government_and_one_territory_of_its_code() -> None:
    for kind, predicate in (("gov", "lg:governmentOf"), ("terr", "lg:territoryOf")):
        things = of_kind(kind)
        assert {thing.split(":")[1] for thing in things} == {state.split(":")[1] for state in STATES}
        assert [t for t in things if linked(t, predicate) != {f"state:{t.split(':')[1]}"}] == []


def test_each_state_has_one_capital_or_a_reason() -> None:
    reasons = (REFERENCE / "MISSING.md").read_text("utf-8")
    without = {state for state in STATES if not linked(state, "lg:capital")}
    assert {
        state for state in without if "**Capital of" not in reasons or f"`{state}`" not in reasons
    } == set()
    assert {state for state in STATES if len(linked(state, "lg:capital")) > 1} == set()
    assert without == {"state:PSE", "state:VAT"}


def test_the_capital_of_a_current_state_lies_in_its_territory() -> None:
    outside = [
        state
        for state in STATES
        if state not in WITHDRAWN
        for capital in linked(state, "lg:capital")
        if f"terr:{state.removeprefix('state:')}" not in linked(capital, "lg:locatedIn")
    ]
    assert outside == []


@pytest.mark.parametrize(("language", "script"), [("ru", CYRILLIC), ("ko", HANGUL)])
def test_each_state_has_a_name_in_the_right_script(language: str, script: re.Pattern[str]) -> None:
    names = {state: texts(state, "rdfs:label", language) for state in STATES}
    assert {state for state, found in names.items() if len(found) != 1} == set()
    assert {name for found in names.values() for name in found if not script.fullmatch(name)} == set()


def test_no_two_states_share_a_title() -> None:
    titles = Counter(title for state in STATES for title in texts(state, "rdfs:label", "en"))
    assert len(titles) == len(STATES)


@pytest.mark.parametrize(
    ("state", "title", "other", "demonym"),
    [
        ("state:PRK", "North Korea", "DPRK", "North Korean"),
        ("state:KOR", "South Korea", "Republic of Korea", "South Korean"),
        ("state:RUS", "Russia", "Russian Federation", "Russian"),
        ("state:USA", "United States", "U.S.", "American"),
        ("state:ARE", "United Arab Emirates", "UAE", "Emirati"),
        ("state:CZE", "Czech Republic", "Czechia", "Czech"),
        ("state:TUR", "Turkey", "Türkiye", "Turkish"),
        ("state:SUN", "Soviet Union", "USSR", "Soviet"),
    ],
)
def test_titles_other_names_and_demonyms_are_those_of_english_texts(
    state: str, title: str, other: str, demonym: str
) -> None:
    assert texts(state, "rdfs:label", "en") == {title}
    assert other in texts(state, "skos:altLabel", "en")
    assert demonym in texts(state, "lg:demonym", "en")


def test_every_state_has_a_demonym_and_an_item() -> None:
    assert [state for state in STATES if not texts(state, "lg:demonym", "en")] == []
    assert [state for state in STATES if len(linked(state, "lg:wikidata")) != 1] == []


def test_withdrawn_states_have_dates_and_successors() -> None:
    assert {state for state in STATES if texts(state, "lg:until")} == WITHDRAWN
    for state in WITHDRAWN:
        assert len(texts(state, "lg:from")) == len(texts(state, "lg:until")) == 1
        assert linked(state, "lg:predecessorOf") <= set(STATES)
        assert linked(state, "lg:predecessorOf")


def test_the_federal_republic_of_yugoslavia_is_the_state_that_became_serbia_and_montenegro() -> None:
    names = {name for node in linked("state:SCG", "lg:hasName") for name in texts(node, "lg:nameText")}
    assert "Federal Republic of Yugoslavia" in names
    assert texts("state:YUG", "lg:until") == texts("state:SCG", "lg:from")
