"""The table of links: read strictly, and one Wikidata item for one entity."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.entities.links import COLUMNS, conflicts, read_links
from kb.errors import BadReference
from kb.namespaces import expand
from kb.reference import reference_triples
from kb.terms import Triple, iri, lg

GOOD = {
    "subject_id": "org:mill",
    "subject_label": "The mill's company",
    "predicate_modifier": "",
    "predicate_id": "skos:exactMatch",
    "object_id": "wd:Q42",
    "object_label": "Mill",
    "mapping_justification": "semapv:ManualMappingCuration",
    "comment": "The item is the company.",
}


def written(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "links.sssom.tsv"
    lines = ["# mapping_set_id: test", "\t".join(COLUMNS), *("\t".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def linked(entity: str, item: str) -> Triple:
    return Triple(iri(entity), lg("wikidata"), iri(item))


def test_the_reference_data_and_the_table_do_not_conflict() -> None:
    assert conflicts(read_links(), reference_triples()) == []


def test_the_plant_is_close_to_the_item_that_is_exactly_its_company() -> None:
    found = {(link.entity, link.predicate) for link in read_links() if link.item == expand("wd:Q420843")}
    assert found == {
        (expand("fac:komsomolsk-on-amur-aircraft-plant"), "skos:closeMatch"),
        (expand("org:knaaz-company"), "skos:exactMatch"),
    }


def test_the_plant_has_no_exact_link() -> None:
    plant = iri("fac:komsomolsk-on-amur-aircraft-plant")
    assert not [t for t in reference_triples() if t.subject == plant and t.predicate == lg("wikidata")]


def test_two_entities_of_one_item_conflict() -> None:
    faults = conflicts([], [linked("org:mill", "wd:Q42"), linked("fac:mill", "wd:Q42")])
    assert len(faults) == 1
    assert "stands for" in faults[0]


def test_two_items_of_one_entity_conflict() -> None:
    faults = conflicts([], [linked("org:mill", "wd:Q42"), linked("org:mill", "wd:Q43")])
    assert len(faults) == 1
    assert "has" in faults[0]


@pytest.mark.parametrize(
    "change", [{"predicate_modifier": "Not"}, {"predicate_id": "skos:closeMatch"}], ids=["rejected", "close"]
)
def test_a_link_that_the_table_refuses_conflicts(tmp_path: Path, change: dict[str, str]) -> None:
    links = read_links(written(tmp_path, GOOD | change))
    faults = conflicts(links, [linked("org:mill", "wd:Q42")])
    assert len(faults) == 1
    assert "refuses" in faults[0]


@pytest.mark.parametrize(
    "change",
    [
        {"predicate_id": "owl:sameAs"},
        {"predicate_modifier": "Perhaps"},
        {"mapping_justification": ""},
        {"object_id": "wikidata:Q42"},
    ],
    ids=["predicate", "modifier", "justification", "prefix"],
)
def test_a_malformed_row_is_refused_by_its_subject(tmp_path: Path, change: dict[str, str]) -> None:
    with pytest.raises(BadReference, match="org:mill"):
        read_links(written(tmp_path, GOOD | change))


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadReference, match="no row"):
        read_links(written(tmp_path))


def test_a_table_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "links.sssom.tsv"
    path.write_text("subject_id\tobject_id\norg:mill\twd:Q42\n", encoding="utf-8")
    with pytest.raises(BadReference, match="columns"):
        read_links(path)
