"""The keeper: a process that holds a copy in memory and forks readers from it.

Run as ``python -m kb.store.memory.keeper FOLDER SPOOL PLACE VERSION LIMIT HANDLE...`` with a socket as
standard input: PLACE is that of the snapshot, LIMIT the bytes that the copy may take, the handles are those
that kb.store.memory.dumping writes to. It says on the socket what it holds; then each line that it is sent is
an order for a reader, with the reader's socket beside it, and is answered with the reader's number.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kb.store.memory.copied import COPIED, CopiedSnapshot, Copy, load
from kb.store.memory.orders import FULL, Forked, Held, Order, own_share
from kb.store.offline import go_offline
from kb.store.opened import OpenSnapshot, Place
from kb.store.snapshots import Layout
from kb.store.worker import bound, work

_LINE: Final = 4096
_DATA: Final = 5
"""Which number of /proc/self/statm counts the pages that RLIMIT_DATA bounds."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    folder: Path
    spool: str
    copy: Copy


def main(arguments: list[str]) -> int:
    """Load the copy, then fork readers until nobody is at the other end; FULL where it does not fit."""
    try:
        _keep(arguments)
    except MemoryError:
        return FULL
    return 0


def _keep(arguments: list[str]) -> None:
    folder, spool, place, version, limit, *handles = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    go_offline()
    resource.setrlimit(resource.RLIMIT_DATA, (int(limit), resource.RLIM_INFINITY))
    streams = zip(COPIED, map(int, handles), strict=True)
    wanted = _Wanted(Path(folder), spool, load(streams, Place.read(place), version))
    bound(resource.RLIM_INFINITY)
    gc.collect()
    gc.freeze()  # a collection in a reader would copy every page that it looks at
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as line:
        line.sendall(Held(len(wanted.copy.store), data_bytes()).line())
        _serve(line, wanted)


def _serve(line: socket.socket, wanted: _Wanted) -> None:
    while True:
        sent, handles, _, _ = socket.recv_fds(line, _LINE, 1)
        if not sent or not handles:
            return
        number = _fork(Order.read(sent), handles[0], wanted)
        os.close(handles[0])
        line.sendall(Forked(number).line())


def _fork(order: Order, handle: int, wanted: _Wanted) -> int:
    """Fork a reader and return its number.

    It is forked twice, so that it becomes a child of the service, which reaps orphans: only a parent can
    tell how a process ended.
    """
    reading, writing = os.pipe()
    between = os.fork()
    if between == 0:
        reader = os.fork()
        if reader == 0:
            os.close(reading)
            os.close(writing)
            _read(order, handle, wanted)
        os.write(writing, b"%d" % reader)
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as stream:
        number = int(stream.read())
    os.waitpid(between, 0)
    return number


def _read(order: Order, handle: int, wanted: _Wanted) -> None:
    """Be a reader, and end with it: nothing of the keeper's may run here."""
    status = 1
    try:
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, sys.stdin.fileno())  # the keeper's own line
        os.close(nothing)
        shared = data_bytes()
        bound(shared + order.memory)
        source = CopiedSnapshot(wanted.copy, OpenSnapshot(Layout(wanted.folder)))
        with socket.socket(fileno=handle) as line:
            work(source, line, wanted.spool, own_share(shared, order.memory) // resource.getpagesize())
        status = 0
    finally:
        os._exit(status)


def data_bytes() -> int:
    """Return how much of this process's memory counts for RLIMIT_DATA."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[_DATA]) * resource.getpagesize()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
