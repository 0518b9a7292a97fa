"""The example in docs/frames.md is a frame file that loads and reads as the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kb.reading import frames as module
from kb.reading import match
from kb.reading.frames import load
from kb.reading.roles import is_path
from tests.reading.desk import names, read

PAGE = (Path(__file__).parents[2] / "docs" / "frames.md").read_text("utf-8")
EXAMPLE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
SENTENCES = yaml.safe_load(EXAMPLE)["examples"]


@pytest.fixture(autouse=True)
def _only_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    path = tmp_path / "sanction.yaml"
    path.write_text(EXAMPLE, "utf-8")
    found = load(path)
    monkeypatch.setattr(match, "frames", lambda: found)
    match._by_verb.cache_clear()
    match._by_noun.cache_clear()
    yield
    match._by_verb.cache_clear()
    match._by_noun.cache_clear()


@pytest.mark.parametrize("example", SENTENCES["match"], ids=lambda example: example["text"])
def test_the_frame_of_the_page_matches_its_sentences(example: dict[str, object]) -> None:
    found = [claim for claim in read(str(example["text"])) if claim.rule == "sanction/ground-verb"]
    assert [names(claim) for claim in found] == [example["agents"]]
    assert [[one.name for one in claim.counterparts] for claim in found] == [example["counterparts"]]


@pytest.mark.parametrize("text", SENTENCES["no_match"])
def test_the_frame_of_the_page_leaves_other_sentences_alone(text: str) -> None:
    assert [claim for claim in read(text) if claim.type == "Sanction"] == []


def _table(heading: str) -> set[str]:
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    first = [
        line.split("|")[1] for line in re.sub(r"\\\|", "/", section).splitlines() if line.startswith("| `")
    ]
    return {name for cell in first for name in re.findall(r"`([^`]+)`", cell)}


def test_the_page_tells_every_key_of_frames_and_slots() -> None:
    assert _table("Keys of a frame") == set(module._FRAME_KEYS)
    assert _table("Keys of a slot") == set(module._SLOT_KEYS)


def test_the_page_names_only_paths_and_conditions_that_exist() -> None:
    paths = {name.replace("/", "|") for name in _table("Paths")}
    assert [name for name in paths if not is_path(name)] == []
    assert _table("Conditions") <= set(module._CONDITIONS)
