"""Lines of JSON as gold files and claims from elsewhere have them, and all their faults at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kb.errors import BadInput
from kb.records import SLOTS_OF_MANY, SLOTS_OF_ONE, Claim

SHOWN: Final = 40
"""More faults than these are counted, not listed."""


class Faults:
    """Collects what is wrong, so that one repair run is enough."""

    def __init__(self) -> None:
        self._found: list[BadInput] = []

    def add(self, place: str, problem: str, repair: str) -> None:
        """Note a fault."""
        self._found.append(BadInput(problem, place=place, repair=repair))

    def take(self, fault: BadInput) -> None:
        """Note a fault that another room found."""
        self._found.append(fault)

    def refuse(self, place: str) -> None:
        """Raise one BadInput for all faults, nothing where there is none."""
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            listed = "".join(f"\n  {fault}" for fault in self._found[:SHOWN])
            rest = f"\n  and {len(self._found) - SHOWN} more" if len(self._found) > SHOWN else ""
            raise BadInput(f"{len(self._found)} faults{listed}{rest}", place=place)


def json_lines(path: Path, faults: Faults) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield place and object of each line of a file that holds one; the others go to the faults.

    Raises BadInput when the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        repair = "Give the path of a file with one JSON object a line"
        raise BadInput(f"cannot be read ({error.strerror})", place=str(path), repair=repair) from error
    # split on "\n" alone: a quote may hold U+2028, which str.splitlines takes for the end of a line
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        place = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:  # malformed JSON or not UTF-8
            faults.add(place, f"not JSON: {error}{_cut_off(line)}", "Write one whole JSON object on a line")
            continue
        if isinstance(value, dict):
            yield place, value
        else:
            faults.add(place, "not a JSON object", "Write one JSON object on a line")


def _cut_off(line: bytes) -> str:
    return "" if line.rstrip().endswith(b"}") else "; the line looks cut off"


def without_empty_names(claim: Claim) -> Claim:
    """Return a claim in which an empty name fills nothing."""
    kept: dict[str, Any] = {}
    for slot in SLOTS_OF_MANY:
        kept[slot] = tuple(ref for ref in getattr(claim, slot) if ref.name)
    for slot in SLOTS_OF_ONE:
        ref = getattr(claim, slot)
        kept[slot] = ref if ref and ref.name else None
    return replace(claim, **kept)
