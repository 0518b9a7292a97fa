"""What is said between a process that makes the base of an earlier day and the one that wants it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from kb.as_of.making import Made
from kb.as_of.source import Place
from kb.errors import LegationError, StoreBusy, StoreError, TooLarge
from kb.queries.as_of import Known

_ERRORS: Final = {kind.__name__: kind for kind in (TooLarge, StoreBusy, StoreError)}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made, where, and within which limits."""

    place: Place
    day: date
    folder: Path
    claims: int
    seconds: float
    """Of the processor."""
    memory: int
    """Bytes."""

    def line(self) -> str:
        """Return it as a line of JSON."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def read(cls, line: str) -> Order:
        """Return what ``line`` wrote."""
        said = json.loads(line)
        day, folder = date.fromisoformat(said.pop("day")), Path(said.pop("folder"))
        return cls(place=Place(**said.pop("place")), day=day, folder=folder, **said)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made, or why nothing was."""

    made: Made | None = None
    error: str = ""
    """The name of the error's class."""
    told: dict[str, str] = field(default_factory=dict)
    """Its problem, place and repair."""

    def line(self) -> str:
        """Return it as a line of JSON."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def read(cls, line: str) -> Outcome:
        """Return what ``line`` wrote."""
        said = json.loads(line)
        return cls(said["made"] and _made(said["made"]), said["error"], said["told"])

    @classmethod
    def failed(cls, error: LegationError) -> Outcome:
        """Return the outcome that an error is."""
        kind = next((name for name, known in _ERRORS.items() if isinstance(error, known)), "StoreError")
        return cls(None, kind, {"problem": error.problem, "place": error.place, "repair": error.repair})

    def the_error(self) -> LegationError:
        """Return the error that it tells of."""
        return _ERRORS[self.error](**self.told)


def no_memory(order: Order) -> TooLarge:
    """Return the error for an order that needs more memory than it may take."""
    return TooLarge(
        f"what was known on {order.day} needs more than {order.memory:,} bytes of memory to make"
        " (LEGATION_READER_BYTES)",
        place="as_of",
        repair="Give an earlier day",
    )


def _made(said: dict[str, Any]) -> Made:
    known = said["known"]
    return Made(
        said["version"],
        _day(said["since"]),
        _day(said["before"]),
        Known(
            date.fromisoformat(known["day"]),
            known["texts"],
            known["of"],
            known["undated"],
            _day(known["first"]),
        ),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
