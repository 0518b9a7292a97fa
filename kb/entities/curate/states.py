"""Make states.ttl and capitals.ttl: every state with its government, territory, names and capital.

Run as ``python -m kb.entities.curate.states`` with the extra ``curate`` installed. Names come from rigour and
CLDR, capitals and coordinates from GeoNames; adjectives and usual other names from states.tsv, withdrawn
states from withdrawn.tsv, both beside this file.
"""

from __future__ import annotations

from typing import Final

from rdflib import Graph, Literal
from rdflib.term import Node

from kb.canonical import canonical_turtle
from kb.entities.curate import packages
from kb.entities.curate.graph import decimal, describe, integer, iri, several, slug, table, words
from kb.resources import REFERENCE

CITY_PRECISION: Final = 5000
"""Metres: GeoNames gives one point for a whole city and does not say how exact it is."""

NO_CAPITAL: Final = frozenset({"PSE", "VAT"})
"""MISSING.md says why these have none."""

STATE_SOURCES: Final = ["src:rigour", "src:cldr", "src:english-state-names"]


def main() -> None:
    """Write both files anew."""
    for name, content in make().items():
        (REFERENCE / name).write_text(content, encoding="utf-8")


def make() -> dict[str, str]:
    """Return each file's name with its content in canonical form."""
    states, capitals = Graph(), Graph()
    _write_sources(states)
    for row in table("states.tsv"):
        _write_state(states, capitals, row)
    for row in table("withdrawn.tsv"):
        _write_withdrawn(states, row)
    return {"states.ttl": canonical_turtle(states), "capitals.ttl": canonical_turtle(capitals)}


def _write_sources(graph: Graph) -> None:
    for name, (title, package, licence) in packages.SOURCES.items():
        describe(
            graph,
            f"src:{name}",
            rdf_type=[iri("lg:Source")],
            dct_title=words([title], "en"),
            dct_license=[Literal(licence)],
            lg_sourceKind=[Literal("package")],
            lg_sourceVersion=[Literal(f"{package} {packages.package_version(name)}")],
        )


def _write_state(states: Graph, capitals: Graph, row: dict[str, str]) -> None:
    iso3 = row["iso3"]
    found = packages.territory(iso3)
    title = row["title"] or found.name
    labels = {language: packages.state_name(found.iso2, language) for language in ("ru", "ko")}
    _write_common(states, row, found, {"en": title, **labels}, STATE_SOURCES)
    describe(states, f"state:{iso3}", lg_iso2=[Literal(found.iso2)])
    number = packages.country_number(found.iso2)
    describe(states, f"terr:{iso3}", lg_geonamesId=[Literal(number)], dct_source=[iri("src:geonames")])
    if iso3 in NO_CAPITAL:
        return
    capital = row["capital"] or packages.capital(found.iso2)
    describe(states, f"state:{iso3}", lg_capital=[iri(f"place:{slug(capital)}")])
    _write_capital(capitals, iso3, found.iso2, capital)


def _write_withdrawn(graph: Graph, row: dict[str, str]) -> None:
    found = packages.territory(row["iso3"])
    labels = {"en": row["title"], "ru": row["title ru"], "ko": row["title ko"]}
    sources = [f"src:{name}" for name in ("rigour", "withdrawn-state-names", *several(row["sources"]))]
    _write_common(graph, row, found, labels, sources)
    describe(
        graph,
        f"state:{row['iso3']}",
        lg_iso2=[Literal(row["iso2"])],
        lg_from=[Literal(row["from"])],
        lg_until=[Literal(row["until"])],
        lg_capital=[iri(f"place:{row['capital']}")],
        lg_predecessorOf=[iri(f"state:{later}") for later in several(row["predecessor of"])],
    )


def _write_common(
    graph: Graph,
    row: dict[str, str],
    found: packages.Territory,
    labels: dict[str, str],
    sources: list[str],
) -> None:
    iso3, title, demonyms = row["iso3"], labels["en"], several(row["demonyms"])
    owned = {"dct_source": [iri(source) for source in sources]}
    describe(
        graph,
        f"state:{iso3}",
        rdf_type=[iri("lg:State")],
        rdfs_label=[word for language, label in labels.items() for word in words([label], language)],
        skos_altLabel=words({found.name, found.official, *several(row["other names"])} - {title}, "en"),
        lg_iso3=[Literal(iso3)],
        lg_demonym=words(demonyms, "en"),
        lg_wikidata=[iri(f"wd:{found.qid}")],
        **owned,
    )
    inside = _in_sentence(title, found)
    describe(
        graph,
        f"gov:{iso3}",
        rdf_type=[iri("lg:Government")],
        rdfs_label=words([f"Government of {inside}"], "en"),
        skos_altLabel=words([f"{demonyms[0]} government"], "en"),
        lg_governmentOf=[iri(f"state:{iso3}")],
        **owned,
    )
    describe(
        graph,
        f"terr:{iso3}",
        rdf_type=[iri("lg:Territory")],
        rdfs_label=words([f"Territory of {inside}"], "en"),
        lg_territoryOf=[iri(f"state:{iso3}")],
        **owned,
    )


def _in_sentence(title: str, found: packages.Territory) -> str:
    if title.startswith("The "):
        return f"the {title.removeprefix('The ')}"
    if found.in_sentence.startswith("the ") or "Republic" in title or "States" in title:
        return f"the {title}"
    return title


def _write_capital(graph: Graph, iso3: str, iso2: str, title: str) -> None:
    # GeoNames writes some titles without accents; any other name it has is that of another city (Colombo).
    plain = packages.capital(iso2)
    plain = plain if slug(plain) == slug(title) else title
    subject = f"place:{slug(title)}"
    names: list[Node] = words([title], "en")
    for language in ("ru", "ko"):
        found = packages.city_name(title, language) or packages.city_name(plain, language)
        names += words([found] if found else [], language)
    describe(
        graph,
        subject,
        rdf_type=[iri("lg:Settlement")],
        rdfs_label=names,
        skos_altLabel=words({plain} - {title}, "en"),
        lg_locatedIn=[iri(f"terr:{iso3}")],
        dct_source=[iri("src:geonames"), iri("src:cldr")],
    )
    point = packages.city(iso2, frozenset({title, plain}))
    if point is not None:
        describe(
            graph,
            subject,
            geo_lat=[decimal(point.latitude)],
            geo_long=[decimal(point.longitude)],
            lg_coordinatePrecision=[integer(CITY_PRECISION)],
            lg_geonamesId=[Literal(point.number)],
        )


if __name__ == "__main__":
    main()
