"""Measure what names are worth: core F1 on texts as they are, and with invented states and persons.

    python -m tests.reading.name_swap FOLDER [--show DOC] [--errors OUT.jsonl]

FOLDER is one that ``legation evaluate`` takes. The change of core F1 over the eleven event types (without
Statement) may be 0.10 at most.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from kb.evaluation.as_json import errors_json
from kb.evaluation.gold import read_gold
from kb.evaluation.records import GoldSet
from kb.evaluation.scoring import Evaluation, evaluate
from kb.evaluation.verdicts import judge
from kb.reading.chances.weights import weights
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_build import compile_lexicon
from kb.reading.reader import Reader
from kb.settings import Settings
from tests.reading.name_swap.swap import Swap

BAR: Final = 0.10
LEVELS: Final = ("trigger", "core", "full", "row")


def swapped(gold: GoldSet, lexicon: Lexicon) -> GoldSet:
    """Return texts and gold with every state and person replaced."""
    texts = {}
    for doc, text in gold.texts.items():
        swap = Swap(text.article, lexicon)
        texts[doc] = replace(text, article=swap.article(), gold=tuple(map(swap.gold, text.gold)))
    return replace(gold, texts=texts)


def score(gold: GoldSet, reader: Reader) -> Evaluation:
    """Return how a reader's claims score on texts."""
    return evaluate(gold, {doc: tuple(reader.read(text.article)) for doc, text in gold.texts.items()}, 1)


def core(evaluation: Evaluation) -> float:
    """Return core F1 over the eleven event types."""
    return next(row for row in evaluation.groups if row.name == "eleven").figures["core"].f1


def main(arguments: list[str]) -> int:
    """Print the figures of both readings; 1 where the change is over the bar."""
    parser = argparse.ArgumentParser(prog="name_swap", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", help="print the swapped text and gold of one document, and read nothing")
    parser.add_argument("--errors", type=Path, help="write what the reading of the swapped texts has wrong")
    options = parser.parse_args(arguments)
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    gold = read_gold(options.folder)
    strange = swapped(gold, lexicon)
    if options.show:
        _show(strange, options.show)
        return 0
    reader = Reader(lexicon, weights())
    results = {"as it is": score(gold, reader), "swapped": score(strange, reader)}
    for name, result in results.items():
        for row in (*result.groups, *(row for row in result.types if row.name in ("Statement", "Office"))):
            figures = "  ".join(f"{level} {row.figures[level].f1:.3f}" for level in LEVELS)
            print(f"{name:9} {row.name:10} {figures}")
    if options.errors:
        rows = errors_json(judge(results["swapped"]))
        options.errors.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    drop = core(results["as it is"]) - core(results["swapped"])
    print(f"change of core F1 over eleven types: {drop:.3f} (bar {BAR:.2f})")
    return int(drop > BAR)


def _show(gold: GoldSet, doc: str) -> None:
    text = gold.texts[doc]
    print(text.article.outlet, text.article.text, sep="\n\n")
    for line in text.gold:
        names = [ref.name for ref in (*line.claim.agents, *line.claim.counterparts)]
        print(line.claim.type, names, line.claim.office, line.claim.quote)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
