"""An event among the others of its text: who else tells it, before and after, and how likely."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.reading.chances.repeats import Likeliest, repeats

ONE = Likeliest(50, 40, "Visit", frozenset("A"), 0.5)

MENTIONS = st.lists(
    st.builds(
        Likeliest,
        st.integers(0, 99),
        st.integers(0, 5),
        st.sampled_from(("Visit", "Meeting")),
        st.frozensets(st.sampled_from("AB"), min_size=1),
        st.floats(0, 1),
    ),
    max_size=12,
)


def of(*others: Likeliest) -> list[float]:
    """Return the figures of one event beside others."""
    return repeats([ONE, *others])[0]


@given(MENTIONS)
def test_every_event_has_the_same_number_of_figures(found: list[Likeliest]) -> None:
    rows = repeats(found)
    assert len(rows) == len(found) and {len(row) for row in rows} <= {12}


def test_an_event_told_once_has_no_repeats() -> None:
    assert of() == [0.5, 0, 0, 0, 0, 0, 0.5, 0, 0.5, 400, 0, 0]


def test_what_was_told_before_is_told_apart_from_what_comes_after() -> None:
    before, after = of(replace(ONE, token=20)), of(replace(ONE, token=70))
    assert (before[1], before[2], before[9]) == (0.5, 0, 30)
    assert (after[1], after[2], after[9]) == (0, 0.5, 400)


def test_a_likelier_mention_of_the_same_event_speaks_against_this_one() -> None:
    assert of(replace(ONE, token=70, share=0.75))[6] == -0.25


def test_other_agents_tell_another_event_and_more_of_them_one_akin() -> None:
    other = replace(ONE, names=frozenset("B"), sentence=1)
    assert of(other) == of()
    assert of(replace(other, names=frozenset("AB")))[7] == 0.5


def test_the_same_agents_in_an_event_of_another_type_are_told_apart() -> None:
    found = of(replace(ONE, type="Meeting", sentence=1))
    assert found[:10] == of()[:10] and found[10:] == [0.5, 0]


def test_a_rival_in_the_same_sentence_counts_whoever_acts() -> None:
    assert of(replace(ONE, names=frozenset("B"), share=0.75))[8] == -0.25
