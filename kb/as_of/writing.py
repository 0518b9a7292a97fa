"""Write a store's folder at once, for questions only: one snapshot, and no books for a writer.

The graphs pass as N-Triples from engine to engine; what nobody looks into is never made into objects. What
is asked stands in the default graph. Facts and what follows from them stand in their own graphs too, as a
question about all graphs may range over these; no question does over an article's or over reference data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

from kb.store.interface import ARTICLES, is_asked
from kb.store.snapshots import Current, Layout
from kb.terms import graph

_IN_DEFAULT_ONLY: Final = frozenset(map(graph, ("ontology", "reference", "description")))
_PART: Final = 8_000_000
"""Bytes that are loaded at once."""


def write(folder: Path, version: str, graphs: Iterable[tuple[NamedNode, bytes]]) -> None:
    """Make an empty folder a store that holds these graphs, each in N-Triples.

    What is asked stands in the default graph as well. Raises OSError, RuntimeError for a full disk.
    """
    layout = Layout(folder)
    layout.mark()
    layout.snapshots.mkdir()
    store = Store(str(layout.snapshot(1)))
    for part in _parts(graphs):
        store.bulk_load(part, format=RdfFormat.N_QUADS, lenient=True)
    store.flush()
    del store  # closes its files: readers open them
    layout.flip(Current(1, version))


def _parts(graphs: Iterable[tuple[NamedNode, bytes]]) -> Iterator[bytes]:
    """Yield N-Quads in parts that a loader holds in a tenth of the memory that it would take for all."""
    waiting: list[bytes] = []
    for name, content in graphs:
        named = name not in _IN_DEFAULT_ONLY and not name.value.startswith(ARTICLES)
        for some in _cut(content):
            if is_asked(name):
                waiting.append(some)
            if named:
                # A line break inside a literal is escaped: each statement is a line, and ends so.
                waiting.append(some.replace(b" .\n", f" {name} .\n".encode()))
            if sum(map(len, waiting)) >= _PART:
                yield b"".join(waiting)
                waiting.clear()
    yield b"".join(waiting)


def _cut(content: bytes) -> Iterator[bytes]:
    """Yield whole lines of about _PART bytes together."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + _PART) + 1 or len(content)
        yield content[start:end]
        start = end


def triples_of(content: bytes) -> Iterator[Triple]:
    """Yield the triples of N-Triples."""
    return (quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES))
