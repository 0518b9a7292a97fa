"""Take the network away from a process that runs strangers' queries.

The engine can fetch (SERVICE, LOAD); the guard refuses both before it sees them. Should a spelling slip
through, the kernel refuses the socket: a filter over system calls, which needs no privilege, cannot be taken
off again, and holds for every thread and process begun after it.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from typing import Final

_NO_NEW_PRIVILEGES: Final = 38
_SECCOMP: Final = 22
_FILTER: Final = 2
_ARCHITECTURES: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""From a machine to its number for the kernel and to the number of the system call ``socket``."""
_RING: Final = 425
"""io_uring_setup, by which sockets could be made past the filter."""
_FOREIGN: Final = 0x40000000
"""System calls from this number on are those of another convention on the same machine."""
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 13  # EACCES


def go_offline() -> bool:
    """Refuse this process every new socket, for good; return whether the system could.

    Call it before any thread is started. False on other systems than Linux on x86-64 and ARM64, and where
    the kernel has no such filters.
    """
    known = _ARCHITECTURES.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    program = _program(*known)
    steps = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))

    filter_ = Program(len(program) // 8, ctypes.addressof(steps))
    system = ctypes.CDLL(None)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(system.prctl(_SECCOMP, _FILTER, ctypes.byref(filter_), 0, 0) == 0)


def _program(architecture: int, socket: int) -> bytes:
    steps = (
        (_LOAD, 0, 0, 4),  # the architecture of the call
        (_EQUAL, 0, 4, architecture),
        (_LOAD, 0, 0, 0),  # its number
        (_AT_LEAST, 2, 0, _FOREIGN),
        (_EQUAL, 1, 0, socket),
        (_EQUAL, 0, 1, _RING),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    return b"".join(struct.pack("HBBI", *step) for step in steps)
