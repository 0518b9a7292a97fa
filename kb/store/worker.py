"""A reader process: it opens snapshots, answers one query after another, and may be killed at any time.

Run as ``python -m kb.store.worker FOLDER MEMORY NETWORK SPOOL`` with a socket as standard input; NETWORK is
"offline" or, for a reader whose queries call the relay to other services, "online". Requests come on
it, replies go on it; each is a line of JSON. A reply is followed by as many bytes as its ``size`` says, or
comes with the handle of a file that holds them. It imports little and opens only snapshots: opening the
writer's own files while it writes fails now and then.
"""

from __future__ import annotations

import json
import math
import os
import resource
import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from kb.store.answering import Source, answer
from kb.store.messages import OFFLINE, Reply, Request, line_of
from kb.store.offline import go_offline
from kb.store.opened import OpenSnapshot
from kb.store.output import Output
from kb.store.snapshots import Layout

_GRACE: Final = 1.0
"""Seconds after which a reader ends itself, should the process that would stop it be gone."""


def main(arguments: list[str]) -> int:
    """Answer requests until nobody is at the other end."""
    folder, memory, network, spool = arguments
    if network == OFFLINE:
        go_offline()
    bound(int(memory))
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as line:
        work(OpenSnapshot(Layout(Path(folder))), line, spool)
    return 0


def bound(memory: int) -> None:
    """Let this process take so many bytes of memory; the store's own files are mapped and do not count."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.RLIM_INFINITY))


def work(source: Source, line: socket.socket, spool: str, faults: float = math.inf) -> None:
    """Answer requests until nobody is at the other end of the line.

    ``faults`` is after how many pages that it had to make its own the process counts as worn.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that owns this one
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with line.makefile("rb") as requests:
        for sent in requests:
            request = Request(**json.loads(sent))
            _hold_to(request.seconds)
            with Output(spool or None) as output:
                reply = answer(source, request, output)
                signal.setitimer(signal.ITIMER_REAL, 0)
                worn = resource.getrusage(resource.RUSAGE_SELF).ru_minflt > faults
                send(line, replace(reply, worn=worn) if worn else reply, output)


def _hold_to(seconds: float) -> None:
    """End this process should the query take longer, by the clock or by the processor."""
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds + _GRACE)
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def send(line: socket.socket, reply: Reply, output: Output) -> None:
    """Send a reply: its bytes behind it, or beside it the handle of the file that holds them."""
    first = line_of(reply)
    if reply.spooled and output.handle is not None:
        sent = socket.send_fds(line, [first], [output.handle])
        line.sendall(first[sent:])
    else:
        line.sendall(first if reply.error else first + output.content())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
