"""The network reads each text by itself, long ones in windows, and says what is wrong with its files."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import BadReference
from kb.reading.context.context import Context
from kb.reading.context.encoder import FOLDER, WIDTH, Encoder, encoder, windows
from kb.reading.context.heads import MOODS, ROLES
from kb.records import Modality

TEXT = "President Anton Varga met Irina Sand in Strelsau on Friday.\n\nThe two sides signed a treaty."


def test_what_a_text_is_read_as_does_not_hang_on_what_was_read_before() -> None:
    alone = Encoder().of(TEXT).states
    encoder().of("Zembla withdrew its brigade.")

    assert np.array_equal(encoder().of(TEXT).states, alone)


def test_each_piece_of_a_long_text_has_a_row() -> None:
    long = "\n\n".join([TEXT] * 40)

    read = encoder().of(long)

    assert read.states.shape == (len(read.starts), WIDTH)
    assert np.isfinite(read.states).all()


def test_a_text_of_white_space_can_be_asked() -> None:
    assert encoder().of(" \n ").at(2) == 0


@given(st.lists(st.integers(1, 1200), max_size=6))
def test_windows_follow_each_other_and_none_is_too_long(lengths: list[int]) -> None:
    text = "\n".join("a " * length for length in lengths)
    starts = np.array([at for at, letter in enumerate(text) if letter == "a"], dtype=np.int64)

    found = list(windows(text, starts))

    assert [at for low, high in found for at in range(low, high)] == list(range(len(starts)))
    assert all(0 < high - low <= 510 for low, high in found)


def test_a_window_ends_with_a_paragraph_where_one_ends_in_it() -> None:
    text = "a " * 300 + "\n" + "b " * 300
    starts = np.array([at for at, letter in enumerate(text) if letter in "ab"], dtype=np.int64)

    assert list(windows(text, starts)) == [(0, 300), (300, 600)]


def test_talks_that_were_held_tell_a_meeting_rather_than_talks_of_the_town() -> None:
    held, mere = "Anton Varga held talks with Irina Sand.", "The scandal is the talk of the town."

    told = Context(encoder(), held).event(held.index("talks"), "Meeting")

    assert told > 0 > Context(encoder(), mere).event(mere.index("talk"), "Meeting")


class Doubting(Context):
    """A network that gives nothing a chance."""

    def event(self, offset: int, type_: str) -> float:
        """Return very low log-odds."""
        return -6.0


def test_a_word_is_hopeless_only_for_types_that_the_network_knows() -> None:
    context = Doubting(encoder(), TEXT)

    assert context.is_hopeless(0, "Sanction")
    assert not context.is_hopeless(0, "Office")


def test_each_word_beside_a_trigger_has_an_answer_for_each_role() -> None:
    context = Context(encoder(), TEXT)
    words = [TEXT.index(word) for word in ("Varga", "Sand", "Strelsau", "Friday")]

    odds = context.roles(TEXT.index("met"), words, "Meeting")

    assert odds.shape == (len(words), len(ROLES))
    assert odds[0, ROLES.index("agent")] > 0 > odds[3, ROLES.index("agent")]


def test_what_will_be_is_likelier_planned_than_reported() -> None:
    text = "Anton Varga will visit Zembla next week."

    mood = Context(encoder(), text).mood(text.index("visit"))

    assert set(mood) == set(MOODS)
    assert mood[Modality.PLANNED] > mood[Modality.REPORTED]


@pytest.mark.parametrize("name", ["encoder.onnx", "heads.npz", "pieces.txt"])
def test_a_file_that_is_no_network_is_named(tmp_path: Path, name: str) -> None:
    for file in ("encoder.onnx", "heads.npz", "pieces.txt"):
        shutil.copy(FOLDER / file, tmp_path)
    (tmp_path / name).write_bytes(b"nothing")

    with pytest.raises(BadReference, match=str(tmp_path)):
        Encoder(tmp_path)


def test_a_layer_with_a_weight_that_is_no_number_is_refused(tmp_path: Path) -> None:
    for file in ("encoder.onnx", "pieces.txt"):
        shutil.copy(FOLDER / file, tmp_path)
    with np.load(FOLDER / "heads.npz") as held:
        layers = {name: held[name] for name in held.files}
    layers["role_bias"] = np.full_like(layers["role_bias"], np.nan)
    np.savez(tmp_path / "heads.npz", **layers)

    with pytest.raises(BadReference, match="no number"):
        Encoder(tmp_path)
