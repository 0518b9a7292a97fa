"""The denials of an event are found without laying all beside all, and are the same ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.edtf_bounds import Bounds
from kb.facts.background import Background
from kb.facts.disputes import Denials
from kb.facts.routing import ROUTES, Group, Route, groups
from kb.facts.told import Told
from kb.records import ClaimType, Modality
from tests.facts.making import ADA, BASE, WORKS, Text, told

NOTHING = Background()
DAYS = [None, "2013", "2013-04", "2013-04-01", "2013-04-30", "2013-05-02", "2013-03-30/2013-05-01"]
PUBLISHED = [None, date(2013, 3, 31), date(2013, 4, 15), date(2013, 5, 1), date(1, 1, 9), date(9999, 12, 31)]


@st.composite
def claims(draw: st.DrawFn) -> list[Told]:
    texts = [
        Text(f"text-{n}", published=day)
        for n, day in enumerate(draw(st.lists(st.sampled_from(PUBLISHED), min_size=1, max_size=4)))
    ]
    return [
        told(
            ClaimType.VISIT,
            draw(st.sampled_from(texts)),
            quote=f"words {number}",
            agents=ADA,
            facility=draw(st.sampled_from((WORKS, BASE))),
            edtf=draw(st.sampled_from(DAYS)),
            modality=draw(st.sampled_from(list(ROUTES))),
            polarity=draw(st.sampled_from(("affirmed", "negated"))),
        )
        for number in range(draw(st.integers(2, 12)))
    ]


def disputes(denial: Told, members: tuple[Told, ...], route: Route) -> bool:
    """The definition: what a denial means, said plainly."""
    if denial.claim.modality is not Modality.REPORTED and route is not ROUTES[denial.claim.modality]:
        return False
    meant = [each for each in members if each.keys.match == denial.keys.match]
    if route is Route.PROSPECTIVE:
        meant = [each for each in meant if not denial.came_before(each)]
    return any(denial.days.overlaps(each.days) for each in meant)


def by_definition(group: Group, every: Iterable[Told]) -> tuple[Told, ...]:
    denials = sorted((each for each in every if each.denies), key=lambda each: each.stored.id)
    return tuple(each for each in denials if disputes(each, group.members, group.route))


@given(claims())
def test_the_denials_of_each_event_are_those_of_the_definition(every: list[Told]) -> None:
    for group in groups(every, NOTHING, {}):
        assert group.disputed_by == by_definition(group, every)


@given(claims())
def test_denials_of_claims_of_several_times_are_those_of_the_definition(every: list[Told]) -> None:
    members = tuple(each for each in every if not each.denies)
    denials = Denials.of(each for each in every if each.denies)
    found = denials.meaning(members, known=True)
    reported = [each for each in found if each.claim.modality is Modality.REPORTED]
    assert reported == [
        each
        for each in every
        if each.denies
        and each.claim.modality is Modality.REPORTED
        and disputes(each, members, Route.PROSPECTIVE)
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_a_plan_of_which_one_text_was_known_is_denied(turned: bool) -> None:
    early, late = (
        told(ClaimType.VISIT, Text(f"of-{day}", published=day), agents=ADA, edtf="2014", modality="planned")
        for day in (date(2013, 4, 1), date(2013, 6, 1))
    )
    between = Text("denying", published=date(2013, 5, 1))
    denial = told(ClaimType.VISIT, between, agents=ADA, edtf="2014", modality="planned", polarity="negated")
    denials = Denials.of([denial])
    assert denials.meaning((late, early) if turned else (early, late), known=True) == [denial]
    assert denials.meaning((late,), known=True) == []
    assert denials.meaning((late,), known=False) == [denial]


def test_a_thousand_visits_and_their_denials_are_not_laid_all_beside_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count, days, looks = 1000, [(date(2000, 1, 1) + timedelta(n)).isoformat() for n in range(1000)], 0
    every = [
        told(ClaimType.VISIT, agents=ADA, facility=WORKS, edtf=day, polarity=polarity)
        for day in days
        for polarity in ("affirmed", "negated")
    ]
    plain = Bounds.overlaps

    def counted(self: Bounds, other: Bounds) -> bool:
        nonlocal looks
        looks += 1
        return plain(self, other)

    monkeypatch.setattr(Bounds, "overlaps", counted)
    found = groups(every, NOTHING, {})
    assert [len(group.disputed_by) for group in found] == [1] * count
    assert looks < 100 * count  # a million, all beside all
