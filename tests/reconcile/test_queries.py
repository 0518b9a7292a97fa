"""Whom the service takes a name for, how sure it is, and why."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.reconcile.asking import Asking, checked, feature
from tests.reconcile.conftest import SCRIPT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Orlen Vaskov", "person/orlen-vaskov"),
        ("Vaskov, Orlen", "person/orlen-vaskov"),
        ("Orlan Vaskov", "person/orlen-vaskov"),
        ("Орлен Васьков", "person/orlen-vaskov"),
        ("Васьков Орлен", "person/orlen-vaskov"),
        ("박종수", "person/pak-jong-su"),
        ("Garam Han", "person/han-ga-ram"),
        ("person/orlen-vaskov", "person/orlen-vaskov"),
        ("person:orlen-vaskov", "person/orlen-vaskov"),
        ("https://w3id.org/legation/person/orlen-vaskov", "person/orlen-vaskov"),
    ],
)
def test_a_name_in_any_script_and_order_finds_its_bearer(ask: Asking, text: str, found: str) -> None:
    assert ask.ids(text)[0] == found


def test_a_candidate_has_what_a_reader_needs(ask: Asking) -> None:
    (best, *_) = ask.one("Orlen Vaskov")
    assert best["name"] == "Orlen Vaskov"
    assert best["score"] == 100
    assert best["match"] is True
    assert best["type"] == [{"id": "Person", "name": "person"}]
    assert best["description"] == "person, Avaria; President of Avaria (2010–); Mayor of Borville (2001–2004)"
    assert best["explanation"] == "label “Orlen Vaskov” (en): exact"


def test_types_go_from_the_most_exact_to_the_widest(ask: Asking) -> None:
    (best, *_) = ask.one("Portsea Naval Base")
    assert [one["id"] for one in best["type"]] == ["NavalBase", "MilitaryBase", "Facility"]


def test_the_score_is_the_name_less_the_points_off(ask: Asking) -> None:
    (best, *_) = ask.known("nationality", "Borland", "Orlan Vaskov", type="State", type_strict="should")
    parts = [feature(best, name) for name in ("name", "points_off_type", "points_off_properties")]
    assert best["score"] == pytest.approx(parts[0] - parts[1] - parts[2])
    assert parts[1:] == [40, 25]
    assert (feature(best, "name_typo"), feature(best, "name_letters_off")) == (True, 1)
    assert feature(best, "name_exact") is False


def test_scores_stay_between_0_and_100(ask: Asking) -> None:
    many = [
        {"pid": pid, "v": "nothing like it"} for pid in ("nationality", "birth", "gender", "office", "label")
    ]
    found = ask.one("Orlen", properties=many * 4, type="Facility", type_strict="should")
    assert all(0 <= one["score"] <= 100 for one in found)


def test_two_of_one_name_are_no_match(ask: Asking) -> None:
    first, second, *_ = ask.one("Ada Aster")
    assert {first["id"], second["id"]} == {"person/ada-aster", "person/ada-aster-younger"}
    assert (first["match"], second["match"]) == (False, False)
    assert feature(first, "ambiguous") is True


@pytest.mark.parametrize(
    "value", ["Cordia", "COR", "state/COR", {"id": "state/COR"}, {"id": "?", "name": "Cordia"}]
)
def test_a_property_tells_two_of_one_name_apart(ask: Asking, value: object) -> None:
    first, *_ = ask.known("nationality", value, "Ada Aster")
    assert first["id"] == "person/ada-aster-younger"
    assert feature(first, "property:nationality") == 100


def test_any_of_several_values_will_do(ask: Asking) -> None:
    first, *_ = ask.known("nationality", ["Borland", {"id": "state/COR"}, 7, True], "Ada Aster")
    assert first["id"] == "person/ada-aster-younger"


def test_a_property_that_differs_prevents_a_match(ask: Asking) -> None:
    first, *_ = ask.known("nationality", "Borland", "Orlen Vaskov")
    assert (first["score"], first["match"]) == (75, False)


def test_a_property_that_is_not_known_costs_little(ask: Asking) -> None:
    first, *_ = ask.known("birth", "1950-01-01", "Orlen Vaskov")
    assert (first["score"], feature(first, "property:birth")) == (97, None)


@pytest.mark.parametrize("value", ["1990-02-03", "1990", "1990-02", 1990, 1990.0])
def test_a_year_fits_each_of_its_days(ask: Asking, value: object) -> None:
    first, *_ = ask.known("birth", value, "Ada Aster")
    assert (first["id"], feature(first, "property:birth")) == ("person/ada-aster-younger", 100)


@pytest.mark.parametrize(
    ("value", "like"), [("10.5,20.25", 100), ("10.51, 20.26", 100), ("11,21", 0), ("?", 0)]
)
def test_coordinates_fit_by_how_near_they_are(ask: Asking, value: str, like: float) -> None:
    first, *_ = ask.known("coordinates", value, "Portsea Naval Base")
    assert feature(first, "property:coordinates") == like


@pytest.mark.parametrize(("value", "like"), [(False, 100), ("no", 100), (True, 0)])
def test_a_yes_or_no_fits_or_not(ask: Asking, value: object, like: float) -> None:
    first, *_ = ask.known("stateControlled", value, "Borland Post")
    assert feature(first, "property:stateControlled") == like


def test_an_office_held_tells_persons_apart(ask: Asking) -> None:
    first, *_ = ask.known("office", "Mayor of Borville", "Orlen")
    assert (first["id"], feature(first, "property:office")) == ("person/orlen-vaskov", 100)


def test_what_one_thing_alone_can_have_finds_it_without_a_name(ask: Asking) -> None:
    first, *_ = ask.known("iso3", "bor")
    assert (first["id"], first["score"], first["match"]) == ("state/BOR", 100, True)


def test_it_lifts_a_name_that_is_far_off(ask: Asking) -> None:
    first, *_ = ask.known("iso3", "BOR", "Land of the Bors")
    assert (first["id"], first["score"], first["match"]) == ("state/BOR", 80, False)
    assert feature(first, "identified") is True


def test_properties_alone_find_who_has_most_of_them(ask: Asking) -> None:
    both = [{"pid": "nationality", "v": "COR"}, {"pid": "birth", "v": "1990-02-03"}]
    first, *_ = ask.one(properties=both)
    assert (first["id"], first["score"], first["match"]) == ("person/ada-aster-younger", 70, False)


@pytest.mark.parametrize(
    ("pid", "value", "found"),
    [
        ("state", "Borland", "state/BOR"),
        ("class", "NavalBase", "facility/portsea-naval-base"),
        ("label", "Orlen Vaskov", "person/orlen-vaskov"),
        ("formerName", "Fort Portsea", "facility/portsea-naval-base"),
        ("office", "President of Avaria", "person/orlen-vaskov"),
    ],
)
def test_a_property_of_any_kind_can_be_looked_up(ask: Asking, pid: str, value: str, found: str) -> None:
    assert found in [one["id"] for one in ask.known(pid, value, limit=50)]


def test_types_narrow_strictly_unless_they_are_a_preference(ask: Asking) -> None:
    assert ask.ids("Portsea", type="Person") == []
    assert ask.ids("Portsea", type=["Person", "Facility"]) == ["facility/portsea-naval-base"]
    assert ask.ids("Portsea", type=["Facility", "NavalBase"], type_strict="all") == [
        "facility/portsea-naval-base"
    ]
    assert ask.ids("Portsea", type=["Facility", "Person"], type_strict="all") == []
    wished = ask.one("Portsea", type="Facility", type_strict="should")
    assert [feature(one, "type_fits") for one in wished] == [True, False]


def test_an_ambiguous_form_offers_all_its_meanings(ask: Asking) -> None:
    first, second = ask.one("Cordia", limit=2)
    assert {first["id"], second["id"]} == {"state/COR", "place/cordia-town"}
    assert "a mayor the town" in first["explanation"]
    assert not first["match"]


def test_a_retired_identifier_leads_to_its_successor(ask: Asking) -> None:
    for old in ("org:old-lantern", "organisation/old-lantern", "organisation/twice-old"):
        (first, *_) = ask.one(old)
        assert first["id"] == "organisation/the-lantern"
        assert feature(first, "replaces_retired") is True
        assert (
            f"replaces organisation/{old.partition(':')[2] or old.partition('/')[2]}" in first["description"]
        )


def test_one_that_nothing_replaces_says_so_and_is_no_match(ask: Asking) -> None:
    (first,) = ask.one("organisation/older-lantern")
    assert (first["match"], feature(first, "retired")) == (False, True)
    assert first["description"].endswith("retired on 2026-01-04, nothing replaces it")


def test_who_was_named_in_a_text_alone_is_found_and_marked(ask: Asking) -> None:
    (first,) = ask.one("Gena Grub")
    assert (first["id"], feature(first, "unresolved")) == ("person/x-grub", True)
    assert "not yet reviewed" in first["description"]


def test_the_limit_is_kept(ask: Asking) -> None:
    assert len(ask.one("Aster", limit=1)) == 1
    assert len(ask.one("Aster", limit=2.0)) == 2


@pytest.mark.parametrize("text", ["", "   ", "\0", "…", "x" * 500, "' OR 1=1 --", '"*', SCRIPT])
def test_what_is_nobodys_name_has_no_candidates(ask: Asking, text: str) -> None:
    assert [one for one in ask.one(text) if one["id"] != "person/mallory"] == []


def test_a_get_is_answered_as_a_post_is(client: FlaskClient, ask: Asking) -> None:
    batch = {"q": {"query": "Orlen Vaskov"}}
    response = client.get("/reconcile", query_string={"queries": json.dumps(batch)})
    assert checked("reconciliation-result-batch", response) == ask.batch(batch)


def test_a_query_alone_is_answered_as_in_a_batch(ask: Asking) -> None:
    queries = {"a": {"query": "Ada Aster"}, "b": {"query": "Cordia"}, "c": {"query": "Orlen"}}
    together = ask.batch(queries)
    assert together == {key: ask.batch({key: one})[key] for key, one in queries.items()}
