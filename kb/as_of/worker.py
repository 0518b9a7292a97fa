"""The process that makes the base of an earlier day: it stands back for others, and may be killed.

Run as ``python -m kb.as_of.worker`` with an Order as a line of JSON on standard input; it prints an Outcome
as a line of JSON. The order comes that way because it may hold a password.
"""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import sys
from typing import Final

from kb.as_of.making import make
from kb.as_of.messages import Order, Outcome, no_memory
from kb.errors import LegationError, StoreError
from kb.store.offline import go_offline
from kb.store.worker import bound

STANDING_BACK: Final = 10
"""The niceness of the process."""
_PARENT_DEATH: Final = 1


def main() -> int:
    """Carry out the order on standard input."""
    order = Order.read(sys.stdin.readline())
    os.nice(STANDING_BACK)
    _end_with_parent()
    if order.place.folder:
        go_offline()
    bound(order.memory)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(order.seconds), resource.RLIM_INFINITY))
    print(carried_out(order).line(), flush=True)
    return 0


def _end_with_parent() -> None:
    """Let this process be killed when the one that wants the base ends (Linux; elsewhere it goes on)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)


def carried_out(order: Order) -> Outcome:
    """Make what is ordered."""
    try:
        return Outcome(make(order.place.open(), order.day, order.folder, order.claims))
    except LegationError as error:
        return Outcome.failed(error)
    except MemoryError:
        return Outcome.failed(no_memory(order))
    except (OSError, RuntimeError) as error:  # Oxigraph tells a full disk as either
        return Outcome.failed(StoreError(f"it cannot be written: {error}", place=str(order.folder)))


if __name__ == "__main__":
    sys.exit(main())
