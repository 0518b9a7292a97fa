"""The one writer of a store's folder: a commit is a transaction, a snapshot, and the flip that counts."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode, Quad, Triple
from pyoxigraph import Store as Oxigraph

from kb.errors import StoreError
from kb.store.interface import Change, Committed, Writer, is_asked
from kb.store.owners import Plan, plan, version_of
from kb.store.recovery import content_sum, known_current, open_live
from kb.store.snapshots import Current, Layout
from kb.store.updates import transaction

_log = logging.getLogger("legation.store")


@dataclass(slots=True)
class EmbeddedWriter(Writer):
    """The one writer of a folder; it has the live files open."""

    layout: Layout
    current: Current
    live: Oxigraph | None

    @classmethod
    def open(cls, layout: Layout) -> EmbeddedWriter:
        """Open the live files for writing, whatever state a killed writer left them in. Raises OSError."""
        layout.mark()
        layout.snapshots.mkdir(exist_ok=True)
        known = known_current(layout)
        live = open_live(layout, known)
        writer = cls(layout, known or Current(0, version_of(0)), live)
        if known is None:
            writer._show(live, writer.current.version)
        layout.prune(writer.current.number)
        return writer

    def commit(self, changes: Sequence[Change], *, note: str = "") -> Committed:
        """See Writer.commit: one Oxigraph transaction and one snapshot, or none when nothing changes."""
        try:
            live = self._open()
            planned = plan(changes, partial(_content, live), partial(_owners, live))
            if not planned:
                return Committed(0, 0, self.current.version)
            self._carry_out(live, planned)
        except (OSError, RuntimeError) as error:
            self.live = None  # after a write error Oxigraph must be opened anew; the next commit does
            raise StoreError(
                f"the commit failed: {error}",
                place=str(self.layout.folder),
                repair="Make room on the disk, then run this again: nothing of the commit was kept",
            ) from error
        self.layout.prune(self.current.number)
        done = Committed(len(planned.added), len(planned.removed), self.current.version)
        _log.info("+%d -%d, version %s. %s", done.added, done.removed, done.version, note)
        return done

    def _open(self) -> Oxigraph:
        if self.live is None:
            self.live = open_live(self.layout, self.current)
        return self.live

    def _carry_out(self, live: Oxigraph, planned: Plan) -> None:
        before = content_sum(live)
        after = planned.total(before)
        live.update(transaction(planned, before, after))
        self._show(live, version_of(after))

    def _show(self, live: Oxigraph, version: str) -> None:
        self.current = show(self.layout, live, self.current.number, version)


def show(layout: Layout, live: Oxigraph, before: int, version: str) -> Current:
    """Take a snapshot of the live files and make it the one that readers use; return it.

    ``before`` is the number of the snapshot that counts until then. Raises OSError or RuntimeError.
    """
    number = max([before, *layout.numbers()]) + 1
    unfinished = layout.snapshots / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    live.backup(str(unfinished))
    os.rename(unfinished, layout.snapshot(number))
    made = Current(number, version)
    layout.flip(made)
    return made


def _content(live: Oxigraph, graph: NamedNode, among: set[Triple] | None) -> set[Triple]:
    if among is not None:
        return {
            triple for triple in among if Quad(triple.subject, triple.predicate, triple.object, graph) in live
        }
    return {quad.triple for quad in live.quads_for_pattern(None, None, None, graph)}


def _owners(live: Oxigraph, triples: Iterable[Triple]) -> Iterator[tuple[Triple, NamedNode]]:
    for triple in triples:
        for quad in live.quads_for_pattern(*triple):
            if isinstance(quad.graph_name, NamedNode) and is_asked(quad.graph_name):
                yield triple, quad.graph_name
