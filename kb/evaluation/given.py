"""Claims made elsewhere: a saved run, another tool's output, a language model's.

A line needs doc, type and where its words stand: start and end, or a quote that the text holds once. Every
other key may be absent; what is absent fills nothing, and counts as reported and affirmed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kb.claims import from_json
from kb.errors import BadInput
from kb.evaluation.lines import Faults, json_lines, without_empty_names
from kb.evaluation.records import Claims, GoldSet
from kb.records import Claim

ABSENT: Final[Mapping[str, object]] = {
    "agents": [], "agent_states": [], "counterparts": [], "counterpart_states": [], "companions": [],
    "items": [], "modality": "reported", "polarity": "affirmed",
}  # fmt: skip


def read_claims(path: Path, gold: GoldSet) -> tuple[Claims, tuple[str, ...]]:
    """Return the claims of a file by text, and the ids of texts that the gold does not have, sorted.

    Raises one BadInput for all lines that cannot be scored, each with its line and repair.
    """
    faults = Faults()
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    unknown: set[str] = set()
    for place, line in json_lines(path, faults):
        doc = line.get("doc")
        if isinstance(doc, str) and doc not in gold.texts:
            unknown.add(doc)
            continue
        try:
            text = gold.texts[doc].article.text if isinstance(doc, str) else ""
            found[str(doc)].append(_claim(line, text, place))
        except BadInput as fault:
            faults.take(fault)
    faults.refuse(str(path))
    if unknown and not found:
        raise BadInput(
            f"no line is of a text that has gold (first: doc {min(unknown)!r})",
            place=str(path),
            repair="Write the stem of the text's file under 'doc'",
        )
    return {doc: tuple(claims) for doc, claims in sorted(found.items())}, tuple(sorted(unknown))


def _claim(line: dict[str, object], text: str, place: str) -> Claim:
    keys = dict(ABSENT) | {key: value for key, value in line.items() if value is not None}
    if "start" not in keys and "end" not in keys:
        keys |= _located(keys.get("quote"), text, place)
    start, end = keys.get("start"), keys.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise BadInput(
            f"no span of a text of {len(text)} characters: {start!r}:{end!r}",
            place=place,
            repair="Count start and end in Unicode code points of the file, or leave both out beside a quote",
        )
    words = text[start:end]
    if keys.setdefault("quote", words) != words:
        raise BadInput(
            f"{start}:{end} is {words!r}, not the quote {keys['quote']!r}",
            place=place,
            repair="Count in Unicode code points of the file, or leave start and end out beside a quote",
        )
    return without_empty_names(from_json(keys, place))


def _located(quote: object, text: str, place: str) -> dict[str, object]:
    count = text.count(quote) if isinstance(quote, str) and quote else 0
    if count != 1 or not isinstance(quote, str):
        holds = f"the text holds the quote {count} times"
        problem = holds if quote else "neither start and end nor a quote"
        raise BadInput(problem, place=place, repair="Give start and end in code points")
    at = text.index(quote)
    return {"start": at, "end": at + len(quote)}
