"""Write the graphs of a snapshot to pipes, one after another.

Run as ``python -m kb.store.memory.dumping SNAPSHOT HANDLE...``: as many handles as COPIED has graphs. It is a
process of its own because Oxigraph's files come with threads, and a process with threads is not to fork.
"""

from __future__ import annotations

import signal
import sys

from pyoxigraph import RdfFormat, Store

from kb.store.memory.copied import COPIED, graph_of
from kb.store.offline import go_offline


def main(arguments: list[str]) -> int:
    """Write all graphs; 1 where the other end is gone."""
    snapshot, *handles = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    go_offline()
    store = Store.read_only(snapshot)
    for name, handle in zip(COPIED, handles, strict=True):
        try:
            with open(int(handle), "wb") as stream:
                store.dump(stream, format=RdfFormat.N_TRIPLES, from_graph=graph_of(name))
        except BrokenPipeError:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
