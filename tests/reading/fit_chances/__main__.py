"""Fit the chances of events and casts to texts with gold.

    python -m tests.reading.fit_chances FOLDER... [--worked FOLDER...] [--networks NETWORK...] [--further]
        [--write]

FOLDERs are as docs/evaluation.md says; no frame may have been tried on their texts. Those of ``--worked``
count half, and no figure is taken of them. ``--further`` keeps what the weights that stand know.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kb.errors import BadInput
from kb.reading.chances.weights import FILE
from kb.reading.lexicon_build import compile_lexicon
from kb.settings import Settings
from tests.reading.fit_chances import networks
from tests.reading.fit_chances.cases import Case, Cases, Ids, of_folder
from tests.reading.fit_chances.figures import best_least, core_figures, sure_figures
from tests.reading.fit_chances.fitting import DRAWN, Fitted, fit, standing

OFTEN, RARE = 25, 0.0125
"""How often a word must stand to be idle for a type, and the share of events from which on it is not."""
SURE: Final = (0.95, 0.9, 0.88, 0.85, 0.82, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.35, 0.3)
SHARES: Final = tuple(step / 100 for step in range(20, 56, 5))


def main(words: Sequence[str] | None = None) -> None:
    """Fit, print what is to be expected of new texts, and write the weights where asked to.

    Raises BadInput where a folder is none of texts with gold, or its gold is too little.
    """
    parser = argparse.ArgumentParser(prog="fit_chances", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--worked", nargs="*", type=Path, default=[])
    networks.offer(parser)
    parser.add_argument("--further", action="store_true", help="from the weights that stand")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(words)
    lexicon, ids = compile_lexicon(Settings.from_environment().cache_folder), Ids()
    held = json.loads(FILE.read_text("utf-8")) if chosen.further else None
    if held is not None:
        ids([sign for name in DRAWN for sign in held[name] if sign])
    read_by = networks.loaded(chosen.networks)
    fresh = [text for folder in chosen.folders for text in of_folder(folder, lexicon, ids, read_by)]
    worked = [text for folder in chosen.worked for text in of_folder(folder, lexicon, ids, read_by)]
    print(f"{len(fresh)} texts, {len(worked)} worked on, {len(ids.of)} signs")
    stand = standing(held, ids.of) if held is not None else None
    fitted, result = fit(fresh, worked, len(ids.of), stand)
    results = list(zip(fresh, result, strict=True))
    for share in SHARES:
        print(f"least {share:.2f}", core_figures(results, share))
    for share in SURE:
        print(f"surer than {share:.2f}", sure_figures(results, share))
    least = best_least(results, SHARES)
    if chosen.write:
        _write(fitted, ids, least, idle([*fresh, *worked]))


def idle(texts: Sequence[Cases]) -> list[str]:
    """Return the words that, where no frame speaks, hardly ever are the only one to tell an event of a type.

    Each with the type, sorted.
    """
    seen: Counter[str] = Counter()
    needed: Counter[str] = Counter()
    for text in texts:
        tellers: dict[int, list[Case]] = {}
        for case in text.cases:
            seen[f"{case.word} {case.type}"] += not case.framed
            for line in case.gold:
                tellers.setdefault(id(line), []).append(case)
        alone = (cases[0] for cases in tellers.values() if len(cases) == 1)
        needed.update(f"{case.word} {case.type}" for case in alone if not case.framed)
    return sorted(name for name, count in seen.items() if count >= OFTEN and needed[name] < RARE * count)


def _write(fitted: Fitted, ids: Ids, least: dict[str, float], idle: list[str]) -> None:
    held = {
        **fitted.tables(ids.of),
        "who": fitted.grown.who,
        "trees": fitted.grown.trees,
        "least": least,
        "idle": idle,
    }
    FILE.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{FILE}: {FILE.stat().st_size} bytes, {[len(held[name]) for name in held]}")


if __name__ == "__main__":
    try:
        main()
    except BadInput as fault:
        print(fault, file=sys.stderr)
        sys.exit(fault.exit_code)
