"""Numbers of states in the two lists of states, and control of disputed territory, as curated."""

from __future__ import annotations

from tests.checks.test_curation import rows


def test_every_state_but_those_that_the_list_lacks_has_a_number() -> None:
    without = rows(
        "SELECT ?iso3 WHERE { ?state lg:iso3 ?iso3 "
        'FILTER NOT EXISTS { ?code lg:codeOf ?state ; lg:codeSystem "COW" } } ORDER BY ?iso3'
    )
    assert without == [("PSE",), ("VAT",)]


def test_one_number_of_successive_states_is_divided_at_a_day() -> None:
    found = rows(
        'SELECT ?iso3 ?from ?until WHERE { ?code lg:codeSystem "GW" ; lg:codeText "365" ; lg:from ?from ; '
        "lg:until ?until ; lg:codeOf/lg:iso3 ?iso3 } ORDER BY ?from"
    )
    assert found == [("SUN", "1922-12-30", "1991-12-26"), ("RUS", "1991-12-26", "2012-12-31/..")]


def test_a_number_in_force_when_its_list_closed_was_last_seen_then() -> None:
    closing = rows(
        "SELECT DISTINCT ?system ?until WHERE { ?code lg:codeSystem ?system ; lg:until ?until "
        'FILTER(CONTAINS(?until, "/")) } ORDER BY ?system'
    )
    assert closing == [("COW", "2016-12-31/.."), ("GW", "2012-12-31/..")]


def test_control_names_a_source_and_a_reason_or_a_limit() -> None:
    assert rows("SELECT ?c WHERE { ?c a lg:Control FILTER NOT EXISTS { ?c skos:note ?note } }") == []
    assert rows("SELECT ?c WHERE { ?c a lg:Control FILTER NOT EXISTS { ?c dct:source ?source } }") == []
