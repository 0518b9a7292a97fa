"""Join weights that were fitted to different texts: their mean errs less than each of them.

    python -m tests.reading.fit_chances.mean FILE FILE... --out OUT

FILEs are as ``tests.reading.fit_chances --write`` leaves them. OUT tells events from the same chance on as
the first; its trees are those of all, so reading takes a little longer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tests.reading.fit_chances.fitting import DRAWN, LEAST

_NODES: Final = ("roots", "first", "second")
"""The lists of a forest that hold the numbers of nodes."""
_FIGURES: Final = 5


def main(words: Sequence[str] | None = None) -> None:
    """Read, join and write."""
    parser = argparse.ArgumentParser(prog="mean", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(words)
    held = mean([json.loads(file.read_text("utf-8")) for file in chosen.files])
    chosen.out.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{chosen.out}: {chosen.out.stat().st_size} bytes")


def mean(fits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return weights whose every figure is the mean of those of several; a word is idle that is so in all."""
    return {
        **{name: _mean_of([one[name] for one in fits]) for name in DRAWN},
        **{name: together([one[name] for one in fits]) for name in ("who", "trees")},
        "least": fits[0]["least"],
        "idle": sorted(set.intersection(*(set(one["idle"]) for one in fits))),
    }


def _mean_of(tables: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the mean weight of each sign that weighs enough; one that a table lacks weighs nothing there."""
    signs = sorted({sign for table in tables for sign in table})
    means = {sign: sum(table.get(sign, 0.0) for table in tables) / len(tables) for sign in signs}
    return {sign: round(one, _FIGURES) for sign, one in means.items() if abs(one) >= LEAST or not sign}


def together(forests: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the trees of several forests as one, whose log-odds are the mean of theirs."""
    found: dict[str, Any] = {name: [] for name in (*_NODES, "figure", "most", "value")}
    for one in forests:
        begun = len(found["figure"])
        for name in _NODES:
            found[name] += [node + begun for node in one[name]]
        found["figure"] += one["figure"]
        found["most"] += one["most"]
        found["value"] += [round(value / len(forests), _FIGURES + 1) for value in one["value"]]
    depth, starts = max(one["depth"] for one in forests), [one["start"] for one in forests]
    return {**found, "depth": depth, "start": sum(starts) / len(starts)}


if __name__ == "__main__":
    main()
