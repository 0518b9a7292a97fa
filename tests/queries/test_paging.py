"""Pages of an answer: together they are the answer, whatever happens to the rows around them."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kb.errors import UnknownPage
from kb.queries import Answer, answer, questions
from kb.queries.answers import ordered
from kb.queries.paging import LONGEST, page
from kb.queries.values import Term
from kb.store import Store
from tests.queries.cells import cells_of

QUESTION = questions()["treaties"]
"""Ordered by ?signed ?treaty_name; two rows may be signed on one day, or on no known day."""
DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")

keys = st.tuples(
    st.one_of(st.none(), st.dates().map(lambda day: Literal(day.isoformat(), datatype=DATE))),
    st.one_of(st.none(), st.sampled_from(["Sea Treaty", "Ä", "sea treaty", "B\n\u0000", "🜨"]).map(Literal)),
)
rows = st.lists(
    st.tuples(
        st.tuples(*[st.one_of(st.none(), st.integers(0, 30).map(lambda n: Literal(str(n))))] * 6), keys
    ),
    max_size=30,
)
Rows = Sequence[tuple[tuple[Term | None, ...], tuple[Term | None, ...]]]


def made(found: Rows) -> Answer:
    columns = tuple(column.name for column in QUESTION.columns)
    settled, places = ordered(QUESTION, [(cells_of(row), cells_of(key)) for row, key in found])
    return Answer(QUESTION, (), "0" * 16, columns, settled, False, places)


def walked(whole: Answer, limit: int) -> list[tuple[Term | None, ...]]:
    """Return the rows of all pages, one after another, and hold what each says of its place."""
    found: list[tuple[Term | None, ...]] = []
    after: str | None = ""
    while after is not None:
        shown = page(whole, limit, after)
        assert (shown.before, shown.total) == (len(found), len(whole.rows))
        assert len(shown.answer.rows) <= limit
        found += shown.answer.rows
        after = shown.next
    return found


@given(rows, st.integers(1, 7))
def test_the_pages_together_are_the_answer(found: Rows, limit: int) -> None:
    whole = made(found)
    assert walked(whole, limit) == list(whole.rows)


@given(rows)
def test_the_order_does_not_depend_on_how_the_rows_come_and_each_comes_once(found: Rows) -> None:
    once = list(dict(found).items())
    assert made(once).rows == made(once[::-1]).rows
    assert len(made(found).rows) == len(once)


@given(rows, rows, st.integers(1, 5))
def test_rows_that_come_or_go_before_a_page_do_not_shift_it(found: Rows, more: Rows, limit: int) -> None:
    whole = made(found)
    first = page(whole, limit)
    if first.next is None:
        return
    known = {row for row, _ in found}
    grown = made([*found, *((row, key) for row, key in more if row not in known)])
    then = page(grown, None, first.next).answer.rows
    old = page(whole, None, first.next).answer.rows
    assert [row for row in then if row in known] == list(old)
    # Even the row that the page begins after may go.
    gone = made([each for each in found if each[0] != first.answer.rows[-1]])
    assert page(gone, None, first.next).answer.rows == old


@given(rows, st.integers(1, 5))
def test_the_page_before_leads_back(found: Rows, limit: int) -> None:
    whole = made(found)
    first = page(whole, limit)
    assert first.previous is None
    if first.next is None:
        return
    second = page(whole, limit, first.next)
    assert second.previous == ""
    if second.next is not None:
        third = page(whole, limit, second.next)
        assert third.previous is not None
        assert page(whole, limit, third.previous).answer.rows == second.answer.rows


def test_a_real_answer_is_walked_page_by_page(toy: Store) -> None:
    for name, given_texts in (
        ("timeline-of-a-dyad", {"state": "XAL", "other_state": "XBO"}),
        ("facilities-visited", {"visitor_state": "XAL", "host_state": "XBO"}),
        ("names-of-a-thing", {"thing": "state:XAL"}),
    ):
        whole = answer(toy, name, given_texts)
        assert len(whole.rows) > 1
        assert len(whole.keys) == len(whole.rows)
        assert walked(whole, 1) == list(whole.rows)


def cursor(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def a_cursor() -> str:
    found = page(made([((Literal(str(n)),) * 6, (None, None)) for n in range(3)]), 1).next
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "....",
        "ключ",
        "A" * (LONGEST + 1),
        cursor([]),
        cursor({"a": 1}),
        cursor("text"),
        cursor(["00000000", None, None, "0" * 16]),
        cursor([["l"]] * 4),
        "%00",
    ],
)
def test_what_is_no_cursor_leads_to_no_page(text: str) -> None:
    with pytest.raises(UnknownPage) as caught:
        page(made([]), 1, text)
    assert caught.value.place == "after"


@given(st.text(), st.integers(0, 60), st.characters())
def test_a_spoilt_cursor_leads_to_no_page_or_to_some_page(text: str, at: int, other: str) -> None:
    for spoilt in (text, a_cursor()[:at] + other + a_cursor()[at + 1 :]):
        try:
            page(made([]), 1, spoilt)
        except UnknownPage:
            continue


def test_a_cursor_of_another_question_leads_to_no_page() -> None:
    other = replace(made([]), question=questions()["state-codes"])
    with pytest.raises(UnknownPage):
        page(other, 1, a_cursor())
