"""The error report: one HTML file that needs no script and asks nobody for anything.

A filter is a plain anchor: each choice of type and verdict has a place above the texts, and while the address
names that place, the style sheet hides what was not chosen. The template escapes whatever it is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from kb.evaluation.records import GROUP_NAMES, GoldSet
from kb.evaluation.report_texts import combo, page_of, slug
from kb.evaluation.scoring import Evaluation
from kb.evaluation.verdicts import VERDICTS, Judged, judge

HERE: Final = Path(__file__).resolve().parent


def report_html(evaluation: Evaluation, gold: GoldSet, source: str) -> str:
    """Return the whole page; ``source`` says where the claims are from."""
    judged: dict[str, list[Judged]] = {doc: [] for doc in gold.texts}
    for each in judge(evaluation):
        judged[each.doc].append(each)
    everything = [each for found in judged.values() for each in found]
    pages = [page_of(number, gold.texts[doc], judged[doc]) for number, doc in enumerate(gold.texts, 1)]
    return _template().render(
        style=Markup((HERE / "report.css").read_text("utf-8")),
        source=source,
        figures=evaluation,
        group_names=GROUP_NAMES,
        verdicts=VERDICTS,
        matrix=_matrix(everything),
        totals=_counts(everything),
        choices=_choices(everything),
        pages=pages,
    )


def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    environment.filters["slug"] = slug
    return environment.get_template("report.html.jinja")


def _choices(judged: Iterable[Judged]) -> dict[str, str]:
    """Return the class of everything that one may choose, with words for it."""
    found: dict[str, str] = {}
    for each in judged:
        kind, verdict = each.type.value, each.verdict
        found |= {f"t-{kind}": kind, f"v-{slug(verdict)}": verdict, combo(each): f"{kind}, {verdict}"}
    return dict(sorted(found.items()))


def _matrix(judged: Sequence[Judged]) -> dict[str, Counter[str]]:
    """Return for each type how often each verdict fell, and all together."""
    kinds = sorted({each.type.value for each in judged})
    return {kind: _counts(each for each in judged if each.type.value == kind) for kind in kinds}


def _counts(judged: Iterable[Judged]) -> Counter[str]:
    counts = Counter(each.verdict for each in judged)
    counts["all"] = counts.total()
    return counts
