"""Lead the link by which a service knows its store to another store, in one step.

    base -> base-2024-05-17     the link; readers look where it leads at each query
    base-2024-05-17/            the store that is asked now
    base-2024-05-18/            the one that was built meanwhile

A reader has the old store or the new one, never a part of both. The old folder is left as it is.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kb.errors import StoreError
from kb.store.lock import writer_lock
from kb.store.snapshots import Kind, Layout, kind_of


@dataclass(frozen=True, slots=True)
class Switched:
    """What a switch did."""

    before: Path | None
    """The folder that the link led to; None where there was no link."""
    after: Path
    version: str
    """The version of the store that is asked from now on."""


def switch(link: Path, to: Path) -> Switched:
    """Lead ``link`` to the store in the folder ``to``.

    Raises StoreError where ``to`` holds no store or one of another kind, or where ``link`` is no link;
    StoreBusy where a process writes to either store: what it writes would be lost from sight, or half there.
    """
    new = Layout(to.absolute()).resolved()
    kind = kind_of(new.folder)
    current = new.current() if Layout(new.folder, kind or Kind.BASE).check() else None
    if kind is None or current is None:
        raise StoreError("the folder holds no store yet", place=str(to), repair="Build it first")
    before = _target(link)
    with ExitStack() as held:
        held.enter_context(writer_lock(new.folder))
        if before is not None and before != new.folder:
            if kind_of(before) not in (kind, None):
                raise StoreError(
                    f"the folder holds a {kind.name.lower()}, the link leads to another kind of store",
                    place=str(to),
                    repair="Give each kind a link of its own",
                )
            if before.is_dir():
                held.enter_context(writer_lock(before))
        _lead(link, new.folder)
    return Switched(before, new.folder, current.version)


def _target(link: Path) -> Path | None:
    """Return the folder that a link leads to, None where there is no link yet."""
    if link.is_symlink():
        return Path(os.path.realpath(link))
    if not link.exists():
        return None
    raise StoreError(
        "this is a folder, not a link to one",
        place=str(link),
        repair=f"Once, while nothing is served from it: mv {link} {link}-1 && ln -s {link.name}-1 {link}",
    )


def _lead(link: Path, folder: Path) -> None:
    """Make a link, or put another in its place by rename, so that nobody ever finds none."""
    beside = folder.parent == Path(os.path.realpath(link.parent))
    new = link.with_name(f"{link.name}.new-{os.getpid()}")
    try:
        os.symlink(folder.name if beside else folder, new)
        os.replace(new, link)
        handle = os.open(link.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise StoreError(
            f"the link cannot be written: {error.strerror}", place=str(link), repair="Give one you may write"
        ) from error
