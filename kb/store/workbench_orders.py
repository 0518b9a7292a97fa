"""What a workbench's writer process is told to do, and what it answers: lines of JSON, then bytes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from kb.errors import (
    BadContent,
    BadParameter,
    BadQuery,
    ConditionFailed,
    ForbiddenQuery,
    LegationError,
    NotFound,
    StateConflict,
    StoreBusy,
    StoreError,
    TooLarge,
)


class Deed(StrEnum):
    """What is done to the data set."""

    UPDATE = "update"
    """Carry out the update request that follows."""
    PUT = "put"
    """Make what follows the whole content of a graph."""
    POST = "post"
    """Add what follows to a graph."""
    DELETE = "delete"
    """Remove a graph; empty it where it is the default graph."""


@dataclass(frozen=True, slots=True)
class Part:
    """RDF as somebody sent it."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for an order to be carried out (RFC 9110, section 13.1); nothing, unless it says so."""

    versions: tuple[str, ...] | None = None
    """The data set has one of these versions."""
    other_than: tuple[str, ...] = ()
    """The data set has none of these versions."""
    present: bool = False
    """The graph is there."""
    absent: bool = False
    """The graph is not there."""


NO_CONDITION: Final = Condition()


@dataclass(frozen=True, slots=True)
class Order:
    """One change; parts follow it, each as long as its number in ``sizes`` says, in bytes."""

    deed: Deed
    seconds: float
    sizes: tuple[int, ...] = ()
    types: tuple[str, ...] = ()
    """The parts' media types."""
    graph: str | None = None
    """Whose content changes, by IRI; None: the default graph, or for an update the whole data set."""
    default: tuple[str, ...] = ()
    """The graphs that the protocol's using-graph-uri names."""
    named: tuple[str, ...] = ()
    """The graphs that the protocol's using-named-graph-uri names."""
    base: str = ""
    """What relative IRIs are resolved against; empty: nothing."""
    condition: Condition = NO_CONDITION

    def line(self) -> bytes:
        """Return the order as it is sent."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Order:
        """Return the order that a line holds."""
        told = json.loads(line)
        return cls(**told | {"deed": Deed(told["deed"]), "condition": Condition(**told["condition"])})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order."""

    version: str = ""
    """The data set's, after it."""
    created: bool = False
    """Whether the graph was not there before."""
    error: str = ""
    """The name of one of the errors below; empty where it was carried out."""
    problem: str = ""
    place: str = ""
    repair: str = ""

    @classmethod
    def of(cls, error: LegationError) -> Outcome:
        """Return what tells an error."""
        name = next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _ERRORS)
        return cls(error=name, problem=error.problem, place=error.place, repair=error.repair)

    def hold(self) -> Outcome:
        """Return it where the order was carried out; else raise its error."""
        if self.error:
            raise _ERRORS[self.error](self.problem, place=self.place, repair=self.repair)
        return self

    def send(self, to: BinaryIO) -> None:
        """Write it."""
        to.write(json.dumps(asdict(self)).encode("ascii") + b"\n")
        to.flush()

    @classmethod
    def read(cls, line: bytes) -> Outcome:
        """Return the outcome that a line holds."""
        return cls(**json.loads(line))


_ERRORS: Final[dict[str, type[LegationError]]] = {
    kind.__name__: kind
    for kind in (
        BadContent,
        BadParameter,
        BadQuery,
        ConditionFailed,
        ForbiddenQuery,
        NotFound,
        StateConflict,
        StoreBusy,
        StoreError,
        TooLarge,
        LegationError,
    )
}
