"""What goes to a file as it is written is what it would have been in memory, and cut at the same place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store

from kb.store import answering, output
from kb.store.answering import answer
from kb.store.cut import Breaks, cut
from kb.store.messages import Request
from kb.store.output import Full, NoRoom, Output
from tests.store.disk import full, small_disk
from tests.store.test_cut import FORMS, LOOKALIKES, QUERY, serialised

PIECE = 8192
"""Bytes that the engine writes at once."""
values = st.lists(
    st.one_of(st.sampled_from(LOOKALIKES), st.text(max_size=20), st.integers(0, 3 * PIECE).map("x".__mul__)),
    max_size=40,
)


class World:
    """A source with one store."""

    def __init__(self, texts: list[str]) -> None:
        self.store = Store()
        self.store.extend(
            Quad(NamedNode("http://x.example/s"), NamedNode(f"http://x.example/p{n:03}"), Literal(text))
            for n, text in enumerate(texts)
        )

    def opened(self, request: Request) -> tuple[Store, str]:
        return self.store, "1"


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    """Let answers of more than a few bytes go to a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output, "INLINE", 100)
        yield


def whole(out: Output) -> bytes:
    if out.handle is None:
        return out.content()
    assert os.fstat(out.handle).st_size == out.size
    return os.pread(out.handle, out.size + 1, 0)


def answered(texts: list[str], form: QueryResultsFormat, rows: int, size: int = 10**9) -> tuple[bytes, bool]:
    with Output(None) as out:
        reply = answer(World(texts), Request(QUERY, form.media_type, 9, rows, size), out)
        assert (reply.error, reply.size, reply.spooled) == ("", out.size, out.handle is not None)
        return whole(out), reply.cut


@pytest.mark.parametrize("form", FORMS, ids=str)
@settings(max_examples=60, deadline=None)
@given(texts=values, rows=st.integers(0, 41))
def test_a_table_cut_in_its_file_is_the_whole_one_cut(
    form: QueryResultsFormat, texts: list[str], rows: int
) -> None:
    expected = cut(serialised(texts, form), form, rows, broken=False)
    assert answered(texts, form, rows) == expected
    assert expected[1] is (len(texts) > rows)


@pytest.mark.parametrize("form", FORMS, ids=str)
@settings(max_examples=60, deadline=None)
@given(texts=values, share=st.floats(0, 1))
def test_a_table_past_the_limit_of_bytes_is_that_of_its_first_rows(
    form: QueryResultsFormat, texts: list[str], share: float
) -> None:
    content, head = serialised(texts, form), len(serialised([], form))
    limit = head + int((len(content) - head) * share)
    found, was_cut = answered(texts, form, 100, limit)
    kept = [n for n in range(len(texts) + 1) if found == serialised(texts[:n], form)]
    assert len(kept) == 1
    assert was_cut is (len(content) > limit)
    assert len(found) <= limit + 4 * PIECE  # the part that passed the limit
    assert kept[0] == len(texts) or len(serialised(texts[: kept[0] + 1], form)) > limit - 100


@pytest.mark.parametrize("form", FORMS, ids=str)
@given(texts=values, ends=st.lists(st.integers(0, 20_000)))
def test_a_break_is_counted_once_wherever_the_parts_end(
    form: QueryResultsFormat, texts: list[str], ends: list[int]
) -> None:
    content, counted = serialised(texts, form), Breaks(form)
    places = [0, *sorted(end % (len(content) + 1) for end in ends), len(content)]
    for start, end in pairwise(places):
        counted.look(content[start:end])
    at_once = Breaks(form)
    at_once.look(content)
    assert counted.rows == at_once.rows >= len(texts)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_break_across_single_bytes_is_counted(form: QueryResultsFormat) -> None:
    counted = Breaks(form)
    for byte in serialised(["a", "b", "c"], form):
        counted.look(bytes([byte]))
    assert counted.rows == 3


@given(parts=st.lists(st.binary(max_size=150)))
def test_parts_come_out_as_they_were_written_and_are_shown_once(parts: list[bytes]) -> None:
    seen: list[bytes] = []
    with Output(None) as out:
        out.hold_to(10**9, seen.append)
        for part in parts:
            out.write(part)
        out.end()
        assert whole(out) == b"".join(seen) == b"".join(parts)
        assert (out.handle is None) is (len(b"".join(parts)) <= 100)


def test_what_is_written_after_the_limit_is_not_taken() -> None:
    with Output(None) as out:
        out.hold_to(3)
        for part in (b"1234", b"1234"):
            with pytest.raises(Full):
                out.write(part)
        out.end()
        assert whole(out) == b"1234"


def test_a_handle_that_was_passed_on_outlives_the_output() -> None:
    with Output(None) as out:
        out.write(b"x" * 200)
        assert out.handle is not None
        passed = os.dup(out.handle)
    assert os.pread(passed, 300, 0) == b"x" * 200
    os.close(passed)


def test_no_room_is_told_once_and_nothing_is_taken_after_it(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk, full(disk), Output(str(disk)) as out:
        with pytest.raises(NoRoom, match="No space left"):
            for _ in range(100):
                out.write(b"x" * PIECE)
        with pytest.raises(Full):
            out.write(b"x")


@pytest.mark.parametrize("query", [QUERY, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"])
def test_a_reader_without_room_says_so(query: str, tmp_path: Path) -> None:
    with Output(str(tmp_path / "missing")) as out:
        reply = answer(World(["x" * 1000]), Request(query, "", 9, 10, 10**9), out)
    assert (reply.error, reply.message) == ("store", "no room for the answer: No such file or directory")


@pytest.mark.parametrize(
    ("end", "limit"),
    [
        ("LIMIT 2", 2),
        ("limit 2 # the first", 2),
        ("OFFSET 1 LIMIT 2", 2),
        ("LIMIT 2 OFFSET 1 \n", 2),
        ("\nORDER BY ?p LIMIT 2", 2),
        ("# LIMIT 2", None),
        ("# <http://x.example/#> } LIMIT 2", None),
        ("LIMIT 2 # \\u000A", None),
        ('FILTER(?o != "x LIMIT 2 # ") }', None),
        ("FILTER(?o != 'x LIMIT 2 # ') }", None),
        ("{ SELECT ?p { ?p ?q ?r } LIMIT 2 }", None),
        ("LIMIT 2\n# no more", None),
        ("LIMIT 2 VALUES ?p { 1 }", None),
        ("#" + " " * 400 + "LIMIT 2", None),
        ("", None),
    ],
)
def test_the_limit_that_a_query_ends_with_is_known_where_it_is_sure(end: str, limit: int | None) -> None:
    found = answering._own_limit("SELECT * { ?s ?p ?o } " + end)
    assert found == (float("inf") if limit is None else limit)


ENDS = st.lists(
    st.sampled_from(
        [
            "LIMIT",
            "2",
            "9",
            "#",
            "OFFSET",
            '"',
            "'",
            '"""',
            "\n",
            "\\u0023",
            "}",
            ")",
            "{",
            "BIND(",
            " AS ?y)",
            "<",
            ">",
        ]
    ),
    max_size=9,
)


@settings(max_examples=400)
@given(end=ENDS, spaced=st.sampled_from(["", " "]))
def test_no_query_has_more_rows_than_its_last_line_seems_to_say(end: list[str], spaced: str) -> None:
    query = "SELECT * { ?s ?p ?o " + spaced.join(end)
    try:
        found = World([str(n) for n in range(12)]).store.query(query)
    except SyntaxError:
        return
    assert isinstance(found, QuerySolutions)
    assert len(list(found)) <= answering._own_limit(query)
