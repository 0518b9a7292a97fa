"""What a process of ours has used of the processor, and whether it lets others go first (Linux)."""

from __future__ import annotations

import math
import os
import time
from contextlib import suppress
from typing import Final

_STANDING_BACK: Final = 10
"""The niceness of a reader whose query takes long."""
_SCHEDULED: Final = 2


def seconds_used(pid: int) -> float:
    """Return how long a process has used the processor; infinity once it is gone."""
    try:
        return time.clock_gettime(_clock_of(pid))
    except OSError:
        return math.inf


def stand_back(pid: int) -> None:
    """Let quick work go before a process on the processor from now on."""
    with suppress(ProcessLookupError, PermissionError):
        os.setpriority(os.PRIO_PROCESS, pid, _STANDING_BACK)


def stand_equal(pid: int) -> bool:
    """Take that back; False where the system does not let us."""
    try:
        own = os.getpriority(os.PRIO_PROCESS, 0)
        if os.getpriority(os.PRIO_PROCESS, pid) != own:
            os.setpriority(os.PRIO_PROCESS, pid, own)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _clock_of(pid: int) -> int:
    """Return the clock of what a process uses of the processor (clock_getcpuclockid)."""
    return (~pid << 3) | _SCHEDULED
