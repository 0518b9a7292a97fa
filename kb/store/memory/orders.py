"""What goes to a keeper and what comes back: one line of JSON each."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final, Self

FULL: Final = 3
"""How a keeper ends whose copy takes more memory than it may."""


def own_share(copy: int, memory: int) -> int:
    """Return how many bytes of a copy a reader may make its own before another follows it.

    Even to read, the engine counts who uses what it reads, and writing to a shared page copies it.
    """
    return max(copy // 2, memory // 4)


@dataclass(frozen=True, slots=True)
class _Line:
    def line(self) -> bytes:
        """Return the record as it is sent."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Return what was sent. Raises ValueError, TypeError."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Held(_Line):
    """What a keeper says once it has its copy."""

    quads: int
    bytes: int
    """How much memory it takes, its own included."""


@dataclass(frozen=True, slots=True)
class Order(_Line):
    """A reader that is wanted."""

    memory: int
    """How many bytes it may take beside the copy."""


@dataclass(frozen=True, slots=True)
class Forked(_Line):
    """A reader that there is."""

    pid: int
