"""The day that the first paragraph of a report names: what the report tells first happened on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from kb.edtf_bounds import bounds
from kb.reading.dates import find_times
from kb.reading.model import When
from kb.reading.page import Page
from kb.reading.time_clauses import is_on_the_way
from kb.reading.time_datelines import written_days
from kb.reading.time_records import Basis, TimeMention
from kb.reading.tree import ancestors

FRESH: Final = 7
"""Days before the publication on which what a report is of may have happened."""
_PARAGRAPH: Final = re.compile(r"\S.*?(?=\n[ \t\r]*\n|\Z)", re.DOTALL)
_PROSE: Final = 80
"""Characters of the shortest paragraph that is no byline and no dateline."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The first paragraph of a report that names one day."""

    when: When
    names: frozenset[str]
    """The names and the states of those whom it names."""


def lead_day(page: Page) -> Lead | None:
    """Return the day of the week before publication that the first paragraph names, None unless it is one."""
    published = page.article.published
    opening = _opening(page)
    if published is None or opening is None:
        return None
    found = find_times(page.text[:opening], published)
    written = written_days(page.text[:opening], found, published)
    if any(day != published for _, day in written):
        found = find_times(page.text[:opening], published, written=written)
    heads = {start for start, _ in written}
    told = [m for m in found if m.start >= page.headline_end and m.start not in heads and _is_day(m)]
    days = {m.edtf: m for m in told if not _lies_ahead(page, m)}
    if len(days) != 1:
        return None
    mention = next(iter(days.values()))
    if mention.edtf is None or not is_fresh(mention.edtf, published):
        return None
    named = [named for named in page.mentions if named.start < opening]
    states = {entry.state for one in named for entry in one.entries if entry.state}
    when = When(mention.edtf, Basis.SAME_EVENT, mention.phrase)
    return Lead(when, frozenset({one.name for one in named} | states))


def is_fresh(edtf: str, published: date) -> bool:
    """Tell whether a day lies in the week before publication."""
    known = bounds(edtf).latest
    return known is not None and 0 <= (published - known).days <= FRESH


def _opening(page: Page) -> int | None:
    """Return where the first paragraph of prose ends."""
    for found in _PARAGRAPH.finditer(page.text, page.headline_end):
        if len(found[0]) >= _PROSE:
            return found.end()
    return None


def _lies_ahead(page: Page, mention: TimeMention) -> bool:
    """Tell whether a day is that of a journey still to come: "is flying to X on Thursday"."""
    span = page.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    above = ancestors(span.root) if span is not None else ()
    verb = next((word for word in above if word.pos_ in ("VERB", "AUX")), None)
    return verb is not None and is_on_the_way(verb)


def _is_day(mention: TimeMention) -> bool:
    return mention.edtf is not None and len(mention.edtf) == len("2023-09-15") and mention.kind != "relative"
