"""Every frame file carries sentences that it must and must not match; malformed ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import BadReference
from kb.reading.frame_examples import Example, examples
from kb.reading.frames import frames, load
from kb.records import Claim, ClaimType
from tests.reading.desk import read


def _named(value: object) -> list[str]:
    return sorted(str(name) for name in value) if isinstance(value, list) else [str(value)]


def _told(claim: Claim, key: str) -> list[str]:
    value = getattr(claim, key)
    if key in ("country", "modality", "polarity"):
        return [str(value)]
    if isinstance(value, tuple):
        return sorted(ref.name for ref in value)
    return [value.name] if value is not None else []


@pytest.mark.parametrize(
    "example", [e for e in examples() if e.matches], ids=lambda e: f"{e.type}: {e.text[:50]}"
)
def test_a_sentence_that_must_match_does(example: Example) -> None:
    found = [claim for claim in read(example.text) if claim.type == example.type]
    assert found, [(claim.type, claim.quote) for claim in read(example.text)]
    for key, value in example.expected.items():
        assert any(_told(claim, key) == _named(value) for claim in found), (
            key,
            [_told(c, key) for c in found],
        )


@pytest.mark.parametrize(
    "example", [e for e in examples() if not e.matches], ids=lambda e: f"{e.type}: {e.text[:50]}"
)
def test_a_sentence_that_must_not_match_does_not(example: Example) -> None:
    assert [claim.quote for claim in read(example.text) if claim.type == example.type] == []


def test_each_of_the_fourteen_types_has_frames() -> None:
    assert {frame.type for frame in frames()} == set(ClaimType) - {ClaimType.SOURCE_NOTE}


BARE = "type: Visit\nframes: [{rule: x, verbs: [go]"
MALFORMED = [
    ("type: Visit\n", "has no frames"),
    ("type: Picnic\nframes: [{rule: x, verbs: [go]}]\n", "is no claim type"),
    ("type: Visit\nframes: [{verbs: [go]}]\n", "has no rule name"),
    ("type: Visit\nframes: [{rule: x}]\n", "has no trigger"),
    (BARE + ", colour: red}]\n", "unknown keys"),
    (BARE + "}]\n", "fills neither"),
    (BARE + ", slots: {agents: {min: 1}}}]\n", "either any: or all:"),
    (BARE + ", slots: {agents: {any: [subject], kinds: [ghost]}}}]\n", "unknown kinds"),
    (BARE + ", slots: {agents: {any: [subject], nouns: toys}}}]\n", "no list of nouns"),
    (BARE + ", slots: {agents: {any: [the-moon]}}}]\n", "no role path"),
    ("type: [\n", "is not YAML"),
    ("- 1\n", "is not a frame file"),
]


@pytest.mark.parametrize(("content", "complaint"), MALFORMED, ids=[complaint for _, complaint in MALFORMED])
def test_a_malformed_frame_file_is_refused_with_its_place(
    content: str, complaint: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(BadReference, match=complaint) as refusal:
        load(path)
    assert str(path) in refusal.value.place
