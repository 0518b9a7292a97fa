"""What was answered is paid for once; a run that was stopped goes on where it stood."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kb.errors import ExtractorError
from kb.extractors.model.cache import Cache, key_of
from tests.extractors.asked import TEXT, asking, said
from tests.extractors.server import Recorded, answer, completion

KEPT = Path("model")


def test_a_text_that_was_asked_about_makes_no_second_call(tmp_path: Path) -> None:
    with asking(tmp_path, answer(said())) as asked:
        first = asked.read()
        assert asked.read() == first
        assert len(asked.server.requests) == 1
        assert asked.model.report()[0].startswith("1 calls, 1 answers from the cache")


def test_a_later_run_at_the_same_address_makes_no_call(tmp_path: Path) -> None:
    with asking(tmp_path, answer(said())) as asked:
        first = asked.read()
        with asking(
            tmp_path, Recorded(status=500), settings={"model_address": asked.server.address}
        ) as later:
            assert later.read() == first
            assert later.server.requests == []


@pytest.mark.parametrize(
    "other",
    [{"model_name": "Other"}, {"model_options": '{"temperature": 1}'}],
)
def test_another_model_or_other_options_are_asked_anew(tmp_path: Path, other: dict[str, object]) -> None:
    with asking(tmp_path, answer(said())) as asked:
        asked.read()
        with asking(tmp_path, answer(), settings={"model_address": asked.server.address, **other}) as later:
            later.read()
        assert len(asked.server.requests) == 2
        assert asked.model.version != later.model.version


def test_another_text_is_asked_about(tmp_path: Path) -> None:
    with asking(tmp_path, answer(said())) as asked:
        asked.read()
        asked.read(TEXT + " So it was.")
        assert len(asked.server.requests) == 2


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": 1}', b'{"answer": "x"}', b"\xff"])
def test_a_damaged_entry_counts_as_absent_and_is_mended(tmp_path: Path, damage: bytes) -> None:
    with asking(tmp_path, answer(said())) as asked:
        first = asked.read()
        (entry,) = (tmp_path / KEPT).glob("*.json")
        entry.write_bytes(damage)
        assert asked.read() == first
        assert len(asked.server.requests) == 2
        assert asked.read() == first
        assert len(asked.server.requests) == 2


def test_an_entry_whose_answer_was_changed_counts_as_absent(tmp_path: Path) -> None:
    with asking(tmp_path, answer(said())) as asked:
        asked.read()
        (entry,) = (tmp_path / KEPT).glob("*.json")
        entry.write_text(entry.read_text().replace("Varga", "Nagel"))
        asked.read()
        assert len(asked.server.requests) == 2


def test_an_answer_that_is_no_json_is_not_kept(tmp_path: Path) -> None:
    with asking(tmp_path, completion("Sorry."), answer(said())) as asked:
        with pytest.raises(ExtractorError):
            asked.read()
        assert len(asked.read()) == 1


def test_that_an_answer_was_cut_off_is_known_the_next_time(tmp_path: Path) -> None:
    text = TEXT + "\n\n" + "Nothing else was said on that day. " * 60
    with asking(tmp_path, completion("{", finish="length"), answer(said()), answer()) as asked:
        first = asked.read(text)
        assert asked.read(text) == first
        assert len(asked.server.requests) == 3


def test_a_run_whose_budget_was_used_up_goes_on_in_the_next(tmp_path: Path) -> None:
    with asking(tmp_path, answer(said()), settings={"model_calls": 1}) as asked:
        asked.read()
        with pytest.raises(ExtractorError, match="budget of 1 calls"):
            asked.read("Another text.")
        next_run = {"model_address": asked.server.address, "model_calls": 1}
        with asking(tmp_path, answer(), settings=next_run) as later:
            later.read()
            later.read("Another text.")
        assert len(asked.server.requests) == 2


def test_what_is_kept_is_read_when_no_more_calls_are_made(tmp_path: Path) -> None:
    with asking(tmp_path, answer(said()), Recorded(status=401)) as asked:
        first = asked.read()
        with pytest.raises(ExtractorError, match="refuses the key"):
            asked.read("Another text.")
        assert asked.read() == first
        with pytest.raises(ExtractorError, match="refuses the key"):
            asked.read("A third text.")
        assert len(asked.server.requests) == 2


def test_a_folder_that_cannot_be_written_keeps_nothing_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / KEPT).write_text("a file where the folder should be")
    with asking(tmp_path, answer(said())) as asked:
        assert len(asked.read()) == 1


def test_answers_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    cache = Cache(tmp_path / KEPT)
    cache.put(key_of("a"), "answer")
    (entry,) = (tmp_path / KEPT).iterdir()
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(entry.parent.stat().st_mode) == 0o700


def test_what_was_not_used_for_longest_makes_room(tmp_path: Path) -> None:
    cache = Cache(tmp_path, entries=10, sweep=1)
    for number in range(10):
        cache.put(key_of(str(number)), "x")
        os.utime(tmp_path / f"{key_of(str(number))}.json", (number, number))
    assert cache.get(key_of("0")) == "x"
    cache.put(key_of("10"), "x")
    assert cache.get(key_of("0")) == "x"
    assert cache.get(key_of("1")) is None
    assert len(list(tmp_path.iterdir())) <= 10


def test_the_size_of_all_answers_is_bounded(tmp_path: Path) -> None:
    cache = Cache(tmp_path, size=5_000, sweep=1)
    for number in range(20):
        cache.put(key_of(str(number)), "x" * 500)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 5_000
