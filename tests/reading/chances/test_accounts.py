"""A frame's roles with the likeliest agents."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reading.accounts import recast
from kb.reading.model import Party

LETTERS = "ABCDEF"


def party(name: str) -> Party:
    return Party(name, "state", 0, 1)


def parties(names: Iterable[str]) -> tuple[Party, ...]:
    return tuple(map(party, names))


def listed(found: Iterable[Party]) -> str:
    return "".join(one.name for one in found)


@st.composite
def sides(
    draw: st.DrawFn,
) -> tuple[dict[str, tuple[Party, ...]], tuple[Party, ...], tuple[Party, ...] | None]:
    """Draw a frame's roles with nobody on both sides, the likeliest agents, and another side or none."""
    letters = st.lists(st.sampled_from(LETTERS), unique=True)
    framed, agents = draw(letters), draw(letters.filter(bool))
    roles = {"agents": parties(framed)}
    for name in ("counterparts", "companions", "items"):
        if draw(st.booleans()):
            roles[name] = parties(letter for letter in draw(letters) if letter not in framed)
    others = parties(letter for letter in draw(letters) if letter not in agents)
    return roles, parties(agents), draw(st.sampled_from((others, None)))


@given(sides())
def test_nobody_is_an_agent_and_a_counterpart(
    drawn: tuple[dict[str, tuple[Party, ...]], tuple[Party, ...], tuple[Party, ...] | None],
) -> None:
    found = recast(*drawn)
    assert set(found["agents"]).isdisjoint(found["counterparts"])


@given(sides())
def test_the_agents_are_the_likeliest(
    drawn: tuple[dict[str, tuple[Party, ...]], tuple[Party, ...], tuple[Party, ...] | None],
) -> None:
    roles, agents, _ = drawn
    assert set(recast(*drawn)["agents"]) == set(agents)
    assert set(recast(*drawn)) == {*roles, "counterparts"}


@pytest.mark.parametrize(
    ("framed", "others", "agents", "likely", "expected"),
    [
        ("A", "B", "A", "C", ("A", "C")),
        ("A", "", "A", "C", ("A", "C")),
        ("A", "B", "A", "", ("A", "")),
        ("A", "B", "A", None, ("A", "B")),
        ("A", "B", "C", None, ("C", "B")),
        ("A", "BC", "B", None, ("B", "C")),
        ("A", "B", "B", None, ("B", "")),
        ("AB", "C", "BA", None, ("AB", "C")),
    ],
    ids=[
        "the likeliest other side stands",
        "also where the frame had none",
        "also where it is nobody",
        "without one the frame's agents keep theirs",
        "and so do other agents",
        "but who becomes an agent leaves it",
        "and may leave nobody there",
        "in which order agents are named means nothing",
    ],
)
def test_the_other_side_is_the_likeliest_else_the_frame_s_but_for_the_agents(
    framed: str, others: str, agents: str, likely: str | None, expected: tuple[str, str]
) -> None:
    roles = {"agents": parties(framed), "counterparts": parties(others)}
    found = recast(roles, parties(agents), None if likely is None else parties(likely))
    assert (listed(found["agents"]), listed(found["counterparts"])) == expected


def test_who_becomes_an_agent_leaves_every_other_role() -> None:
    found = recast({"agents": parties("A"), "companions": parties("BC")}, parties("B"), ())
    assert listed(found["companions"]) == "C"


def test_the_frame_s_own_roles_are_left_as_they_are() -> None:
    roles = {"agents": parties("A"), "counterparts": parties("B")}
    recast(roles, parties("B"), ())
    assert roles == {"agents": parties("A"), "counterparts": parties("B")}
