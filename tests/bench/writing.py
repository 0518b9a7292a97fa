"""From copies to N-Quads, and from N-Quads to a base's folder and to the folder of Oxigraph's own server."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kb.namespaces import LG, PREFIXES
from kb.store.interface import BOOKS, VISIBLE
from kb.store.owners import version_of
from kb.store.recovery import content_sum
from kb.store.snapshots import Current, Layout
from kb.store.updates import SUM
from kb.terms import graph
from tests.bench.casting import Cast, Stage
from tests.bench.moulds import Gap, moulds
from tests.bench.plans import all_met
from tests.bench.world import world_of

_MODULUS: Final = 1 << 256
_CONTESTED: Final = f"<{graph('contested').value}>"
_INFERRED: Final = f"<{graph('inferred').value}>"
_DISPUTED_SHARE: Final = 0.04
"""In how many copies one event is contested instead of a fact."""


@dataclass(slots=True)
class Growing:
    """A seed and the copies added to it, written as N-Quads: ``seen`` is what queries range over."""

    seen: BinaryIO
    rest: BinaryIO
    total: int
    asked: int = 0
    """Triples of the default graph so far."""
    dyads: set[tuple[str, str]] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)

    def add(self, cast: Cast) -> None:
        """Write one copy."""
        contested = ""
        if cast.mould.events and cast.stage.rng.random() < _DISPUTED_SHARE:
            contested = cast.stage.rng.choice(cast.mould.events)
        values = [cast.fill(gap, text) for gap, text in cast.mould.gaps]
        disputed: dict[str, None] = {}
        for section in cast.mould.sections:
            name = section.graph if isinstance(section.graph, str) else cast.fill(*section.graph)
            text = section.template % tuple(map(values.__getitem__, section.gaps))
            lines = dict.fromkeys(text.split("\n"))
            if section.event and section.event == contested:
                disputed |= lines  # said and inferred, in one graph now
            else:
                self._write(lines, name, asked=section.asked, own=section.own)
        if disputed:
            self._write(disputed, _CONTESTED, asked=False, own=True)
        if cast.extras:
            article = cast.fill(Gap.FRESH, cast.mould.articles[0])
            self._write(dict.fromkeys(cast.extras), article, asked=True, own=False)
        for pair in sorted(cast.dyads - self.dyads):
            self._write(dict.fromkeys(_dyad(pair, cast.stage.world.labels)), _INFERRED, asked=True, own=True)
        self.dyads |= cast.dyads

    def _write(self, lines: dict[str, None], name: str, *, asked: bool, own: bool) -> None:
        self.total += sum(_share(name, line) for line in lines)
        visible = self.seen if name in _VISIBLE else self.rest
        visible.write((f" {name} .\n".join(lines) + f" {name} .\n").encode())
        if asked:
            self.seen.write((" .\n".join(lines) + " .\n").encode())
            new = len(lines) if own else len(lines.keys() - self.shared)
            self.asked += new
            if not own:
                self.shared.update(lines)


def _share(name: str, line: str) -> int:
    """Return what a triple in a graph adds to the sum over the content (kb.store.owners)."""
    return int.from_bytes(hashlib.sha256(f"{name} {line}".encode()).digest(), "big")


_VISIBLE: Final = frozenset(str(name) for name in VISIBLE)


def _dyad(pair: tuple[str, str], labels: dict[str, str]) -> Iterator[str]:
    node = f"<{PREFIXES['dyad']}{'-'.join(pair)}>"
    yield f"{node} <{PREFIXES['rdf']}type> <{LG}Dyad>"
    name = Literal("–".join(labels[code] for code in pair), language="en")
    yield f"{node} <{PREFIXES['rdfs']}label> {name}"
    for code in pair:
        yield f"{node} <{LG}dyadMember> <{PREFIXES['state']}{code}>"


def grow(seed: Path, to: Path, triples: int, number: int) -> int:
    """Make a base of about so many triples in its default graph from a seed base; return how many.

    ``to`` becomes the base's folder; beside it ``<to>.oxigraph`` becomes a location of Oxigraph's server with
    the default graph and the named graphs that a query sees. ``number`` seeds every choice. Raises
    FileExistsError where one of them exists, OSError for a full disk.
    """
    layout, seed_layout, server = Layout(to.absolute()), Layout(seed), to.with_name(f"{to.name}.oxigraph")
    for folder in (to, server):
        folder.mkdir(parents=True)
    current = seed_layout.current()
    assert current is not None
    origin = Store.read_only(str(seed_layout.snapshot(current.number)))
    seen, rest, met = to / "seen.nq", to / "rest.nq", to / "met.nq"
    with ExitStack() as files:
        growing = Growing(
            files.enter_context(seen.open("wb", 1 << 20)),
            files.enter_context(rest.open("wb", 1 << 20)),
            content_sum(origin),
        )
        _copy_seed(origin, growing)
        made = moulds(origin)
        size = triples / 1_000_000
        stage = Stage(world_of(origin), random.Random(number), evenness=_evenness(size))
        weights = list(accumulate(mould.weight for mould in made))
        copies = 0
        while growing.asked < triples:
            growing.add(Cast(stage, stage.rng.choices(made, cum_weights=weights)[0], copies))
            copies += 1
    other = _load(server, [seen])
    total = (growing.total + _meet(other, met)) % _MODULUS
    _add(other, met)
    other.flush()
    live = _load(layout.live, [seen, rest, met])
    live.add(Quad(BOOKS, SUM, Literal(f"{total:064x}"), BOOKS))
    live.flush()
    layout.snapshots.mkdir()
    live.backup(str(layout.snapshot(1)))
    layout.mark()
    layout.flip(Current(1, version_of(total)))
    for file in (seen, rest, met):
        os.unlink(file)
    return growing.asked


def _evenness(millions: float) -> float:
    """Return 0 up to a million triples, 1 from ten million on, and what lies between in between."""
    return min(1.0, max(0.0, (millions - 1) / 9))


def _copy_seed(origin: Store, growing: Growing) -> None:
    for quad in origin:
        if quad.graph_name == BOOKS:
            continue
        inside = not isinstance(quad.graph_name, NamedNode)
        seen = inside or quad.graph_name in VISIBLE
        growing.asked += inside
        file = growing.seen if seen else growing.rest
        file.write(f"{quad.triple}{'' if inside else f' {quad.graph_name}'} .\n".encode())
        if quad.graph_name == graph("inferred") and str(quad.subject).startswith(f"<{PREFIXES['dyad']}"):
            one, _, other = str(quad.subject)[1:-1].rpartition("/")[2].partition("-")
            growing.dyads.add((one, other))


def _meet(store: Store, to: Path) -> int:
    """Write which plans are met, but for what is known of the seed's; return what that adds to the sum."""
    name = graph("prospective")
    lines = sorted(
        str(each)
        for each in all_met(store)
        if Quad(each.subject, each.predicate, each.object, name) not in store
    )
    to.write_text("".join(f"{line} {name} .\n" for line in lines), "utf-8")
    return sum(_share(str(name), line) for line in lines)


def _load(folder: Path, files: list[Path]) -> Store:
    shutil.rmtree(folder, ignore_errors=True)
    store = Store(str(folder))
    for file in files:
        _add(store, file)
    store.optimize()
    return store


def _add(store: Store, file: Path) -> None:
    store.bulk_load(path=str(file), format=RdfFormat.N_QUADS, lenient=True)
