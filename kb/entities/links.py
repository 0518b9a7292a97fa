"""The table of links to Wikidata, and the rule that one item stands for one entity.

``lg:wikidata`` states an exact match and nothing else. Where an item conflates two things, or looks right and
is wrong, the table says so, and remembers it. The form is SSSOM (mapping-commons, version 1.0) in TSV.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from kb.errors import BadReference
from kb.namespaces import expand
from kb.resources import REFERENCE
from kb.terms import Triple, lg

TABLE: Final = REFERENCE.parent / "links.sssom.tsv"
COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_modifier",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "comment",
)
EXACT: Final = "skos:exactMatch"
PREDICATES: Final = frozenset(
    {EXACT, "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"}
)


@dataclass(frozen=True, slots=True)
class Link:
    """One row: how an entity and a Wikidata item relate, as full IRIs; ``rejected`` for a "Not" row."""

    entity: str
    predicate: str
    item: str
    rejected: bool
    comment: str

    @property
    def exact(self) -> bool:
        """A match that lg:wikidata may state."""
        return self.predicate == EXACT and not self.rejected


def read_links(path: Path = TABLE) -> list[Link]:
    """Return the rows of an SSSOM table.

    Raises BadReference for a missing column, an unknown predicate, modifier or prefix, or an empty table.
    """
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise BadReference(
            "the columns are not those expected", place=str(path), repair=f"Write {', '.join(COLUMNS)}"
        )
    links = [_link(row, path) for row in reader]
    if not links:
        raise BadReference("no row", place=str(path), repair="Restore the table")
    return links


def conflicts(links: Iterable[Link], triples: Iterable[Triple]) -> list[str]:
    """Return what breaks the rules, one sentence each, sorted.

    Exact matches of the table and lg:wikidata statements count together: one item for an entity, one entity
    for an item, and none that the table calls wrong or merely close.
    """
    links = list(links)
    exact = {*_stated(triples), *((link.entity, link.item) for link in links if link.exact)}
    inexact = {(link.entity, link.item): link for link in links if not link.exact}
    entities: dict[str, set[str]] = defaultdict(set)
    items: dict[str, set[str]] = defaultdict(set)
    for entity, item in exact:
        entities[item].add(entity)
        items[entity].add(item)
    shared = [f"{item} stands for {_listed(found)}" for item, found in entities.items() if len(found) > 1]
    double = [f"{entity} has {_listed(found)}" for entity, found in items.items() if len(found) > 1]
    refused = [
        f"{entity} is linked to {item}, which the table refuses: {inexact[entity, item].comment}"
        for entity, item in exact & inexact.keys()
    ]
    return sorted([*shared, *double, *refused])


def _stated(triples: Iterable[Triple]) -> Iterator[tuple[str, str]]:
    for triple in triples:
        if triple.predicate != lg("wikidata"):
            continue
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            yield triple.subject.value, triple.object.value


def _listed(iris: Iterable[str]) -> str:
    return ", ".join(sorted(iris))


def _link(row: dict[str, str], path: Path) -> Link:
    fault = ""
    if row["predicate_id"] not in PREDICATES:
        fault = f"predicate {row['predicate_id']!r}"
    elif row["predicate_modifier"] not in ("", "Not"):
        fault = f"modifier {row['predicate_modifier']!r}"
    elif not row["mapping_justification"]:
        fault = "no justification"
    try:
        entity, item = expand(row["subject_id"]), expand(row["object_id"])
    except KeyError as error:
        fault = f"prefix {error}"
    if fault:
        raise BadReference(fault, place=f"{path}: {row['subject_id']}", repair="Correct the row")
    return Link(entity, row["predicate_id"], item, row["predicate_modifier"] == "Not", row["comment"])
