"""An office that only a text knows holds for the days that the text's news are of."""

from __future__ import annotations

from datetime import date

import pytest

from kb.facts.background import Background
from kb.facts.routing import groups
from kb.facts.standing import standing
from kb.namespaces import expand
from kb.records import ClaimType
from kb.terms import Triple, day, lg
from tests.facts.making import ADA, ONE, Text, told

LEADER = "office:president-of-avaria"
KNOWN = Background(offices={expand(ADA): {expand(LEADER)}})


def tenure(background: Background, text: Text = ONE, edtf: str | None = None) -> set[Triple]:
    """Return what follows from one text that gives Ada an office."""
    claim = told(ClaimType.OFFICE, text, agents=ADA, office=LEADER, edtf=edtf)
    (group,) = groups([claim], background, {})
    return {triple for each in standing(group, background, {}) for triple in each.triples}


def bounds_of(said: set[Triple]) -> tuple[object, object]:
    """Return since when and until when the office was surely held, as far as that is said."""
    found = {triple.predicate: triple.object for triple in said}
    return found.get(lg("certainFrom")), found.get(lg("certainUntil"))


def test_it_is_held_in_the_week_before_the_text() -> None:
    assert bounds_of(tenure(Background())) == (day(date(2013, 3, 28)), day(date(2013, 4, 3)))


@pytest.mark.parametrize(
    ("background", "text", "edtf"),
    [
        pytest.param(KNOWN, ONE, None, id="reference data know better"),
        pytest.param(Background(), Text(published=None), None, id="a text without a date"),
        pytest.param(Background(), ONE, "2013-03-30", id="the text dates the office itself"),
    ],
)
def test_else_nothing_is_sure(background: Background, text: Text, edtf: str | None) -> None:
    assert bounds_of(tenure(background, text, edtf)) == (None, None)
