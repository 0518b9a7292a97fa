"""A person whom the lexicon knows by the first part of a longer name has the whole of it in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from kb.reading.model import Mention
from kb.reading.units import Unit

_GOES_ON: Final = re.compile(r" (?:[AaEe]l[- ]|[Bb]in |[Ii]bn |[Bb]int )")
"""How a name goes on beyond the part that is listed; other words may be a headline's."""


def widened(
    text: str, document: Doc, mentions: Sequence[Mention], units: Sequence[Unit]
) -> tuple[Mention, ...]:
    """Return mentions, persons' as wide as the units' names that they begin, what lies inside left out.

    "Sheikh Omar Al-Sand Al-Rukh" is one person, though only "Sheikh Omar" is listed.
    """
    found: list[Mention] = []
    for mention in mentions:
        if found and mention.start < found[-1].end:
            continue
        end = _end(text, mention, units) if mention.kind == "person" else None
        span = document.char_span(mention.start, end) if end is not None else None
        if span is None:
            found.append(mention)
            continue
        words = text[mention.start : span.end_char]
        name = mention.name if mention.entries else words
        found.append(replace(mention, end=span.end_char, last=span.end - 1, text=words, name=name))
    return tuple(found)


def _end(text: str, mention: Mention, units: Sequence[Unit]) -> int | None:
    """Return where the unit's name ends that a mention begins, None where it begins none or all of it."""
    if not _GOES_ON.match(text, mention.end):
        return None
    for unit in units:
        if unit.start <= mention.start <= unit.name < mention.end < unit.name_end:
            return unit.name_end
    return None
