"""Who may act together: each group once, never too large, what the frames found among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reading.chances.casts import _LARGEST, _MOST, NO_STEP, Candidate, Setting, casts, figures
from kb.reading.chances.near import Near
from kb.reading.chances.words import WEIGHED
from kb.reading.model import Party

LETTERS = "ABCDEFGHIJKL"
KINDS = ("person", "state", "organisation", "group")
SETTING = Setting("Visit", 0.5, 0.0, frozenset(), (), verbal=True, passive=False, owned=False)


def candidate(name: str, chance: float = 0.5, kind: str = "person", **known: object) -> Candidate:
    """Return a party near a trigger."""
    usual = {"distance": 1, "words": 1, "same_sentence": True, "is_subject": False, "is_object": False,
             "named": 1, "home": False, "opening": "lead", "rank": 0, "counterpart": 0.0}  # fmt: skip
    party = Party(name, kind, 0, 1)
    return Candidate(Near(party, None), chance, **{**usual, **known})  # type: ignore[arg-type]


def names(group: Sequence[Candidate]) -> frozenset[str]:
    return frozenset(one.party.name for one in group)


@st.composite
def seated(draw: st.DrawFn) -> tuple[list[Candidate], Setting]:
    """Draw the candidates of a trigger, those whom the frames found among them, and their setting."""
    letters = draw(st.lists(st.sampled_from(LETTERS), unique=True, max_size=len(LETTERS)))
    found = [
        candidate(
            letter,
            draw(st.floats(0, 1)),
            draw(st.sampled_from(KINDS)),
            counterpart=draw(st.floats(0, 1)),
            same_sentence=draw(st.booleans()),
            is_subject=draw(st.booleans()),
            home=draw(st.booleans()),
            opening=draw(st.sampled_from(("title", "lead", "later"))),
        )
        for letter in letters
    ]
    framed = frozenset(draw(st.lists(st.sampled_from(letters), unique=True)) if letters else ())
    return found, replace(SETTING, type=draw(st.sampled_from(WEIGHED)), framed=framed)


@given(seated())
def test_each_group_is_there_once(drawn: tuple[list[Candidate], Setting]) -> None:
    found = [names(group) for group in casts(*drawn)]
    assert len(set(found)) == len(found)


@given(seated())
def test_nobody_is_in_a_group_twice_nor_from_outside(drawn: tuple[list[Candidate], Setting]) -> None:
    for group in casts(*drawn):
        assert len(names(group)) == len(group)
        assert all(one in drawn[0] for one in group)


@given(seated())
def test_no_group_is_empty_nor_larger_than_the_limit(drawn: tuple[list[Candidate], Setting]) -> None:
    assert all(0 < len(group) <= _LARGEST for group in casts(*drawn))


@given(seated())
def test_the_frames_group_is_always_among_them_but_for_one_who_would_talk_alone(
    drawn: tuple[list[Candidate], Setting],
) -> None:
    framed = drawn[1].framed
    alone = len(framed) == 1 < len(drawn[0]) and drawn[1].type in ("Meeting", "Call")
    if 0 < len(framed) <= _LARGEST:
        assert (framed in [names(group) for group in casts(*drawn)]) != alone


@pytest.mark.parametrize(("kind", "least"), [("Meeting", 2), ("Call", 2), ("Agreement", 1)])
def test_nobody_talks_alone(kind: str, least: int) -> None:
    found = casts([candidate("a", 0.9), candidate("b", 0.1)], replace(SETTING, type=kind))
    assert min(len(group) for group in found) == least


@given(seated())
def test_few_groups_are_looked_at(drawn: tuple[list[Candidate], Setting]) -> None:
    assert len(casts(*drawn)) <= _MOST + 1


@given(seated())
def test_where_there_is_anybody_there_is_a_group(drawn: tuple[list[Candidate], Setting]) -> None:
    assert bool(casts(*drawn)) == bool(drawn[0])


def test_the_frames_group_is_among_them_though_nothing_else_speaks_for_it() -> None:
    among = [candidate(letter, 0.9) for letter in LETTERS[:6]]
    among += [candidate("Y", 0.0, "organisation"), candidate("Z", 0.0, "group")]
    without = [names(group) for group in casts(among, SETTING)]
    with_frames = [names(group) for group in casts(among, replace(SETTING, framed=frozenset("YZ")))]
    assert frozenset("YZ") not in without
    assert frozenset("YZ") in with_frames


def test_a_group_of_the_frames_that_is_too_large_is_left_out() -> None:
    among = [candidate(letter, 0.01) for letter in LETTERS]
    found = casts(among, replace(SETTING, framed=frozenset(LETTERS)))
    assert frozenset(LETTERS) not in [names(group) for group in found]


def test_all_who_are_likely_are_a_group() -> None:
    among = [candidate("A", 0.9), candidate("B", 0.8), candidate("C", 0.75), candidate("D", 0.1)]
    assert frozenset("ABC") in [names(group) for group in casts(among, SETTING)]


def test_each_of_the_three_likeliest_may_act_alone() -> None:
    among = [candidate(letter, 0.5 - at / 10) for at, letter in enumerate("ABCD")]
    alone = {names(group) for group in casts(among, SETTING) if len(group) == 1}
    assert alone == {frozenset("A"), frozenset("B"), frozenset("C")}


def test_persons_make_a_group_without_their_states() -> None:
    among = [candidate(letter, 0.45) for letter in "AB"]
    among += [candidate(letter, 0.44, "state") for letter in "XY"]
    found = [names(group) for group in casts(among, SETTING)]
    assert frozenset("AB") in found


def test_the_order_of_the_groups_is_that_of_the_sum_of_their_members_odds() -> None:
    among = [candidate("A", 0.9), candidate("B", 0.6), candidate("C", 0.2)]
    sums = [sum(one.odds for one in group) for group in casts(among, SETTING)]
    assert sums == sorted(sums, reverse=True)


@given(seated())
def test_every_cast_has_as_many_figures_as_any_other(drawn: tuple[list[Candidate], Setting]) -> None:
    among, setting = drawn
    lengths = {len(figures(group, among, setting)) for group in casts(among, setting)}
    assert lengths <= {len(figures([candidate("A")], [candidate("A")], SETTING))}


@given(seated())
def test_the_same_cast_has_the_same_figures(drawn: tuple[list[Candidate], Setting]) -> None:
    among, setting = drawn
    one, other = ([figures(group, among, setting) for group in casts(among, setting)] for _ in range(2))
    assert one == other


def test_in_which_order_a_cast_or_its_rivals_are_named_means_nothing() -> None:
    among = [candidate("A", 0.9), candidate("B", 0.5, "state"), candidate("C", 0.25, home=True)]
    found = {
        tuple(round(float(figure), 9) for figure in figures(cast, order, SETTING))
        for order in permutations(among)
        for cast in permutations(among[:2])
    }
    assert len(found) == 1


A, B = candidate("A", 0.8), candidate("B", 0.3, "state")


@pytest.mark.parametrize(
    ("place", "cast", "among", "setting", "figure"),
    [
        (3, [A, B], [A, B], SETTING, 2),
        (4, [A, B], [A, B], SETTING, 1),
        (5, [A, B], [A, B], SETTING, 1),
        (4, [A], [A, B], SETTING, 1),
        (5, [A], [A, B], SETTING, 0),
        (46, [A], [A, candidate("C", 0.9)], SETTING, 1),
        (46, [A, candidate("C", 0.9)], [A, candidate("C", 0.9)], SETTING, 0),
        (10, [A], [A, B], replace(SETTING, framed=frozenset("A")), True),
        (10, [A], [A, B], replace(SETTING, framed=frozenset("AB")), False),
        (12, [A], [A, B], replace(SETTING, sure=0.7), 0.7),
        (19, [A], [A, B], replace(SETTING, type="Meeting"), True),
        (20, [A], [A, B], replace(SETTING, earlier=(frozenset("A"),)), True),
        (25, [A], [A, B], replace(SETTING, type="Meeting"), 3),
        (27, [A], [A, B], replace(SETTING, chance=0.4), 0.4),
        (34, [A], [A, B], replace(SETTING, verbal=False), False),
        (35, [A], [A, B], replace(SETTING, passive=True), True),
        (36, [A], [A, B], replace(SETTING, owned=True), True),
        (38, [A], [A, B], replace(SETTING, told=5), 5),
        (39, [A, replace(B, acting=3)], [A, B], SETTING, (NO_STEP + 3) / 2),
        (40, [A, replace(B, acting=3)], [A, B], SETTING, NO_STEP),
        (-2, [A], [A, B], SETTING, 2),
        (-1, [A], [A, replace(B, acting=3)], SETTING, 3),
        (-1, [A], [A], SETTING, NO_STEP),
    ],
)  # fmt: skip
def test_the_order_of_the_figures_is_the_one_that_the_trees_know(
    place: int, cast: list[Candidate], among: list[Candidate], setting: Setting, figure: float
) -> None:
    assert figures(cast, among, setting)[place] == figure


def test_a_figure_of_those_left_out_changes_with_them_alone() -> None:
    one, other = figures([A], [A, B], SETTING), figures([A], [A, replace(B, chance=0.9)], SETTING)
    differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    assert differ and min(differ) >= 41


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_a_certain_chance_has_odds_too(chance: float) -> None:
    found = candidate("A", chance)
    assert abs(found.odds) < 10 and found.absent < 0.0 + 1e-3
