"""Agents and the other side are chosen together: each choice once, nobody on both sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from kb.reading.chances.casts import Candidate, Setting
from kb.reading.chances.options import options, other_side
from kb.reading.chances.repeats import Likeliest, repeats
from kb.reading.chances.weighing import best
from kb.reading.chances.weights import weights
from kb.reading.chances.words import AIMED
from kb.reading.model import Party
from tests.reading.chances.test_casts import SETTING, candidate, seated

GIVING = replace(SETTING, type="Transfer")


def sides(seats: list[Candidate], setting: Setting, agent: str) -> list[str]:
    """Return the other sides that one agent may have, each as letters."""
    found, _ = options(seats, setting)
    return [
        "".join(party.name for party in one.others or ()) for one in found if one.names == frozenset({agent})
    ]


@given(seated())
def test_each_choice_is_there_once(drawn: tuple[list[Candidate], Setting]) -> None:
    found, rows = options(*drawn)
    keys = {(one.names, frozenset(party.name for party in one.others or ())) for one in found}
    assert len(keys) == len(found) == len(rows)


@given(seated())
def test_nobody_is_on_both_sides(drawn: tuple[list[Candidate], Setting]) -> None:
    for one in options(*drawn)[0]:
        assert one.names.isdisjoint(party.name for party in one.others or ())


@given(seated())
def test_every_choice_has_as_many_figures_as_any_other(drawn: tuple[list[Candidate], Setting]) -> None:
    alone = options([candidate("A")], SETTING)[1]
    assert {len(row) for row in options(*drawn)[1]} <= {len(alone[0])}


@given(seated())
def test_only_types_aimed_at_another_side_are_asked_for_one(drawn: tuple[list[Candidate], Setting]) -> None:
    assert {one.others is None for one in options(*drawn)[0]} <= {drawn[1].type not in AIMED}


def test_the_trees_ask_for_no_figure_that_a_choice_lacks() -> None:
    count = len(options([candidate("A")], SETTING)[1][0])
    more = len(best(np.zeros(1))[1]) + len(repeats([Likeliest(0, 0, "Visit", frozenset("A"), 0.5)])[0])
    assert weights().who.figure.min() >= 0 and weights().who.figure.max() < count
    assert weights().trees.figure.min() >= 0 and weights().trees.figure.max() < count + more


def test_the_two_likeliest_alone_and_together_and_nobody_may_be_the_other_side() -> None:
    seats = [candidate("A", 0.9), candidate("B", counterpart=0.6), candidate("C", counterpart=0.4)]
    assert sides(seats, GIVING, "A") == ["", "B", "C", "BC"]


def test_the_other_side_that_a_frame_found_is_among_them_though_nothing_else_speaks_for_it() -> None:
    seats = [candidate("A", 0.9), *(candidate(one, 0.1, counterpart=0.4) for one in "BC"), candidate("D")]
    framed = replace(GIVING, others=(Party("D", "state", 0, 1),))
    assert "D" not in sides(seats, GIVING, "A")
    assert "D" in sides(seats, framed, "A")


def test_the_figures_of_another_side_differ_with_it_alone() -> None:
    seats = [candidate("A", 0.9), candidate("B", counterpart=0.6)]
    found, rows = options(seats, GIVING)
    own = [row for one, row in zip(found, rows, strict=True) if one.names == frozenset("A")]
    differ = {at for at, (one, other) in enumerate(zip(*own, strict=True)) if one != other}
    assert differ and min(differ) >= len(rows[0]) - 12


@pytest.mark.parametrize(
    ("shares", "others"),
    [((0.8, 0.7), "BC"), ((0.8, 0.4), "B"), ((0.4, 0.3), "B"), ((0.2, 0.1), ""), ((), "")],
    ids=["all likely ones", "likely ones only", "else the likeliest", "nobody", "nobody there"],
)
def test_the_other_side_is_who_is_likely_else_the_likeliest(shares: tuple[float, ...], others: str) -> None:
    rest = [candidate(name, counterpart=share) for name, share in zip("BC", shares, strict=False)]
    assert "".join(party.name for party in other_side(rest)) == others
