"""What goes to a reader process and what comes back: one line of JSON each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

OFFLINE: Final = "offline"
"""For a reader that may open no socket."""
ONLINE: Final = "online"
"""For one whose queries call the relay to other services."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to run, how to write the answer, how far to go."""

    query: str
    accept: str
    seconds: float
    rows: int
    bytes: int
    graph: str = ""
    """Instead of a query: the graph wanted whole, "default", or "names" for the owning graphs' names."""
    default: tuple[str, ...] | None = None
    """The graphs that the default graph is merged of; None: the store's own."""
    named: tuple[str, ...] | None = None
    """The graphs that GRAPH ranges over; None: those that the store shows."""
    aside: bool = False
    """Whether it asks no graph by name but such whose triples stand in no default graph."""
    base: str = ""
    """What relative IRIs are resolved against; empty: nothing."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of it; ``error`` is "", "syntax", "evaluation", "store", "large" or "none" (no store)."""

    error: str = ""
    message: str = ""
    media_type: str = ""
    cut: bool = False
    version: str = ""
    size: int = 0
    spooled: bool = False
    """Whether the bytes are in the file whose handle comes with this reply."""
    worn: bool = False
    """Whether the reader made much of what it shared its own, and another should follow it."""


def line_of(record: Request | Reply) -> bytes:
    """Return a record as it is sent."""
    return json.dumps({name: getattr(record, name) for name in record.__slots__}).encode("ascii") + b"\n"
