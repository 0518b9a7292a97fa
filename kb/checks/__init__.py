"""Checks of a base: shapes (SHACL), the reasoner (OWL), hygiene (SPARQL). They change nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kb import reference
from kb.checks.hygiene import check_hygiene
from kb.checks.reasoner import check_logic
from kb.checks.report import Finding, Report
from kb.checks.shapes import check_shapes
from kb.settings import Settings
from kb.store import open_store
from kb.terms import graph

__all__ = ["Finding", "Report", "load_for_checks", "run_checks"]

_TEXTS = graph("texts")


def run_checks(data: ox.Store, *, with_reasoner: bool | None = None) -> Report:
    """Return what all checks find in a store's default graph and its named graphs.

    ``with_reasoner`` None: where Java is installed. Raises MissingPart where the reasoner is asked for and
    cannot run, CheckFailed where it gives no answer, BadReference where there is nothing to check.
    """
    report = check_shapes(data).joined(check_hygiene(data))
    wanted = shutil.which("java") is not None if with_reasoner is None else with_reasoner
    return report.joined(check_logic(data)) if wanted else report


def load_for_checks(settings: Settings) -> ox.Store:
    """Return a copy in memory of the configured store, or of the bundled data where there is no store yet.

    Stored texts are left out. Raises StoreError for a store that cannot be read.
    """
    data = ox.Store()
    remote = settings.store.startswith(("http://", "https://"))
    if not remote and not Path(settings.store).exists():
        for name, triples in (
            ("ontology", reference.ontology_triples()),
            ("reference", reference.reference_triples()),
        ):
            data.extend(_quads(triples, graph(name)))
            data.extend(ox.Quad(*triple) for triple in triples)
        return data
    with open_store(settings.store, settings) as store:
        data.extend(ox.Quad(*triple) for triple in store.default_graph())
        for owner in store.graph_names() - {_TEXTS}:
            data.extend(_quads(store.graph(owner), owner))
    return data


def _quads(triples: Iterable[ox.Triple], name: ox.NamedNode) -> Iterator[ox.Quad]:
    return (ox.Quad(each.subject, each.predicate, each.object, name) for each in triples)
