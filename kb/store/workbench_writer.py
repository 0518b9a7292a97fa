"""The one writer of a workbench: an order is carried out whole and shown to readers, or it leaves no trace.

Live files are worth nothing here: whatever goes wrong, they are linked anew from the snapshot that counts.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse
from pyoxigraph import Store as Oxigraph

from kb.errors import (
    BadContent,
    BadQuery,
    ConditionFailed,
    LegationError,
    NotFound,
    StateConflict,
    StoreError,
)
from kb.store.formats import GRAPHS
from kb.store.interface import BOOKS, DEFAULT_NAMES, Dataset
from kb.store.owners import version_of
from kb.store.recovery import restore
from kb.store.snapshots import Current, Layout
from kb.store.workbench_orders import Condition, Deed, Order, Outcome, Part
from kb.store.workbench_text import Prepared, prepared
from kb.store.writer import show

_AT: Final = re.compile(r"error at ([0-9]+):([0-9]+)")
_NO_SUCH_STATE: Final = re.compile(r"[Tt]he graph .* (?:already exists|does not exist)", re.DOTALL)
_WHERE: Final = re.compile(r"^Parser error at line [0-9]+ (?:between )?columns? [0-9]+(?: and [0-9]+)?: ")
_REMOTE: Final = "No LoadDocumentCallback"


@dataclass(slots=True)
class WorkbenchWriter:
    """Has the live files of a workbench open; its process holds the lock."""

    layout: Layout
    current: Current
    live: Oxigraph | None

    @classmethod
    def open(cls, layout: Layout) -> WorkbenchWriter:
        """Open a workbench, whatever state a killed writer left; an empty folder becomes one.

        Raises OSError or RuntimeError.
        """
        layout.mark()
        layout.snapshots.mkdir(exist_ok=True)
        known = _known(layout)
        restore(layout, known)
        live = Oxigraph(str(layout.live))
        writer = cls(layout, known or show(layout, live, 0, version_of(0)), live)
        layout.prune(writer.current.number)
        return writer

    def carry_out(self, order: Order, parts: list[Part]) -> Outcome:
        """Carry out an order. Raises errors of the family; the data set is then as it was."""
        touched = False
        update: Prepared | None = None
        try:
            live = self._opened()
            graph = _graph(order.graph)
            known = order.graph is None or _holds(live, graph)
            _hold(order.condition, self.current.version, known=known)
            if order.deed is Deed.DELETE and not known:
                raise NotFound("there is no such graph", place=order.graph or "")
            update = _update(order, parts) if order.deed is Deed.UPDATE else None
            touched = True
            if update is not None:
                for part in update.parts:
                    live.update(part, base_iri=order.base or None)
            else:
                _change_graph(live, order, graph, parts)
            if live.contains_named_graph(BOOKS):
                raise BadQuery(f"{BOOKS} is kept for bases", repair="Give the graph another name")
            self.current = show(self.layout, live, self.current.number, secrets.token_hex(8))
            touched = False
        except SyntaxError as error:
            # One part of an update is read whole before anything is done.
            touched = update is None or len(update.parts) > 1
            raise _not_read(update, error) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise self._failed(error) from error
        finally:
            if touched:
                self.live = None  # the next order links it anew
        self.layout.prune(self.current.number)
        return Outcome(self.current.version, created=not known)

    def _opened(self) -> Oxigraph:
        if self.live is None:
            restore(self.layout, self.current)
            self.live = Oxigraph(str(self.layout.live))
        return self.live

    def _failed(self, error: Exception) -> LegationError:
        said = str(error)
        if _NO_SUCH_STATE.search(said):
            return StateConflict(said.rstrip("."), repair="Say SILENT where that shall not matter")
        return StoreError(
            f"the change failed: {error}",
            place=str(self.layout.folder),
            repair="Make room on the disk, then send it again: nothing of it was kept",
        )


def _known(layout: Layout) -> Current | None:
    """Return the snapshot that counts; the newest, under a new version, where that is lost."""
    try:
        current = layout.current()
    except StoreError:
        current = None
    if current is None and (numbers := layout.numbers()):
        current = Current(numbers[-1], secrets.token_hex(8))
        layout.flip(current)
    return current


def _graph(name: str | None) -> NamedNode | DefaultGraph:
    return DefaultGraph() if name is None or name in DEFAULT_NAMES else NamedNode(name)


def _holds(live: Oxigraph, graph: NamedNode | DefaultGraph) -> bool:
    return isinstance(graph, DefaultGraph) or live.contains_named_graph(graph)


def _hold(condition: Condition, version: str, *, known: bool) -> None:
    """Hold a condition against the state of things. Raises ConditionFailed."""
    if condition.absent and known:
        raise ConditionFailed("the graph is there already", repair="Leave out If-None-Match to replace it")
    if condition.present and not known:
        raise ConditionFailed("the graph is not there", repair="Leave out If-Match to make it")
    expected = condition.versions is None or version in condition.versions
    if not expected or version in condition.other_than:
        raise ConditionFailed(
            "the data set has changed since", repair="Read it again, then send what shall be changed now"
        )


def _update(order: Order, parts: list[Part]) -> Prepared:
    using = Dataset(order.default, order.named) if order.default or order.named else None
    return prepared(parts[0].content.decode("utf-8"), using)


def _change_graph(live: Oxigraph, order: Order, graph: NamedNode | DefaultGraph, parts: list[Part]) -> None:
    if order.deed is not Deed.POST:
        live.remove_graph(graph)
    if order.deed is Deed.DELETE:
        return
    if isinstance(graph, NamedNode):
        live.add_graph(graph)  # an empty graph is a graph too
    for part in parts:
        _load(live, order, graph, part)


def _load(live: Oxigraph, order: Order, graph: NamedNode | DefaultGraph, part: Part) -> None:
    form = GRAPHS[part.media_type]
    base = order.base or None
    if form is not RdfFormat.JSON_LD:
        live.load(part.content, form, base_iri=base, to_graph=graph)
        return
    # Loaded straight, its named graphs would land in graphs of their own.
    quads = parse(part.content, form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
    live.extend(_moved(quad, graph) for quad in quads)


def _moved(quad: Quad, graph: NamedNode | BlankNode | DefaultGraph) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _not_read(update: Prepared | None, error: SyntaxError) -> LegationError:
    """Return what tells a user where an update or a graph stops being one."""
    said = " ".join(str(error.msg or error).split())
    if update is not None:
        at = _AT.search(said)
        where = f"line {at[1]}, column {at[2]}" if at and update.as_sent else ""
        return BadQuery("not SPARQL Update", place=where, repair="Repair the update there")
    if _REMOTE in said:
        return BadContent(
            "the JSON-LD names a context elsewhere, which is never fetched",
            repair="Write the context into the document",
        )
    where = f"line {error.lineno}, column {error.offset}" if error.lineno else ""
    return BadContent(_WHERE.sub("", said)[:200], place=where, repair="Repair the content there")
