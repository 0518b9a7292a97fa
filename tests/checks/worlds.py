"""Toy worlds: files whose first line says which things are at fault in them."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from kb.namespaces import shorten
from kb.reference import ontology_triples

HERE = Path(__file__).parent
WORLDS = HERE / "worlds"
CONTRADICTIONS = HERE / "contradictions"
_FAULT = re.compile(r"# at fault: (?P<names>.*?)\. ")


def world(path: Path) -> ox.Store:
    """Return the ontology with a toy world."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in ontology_triples())
    before = len(store)
    store.load(path=str(path), format=ox.RdfFormat.TRIG)
    assert len(store) > before, f"{path.name} says nothing new"
    return store


def at_fault(path: Path) -> set[str]:
    """Return the things that the first line of a world names."""
    found = _FAULT.match(path.read_text("utf-8"))
    assert found, f"{path.name} does not begin with '# at fault: …'"
    names = set(found["names"].split(", "))
    return set() if names == {"nothing"} else names


def described(store: ox.Store) -> set[str]:
    """Return the CURIEs of all that a store's default graph describes, the ontology's own terms aside."""
    subjects = {quad.subject for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    names = {shorten(node.value) for node in subjects if isinstance(node, ox.NamedNode)}
    return {name for name in names if name and not name.startswith("lg:")}
