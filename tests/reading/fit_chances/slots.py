"""Fit which date, place, modality and items an event has, among those that it may have.

    python -m tests.reading.fit_chances.slots FOLDER... [--write]

FOLDERs are as for the chances, which are fitted first: no frame may have been tried on their texts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from kb.errors import BadInput
from kb.reading.chances.forest import forest
from kb.reading.chances.slot_item_choice import likeliest_items
from kb.reading.chances.slot_stance import UNSURE
from kb.reading.chances.slot_weights import FILE, TREES, SlotWeights
from kb.reading.chances.slots import OF_SPOTS, Rows, likeliest, likeliest_dates, likeliest_modality
from kb.reading.chances.weights import without_slots
from kb.reading.lexicon_build import compile_lexicon
from kb.reading.model import Party
from kb.records import ClaimType
from kb.settings import Settings
from tests.reading.fit_chances import logistic, networks, trees
from tests.reading.fit_chances.cases import Ids
from tests.reading.fit_chances.slot_cases import Slots, is_right, of_folder

PARTS: Final = 5
LEAST: Final = 0.02
"""Weights of signs below this are left out."""
DRAWN: Final = 1.0
MISSED: Final = 0.5
"""What an event that only gold tells counts where its modality is weighed."""
SETTINGS: Final[dict[str, Any]] = {
    "learning_rate": 0.13, "num_leaves": 16, "feature_fraction": 0.4, "lambda_l2": 10.0,
}  # fmt: skip
ROUNDS: Final = 150
OF_ITEMS: Final[dict[str, Any]] = {
    "learning_rate": 0.08, "num_leaves": 16, "min_data_in_leaf": 12, "feature_fraction": 0.4,
    "lambda_l2": 5.0,
}  # fmt: skip
ROUNDS_OF_ITEMS: Final = 180


def main(words: Sequence[str] | None = None) -> None:
    """Fit, print what is to be expected of new texts, and write the weights where asked to.

    Raises BadInput where a folder is none of texts with gold, or its gold is too little.
    """
    parser = argparse.ArgumentParser(prog="slots", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    networks.offer(parser)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(words)
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    fitted = without_slots()
    read_by = networks.loaded(chosen.networks)
    found = [one for folder in chosen.folders for one in of_folder(folder, lexicon, fitted, read_by)]
    texts = sorted({one.text for one in found})
    if len(texts) < PARTS:
        raise BadInput(
            f"{len(texts)} texts have events that the reader finds too: too few",
            repair=f"Give folders with at least {PARTS} such texts",
        )
    print(f"{len(texts)} texts, {len(found)} events, {sum(one.missed for one in found)} of them not told")
    for line in figures(found):
        print(line)
    if chosen.write:
        FILE.write_text(json.dumps(grown(found), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
        print(f"{FILE}: {FILE.stat().st_size} bytes")


def grown(found: Sequence[Slots]) -> dict[str, Any]:
    """Return trees and tables of signs fitted to events, as the file holds them."""
    events = [one for one in found if one.gold.type is not ClaimType.STATEMENT]
    return {
        "dates": _trees(events, lambda one: (one.dates, one.right_dates)),
        "said": _trees(found, lambda one: (one.dates, one.right_dates)),
        "spots": _trees(found, lambda one: (one.spots, one.right_spots)),
        "items": _item_trees(found),
        "stance": _stance(found),
    }


def weights_of(held: dict[str, Any]) -> SlotWeights:
    """Return the weights that a file of such content holds."""
    trees = {name: forest(held[name]) for name in TREES}
    return SlotWeights(**trees, stance=held["stance"])


def figures(found: Sequence[Slots]) -> Iterator[str]:
    """Yield how often each slot is right, by rules and by weights that were fitted without the text."""
    order = sorted({one.text for one in found})
    drawn = np.random.default_rng(0).permutation(len(order))
    part = {order[text]: at % PARTS for at, text in enumerate(drawn)}
    counts: dict[str, list[int]] = {}
    for number in range(PARTS):
        fitted = weights_of(grown([one for one in found if part[one.text] != number]))
        for one in found:
            if part[one.text] == number and not one.missed:
                for name, right in _judged(one, fitted):
                    counts.setdefault(name, []).append(right)
    for name, rights in sorted(counts.items()):
        yield f"{name}: {sum(rights) / len(rights):.3f} of {len(rights)}"


def _judged(one: Slots, fitted: SlotWeights) -> Iterator[tuple[str, int]]:
    """Yield for each slot that gold or reading fills whether it is right, by rules and as weighed."""
    spoken = "Statement" if one.gold.type is ClaimType.STATEMENT else "eleven types"
    dates = likeliest_dates(fitted, [one.told], [one.dates])[0]
    spots = likeliest(fitted.spots, [one.spots], OF_SPOTS)[0]
    for how, when, spot in (
        ("by rules", one.told.when, one.told.draft.spot),
        ("weighed", dates or one.told.when, spots or one.told.draft.spot),
    ):
        if one.gold.edtf or when.edtf:
            yield f"date, {spoken}, {how}", int((one.gold.edtf or None) == (when.edtf or None))
        if one.spots.values:
            yield f"town and state, {how}", int(is_right(one.gold, spot, one.names))
    by_rules = one.told.draft.parties("items")
    weighed = likeliest_items(fitted.items, [one.told], [one.items])[0]
    for how, told in (("by rules", by_rules), ("weighed", weighed)) if one.items else ():
        if one.gold.items or told:
            yield f"items, {how}", int(_same_set(one, told))
    if one.signs:
        rules = one.told.stance.modality
        yield "modality, by rules", int(one.gold.modality is rules)
        yield (
            "modality, weighed",
            int(one.gold.modality is likeliest_modality(fitted.stance, one.signs, rules)),
        )


def _same_set(one: Slots, told: Sequence[Party]) -> bool:
    """Tell whether items are gold's, none beside them and none missing."""
    left = [party.name for party in told]
    for item in one.gold.items:
        same = next((name for name in left if one.names.same(item.name, name)), None)
        if same is None:
            return False
        left.remove(same)
    return not left


def _trees(
    found: Sequence[Slots], of: Callable[[Slots], tuple[Rows[Any], tuple[bool, ...]]]
) -> dict[str, Any]:
    rows: list[Sequence[float]] = []
    right: list[bool] = []
    for one in found:
        each, rights = of(one)
        rows += each.figures
        right += rights
    if len(set(right)) < 2:
        raise BadInput(
            f"of {len(right)} values {sum(right)} are right: trees can learn nothing from that",
            repair="Give more texts with gold",
        )
    return trees.fit(rows, right, SETTINGS, ROUNDS)


def _item_trees(found: Sequence[Slots]) -> dict[str, Any]:
    rows = [item.figures for one in found for item in one.items]
    right = [right for one in found for right in one.right_items]
    return trees.fit(rows, right, OF_ITEMS, ROUNDS_OF_ITEMS)


def _stance(found: Sequence[Slots]) -> dict[str, dict[str, float]]:
    ids = Ids()
    asked = [one for one in found if one.signs]
    rows = [ids(one.signs) for one in asked]
    counted = [MISSED if one.missed else 1.0 for one in asked]
    return {
        name.value: logistic.named(
            logistic.fit(rows, [one.gold.modality is name for one in asked], counted, len(ids.of), DRAWN),
            ids.of,
            LEAST,
        )
        for name in UNSURE
    }


if __name__ == "__main__":
    try:
        main()
    except BadInput as fault:
        print(fault, file=sys.stderr)
        sys.exit(fault.exit_code)
