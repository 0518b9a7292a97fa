"""A process that another process of ours forked, and that is our child all the same."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Self

_SUBREAPER: Final = 36


def adopt_orphans() -> bool:
    """Make this process the parent of its children's orphans; False where the system cannot (not Linux)."""
    if not sys.platform.startswith("linux"):
        return False
    return bool(ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0) == 0)


@dataclass(slots=True)
class Adopted:
    """An adopted process; as much of subprocess.Popen as a reader needs."""

    pid: int
    handle: int
    """Tells the system which process is meant, even when another has its number by now."""
    returncode: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def by_number(cls, pid: int) -> Self:
        """Return a process that became our child. Raises OSError where it is none."""
        return cls(pid, os.pidfd_open(pid))

    def kill(self) -> None:
        """End it; nothing happens where it has ended."""
        with self._lock, suppress(ProcessLookupError):
            if self.returncode is None:
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Return how it ended, as Popen.wait does. Raises subprocess.TimeoutExpired."""
        watched = select.poll()
        watched.register(self.handle, select.POLLIN)
        if self.returncode is None and not watched.poll(None if timeout is None else timeout * 1000):
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        with self._lock:
            if self.returncode is None:
                self.returncode = _reaped(self.pid)
                os.close(self.handle)
        return self.returncode


def _reaped(pid: int) -> int:
    try:
        _, status = os.waitpid(pid, 0)
    except ChildProcessError:  # it was adopted by another process, or reaped by one
        return 0
    return os.waitstatus_to_exitcode(status)
