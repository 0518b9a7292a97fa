"""The writer process of a workbench: it holds the lock, carries out orders, and may be killed at any time.

Run as ``python -m kb.store.workbench_worker FOLDER MEMORY``. It begins with an outcome that says whether it
may write; then orders come on standard input and outcomes go on standard output (kb.store.workbench_orders).
"""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path
from typing import BinaryIO, Final

from kb.errors import LegationError, StoreError
from kb.store.lock import writer_lock
from kb.store.offline import go_offline
from kb.store.snapshots import Kind, Layout
from kb.store.workbench_orders import Order, Outcome, Part
from kb.store.workbench_writer import WorkbenchWriter

_GRACE: Final = 1.0
"""Seconds after which it ends itself, should the process that would stop it be gone."""


def main(arguments: list[str]) -> int:
    """Carry out orders until standard input ends."""
    folder, memory = arguments
    go_offline()
    # Anonymous memory only: the store's own files are mapped and do not count.
    resource.setrlimit(resource.RLIMIT_DATA, (int(memory), resource.RLIM_INFINITY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that owns this one
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    orders, outcomes = sys.stdin.buffer, sys.stdout.buffer
    layout = Layout(Path(folder), Kind.WORKBENCH)
    try:
        with writer_lock(layout.folder):
            writer = _opened(layout)
            Outcome(writer.current.version).send(outcomes)
            for line in orders:
                _outcome(writer, Order.read(line), orders).send(outcomes)
                signal.setitimer(signal.ITIMER_REAL, 0)
    except LegationError as error:  # it may not write, or not at all
        Outcome.of(error).send(outcomes)
    return 0


def _opened(layout: Layout) -> WorkbenchWriter:
    try:
        return WorkbenchWriter.open(layout)
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"the workbench cannot be written: {error}",
            place=str(layout.folder),
            repair="Make room on the disk, or give a folder that you may write",
        ) from error


def _outcome(writer: WorkbenchWriter, order: Order, orders: BinaryIO) -> Outcome:
    signal.setitimer(signal.ITIMER_REAL, order.seconds + _GRACE)
    types = order.types or [""] * len(order.sizes)
    parts = [Part(orders.read(size), kind) for size, kind in zip(order.sizes, types, strict=True)]
    try:
        return writer.carry_out(order, parts)
    except LegationError as error:
        return Outcome.of(error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
