"""Fit the gate to texts with gold: ``python -m tests.reading.calibrate FOLDER... --worked FOLDER...``.

FOLDERs are as docs/evaluation.md says. Rules were tried on the texts of ``--worked``: they count half
and say nothing of how many claims are right. ``--write`` puts the weights into kb/reading/gate.yaml. See
docs/gate.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

from kb.evaluation.gold import read_gold
from kb.evaluation.records import EVENTS, GROUPS
from kb.evaluation.scoring import pair_all
from kb.reading import gate
from kb.reading.gate import Verdict
from kb.reading.gate_signs import ABOUT_NOBODY, office_signs, signs
from kb.reading.gate_view import View
from kb.reading.lexicon_build import compile_lexicon
from kb.reading.model import OfficeMention
from kb.reading.reader import Reader
from kb.records import Ref, Tier
from kb.settings import Settings
from tests.reading.fitting import START, Case, Weights, fit, tried

PRECISION: Final = 0.8
"""What the accepted tier is to reach on texts whose claims the weights were not fitted on: of the claims of
frames alone; what is weighed as well is right more often at the same confidence."""
LEAVE: Final = 0.001
"""F1 that may be left behind for dropping fewer claims: new texts may say things otherwise."""
LEAST_DROPPED: Final = 16
"""Hundredths: what is right less than once in six is worth nobody's look."""
MOST_DROPPED: Final = 20
"""Hundredths: what is right more than once in five is worth a look, whatever it costs in F1. With states and
persons that no reference data hold, claims are right more often than they seem: .30 cost .012 of F1 there."""
TOLD: Final = 0.05
"""Weights below this are left out of the table."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the reader found in some folders, and how many gold lines of each type they hold."""

    cases: list[Case]
    gold: dict[str, int]


class Recorder:
    """Stands in for the gate: lets every claim pass and remembers what it bears."""

    def __init__(self) -> None:
        self.borne: list[tuple[str, ...]] = []

    def judge(self, view: View, _: float | None = None) -> Verdict:
        """Remember the signs of a claim."""
        return self._noted(signs(view))

    def judge_office(self, office: OfficeMention, agent: Ref, rule: str) -> Verdict:
        """Remember the signs of an office."""
        return self._noted(office_signs(office, agent))

    def _noted(self, borne: tuple[str, ...]) -> Verdict:
        self.borne.append(borne)
        return Verdict(Tier.REVIEW, 0.5, (f"case {len(self.borne) - 1}",))


def read(folders: Sequence[Path], *, worked: bool) -> Found:
    """Read the texts of folders without a gate, and score what is found."""
    recorder, found = Recorder(), Found([], {})
    with (
        patch("kb.reading.assemble.judge", recorder.judge),
        patch("kb.reading.offices_once.judge_office", recorder.judge_office),
    ):
        rules = Reader(compile_lexicon(Settings.from_environment().cache_folder))  # by frames alone
        for folder in folders:
            texts = read_gold(folder)
            claims = {doc: tuple(rules.read(text.article)) for doc, text in texts.texts.items()}
            for kinds in (EVENTS, GROUPS["standing"]):
                for doc, paired in pair_all(texts, claims, kinds).items():
                    scored = [(pair.found, pair.agreement.core) for pair in paired.pairs]
                    scored += [(claim, False) for claim in paired.spurious]
                    for line in (*(pair.gold for pair in paired.pairs), *paired.missed):
                        found.gold[line.claim.type.value] = found.gold.get(line.claim.type.value, 0) + 1
                    for claim, right in scored:
                        number = int(claim.detail.rpartition("case ")[2])
                        if ABOUT_NOBODY in recorder.borne[number]:
                            continue
                        name = f"{folder}/{doc}"
                        found.cases.append(
                            Case(name, worked, claim.type.value, claim.rule, recorder.borne[number], right)
                        )
    return found


Scored = list[tuple[float, bool]]


def figures(scored: Scored, gold: int, accept: float, reject: float) -> Iterator[str]:
    """Yield what the tiers would be worth, and how right the confidence is, tenth by tenth."""
    for name, cut in (("accepted", accept), ("printed", reject), ("all", 0.0)):
        kept = [right for sure, right in scored if sure >= cut]
        precision, recall = sum(kept) / max(len(kept), 1), sum(kept) / max(gold, 1)
        f1 = 2 * sum(kept) / (len(kept) + gold)
        yield f"  {name:9} {len(kept):4} claims  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
    for tenth in range(10):
        some = [(sure, right) for sure, right in scored if min(int(sure * 10), 9) == tenth]
        if some:
            mean, share = (sum(each) / len(some) for each in zip(*some, strict=True))
            yield f"    {tenth / 10:.1f}  {len(some):4} claims  said {mean:.2f}  right {share:.2f}"


def accepting(scored: Scored) -> float:
    """Return the least confidence from which on enough claims are right, 1.0 where there is none."""

    def precision(cut: float) -> float:
        kept = [right for sure, right in scored if sure >= cut]
        return sum(kept) / max(len(kept), 1)

    cuts = [round(0.01 * step, 2) for step in range(60, 96)]
    return min((cut for cut in cuts if precision(cut) >= PRECISION), default=1.0)


def rejecting(scored: Scored, gold: int) -> float:
    """Return the least confidence below which leaving claims out gains nearly the most in F1."""

    def f1(cut: float) -> float:
        kept = [right for sure, right in scored if sure >= cut]
        return 2 * sum(kept) / (len(kept) + gold)

    cuts = [round(0.01 * step, 2) for step in range(LEAST_DROPPED, MOST_DROPPED + 1)]
    return min(cut for cut in cuts if f1(cut) >= max(map(f1, cuts)) - LEAVE)


def table(weights: Weights, accept: float, reject: float) -> Iterator[str]:
    """Yield the lines of gate.yaml."""
    yield "# What signs weigh, in log-odds. Fitted, not written: see docs/gate.md."
    yield f"accept: {accept}"
    yield f"reject: {reject}"
    for name, kind in (("base", "type"), ("rules", "rule"), ("signs", "sign")):
        yield f"{name}:"
        start = weights[START] if kind == "type" else 0.0
        for (of, what), weight in sorted(weights.items(), key=lambda item: (item[1], item[0])):
            if of == kind and (kind == "type" or abs(weight) >= TOLD):
                yield f'  "{what}": {start + weight:.2f}'


def main(words: Sequence[str] | None = None) -> None:
    """Fit, tell how well, and write the table where that is asked."""
    wanted = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    wanted.add_argument("fresh", nargs="+", type=Path, help="folders that few rules were tried on")
    wanted.add_argument("--worked", nargs="*", type=Path, default=[], help="folders that rules were tried on")
    wanted.add_argument("--write", action="store_true", help=f"write {gate.WEIGHTS.name}")
    given = wanted.parse_args(words)
    fresh, worked = read(given.fresh, worked=False), read(given.worked, worked=True)
    cases = [*fresh.cases, *worked.cases]
    sure = tried(cases)
    groups = {
        "twelve event types": [kind.value for kind in EVENTS],
        "eleven, without Statement": [kind.value for kind in GROUPS["eleven"]],
        "Statement": ["Statement"],
        "Office": ["Office"],
    }

    def scored(kinds: Sequence[str]) -> Scored:
        both = zip(sure, cases, strict=True)
        return [(chance, case.right) for chance, case in both if case.type in kinds and not case.worked]

    def gold(kinds: Sequence[str]) -> int:
        return sum(fresh.gold.get(kind, 0) for kind in kinds)

    events = groups["twelve event types"]
    accept, reject = accepting(scored(events)), rejecting(scored(events), gold(events))
    print(
        f"accept {accept}, reject {reject}; claims: {len(fresh.cases)} fresh, {len(worked.cases)} worked on"
    )
    for name, kinds in groups.items():
        print(f"{name}: {gold(kinds)} gold lines of fresh texts; each claim by weights without its text")
        print("\n".join(figures(scored(kinds), gold(kinds), accept, reject)))
    if given.write:
        gate.WEIGHTS.write_text("\n".join(table(fit(cases), accept, reject)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
