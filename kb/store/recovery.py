"""Bring the writer's live files back to what readers see, after a crash or a failed commit.

A commit counts from the moment ``current`` names its snapshot. Live files that are ahead of it (the writer
was killed, or the disk was full, between the two) are thrown away and linked anew from the snapshot.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pyoxigraph import Literal
from pyoxigraph import Store as Oxigraph

from kb.errors import StoreError
from kb.store.interface import BOOKS
from kb.store.owners import version_of
from kb.store.snapshots import Current, Layout
from kb.store.updates import SUM


def content_sum(store: Oxigraph) -> int:
    """Return the sum over the content that the books of a store hold; 0 for an empty store."""
    for quad in store.quads_for_pattern(BOOKS, SUM, None, BOOKS):
        assert isinstance(quad.object, Literal)
        return int(quad.object.value, 16)
    return 0


def known_current(layout: Layout) -> Current | None:
    """Return the snapshot that counts; the newest where the file that names it is lost or unreadable."""
    try:
        current = layout.current()
    except StoreError:
        current = None
    if current is None and (numbers := layout.numbers()):
        newest = Oxigraph.read_only(str(layout.snapshot(numbers[-1])))
        current = Current(numbers[-1], version_of(content_sum(newest)))
        layout.flip(current)
    return current


def open_live(layout: Layout, current: Current | None) -> Oxigraph:
    """Return the live files opened, with the content of the current snapshot.

    Raises OSError or, for a damaged snapshot, RuntimeError.
    """
    wanted = version_of(0) if current is None else current.version
    if layout.live.is_dir():
        try:
            live = Oxigraph(str(layout.live))
        except (OSError, RuntimeError):
            live = None  # half written, as a full disk leaves it; Oxigraph tells damage as RuntimeError
        if live is not None and version_of(content_sum(live)) == wanted:
            return live
        del live
    restore(layout, current)
    return Oxigraph(str(layout.live))


def restore(layout: Layout, current: Current | None) -> None:
    """Put the files of a snapshot, or nothing, in the place of the live ones. May be killed and run again.

    The live files must not be open. Raises OSError.
    """
    old, new = layout.folder / "live.old", layout.folder / "live.new"
    for leftover in (old, new):
        shutil.rmtree(leftover, ignore_errors=True)
    if layout.live.exists():
        os.rename(layout.live, old)
        shutil.rmtree(old)
    if current is not None:
        _copy(layout.snapshot(current.number), new)
        os.rename(new, layout.live)


def _copy(snapshot: Path, to: Path) -> None:
    """Copy a snapshot; its tables never change once written, so they are linked."""
    to.mkdir()
    for file in snapshot.iterdir():
        if file.suffix == ".sst":
            os.link(file, to / file.name)
        else:
            shutil.copy2(file, to / file.name)
