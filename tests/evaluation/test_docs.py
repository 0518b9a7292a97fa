"""What docs/evaluation.md says of commands, keys and verdicts is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli import cli
from kb.evaluation.floors import hold, parse_floors
from kb.evaluation.gold import KEYS
from kb.evaluation.levels import LEVELS
from kb.evaluation.scoring import evaluate
from kb.evaluation.verdicts import VERDICTS
from kb.resources import ROOT
from tests.evaluation.desk import perfect, read_folder

DOCS = (ROOT / "docs" / "evaluation.md").read_text("utf-8")


def help_of(*words: str) -> str:
    return CliRunner().invoke(cli, [*words, "--help"]).stdout


def test_every_option_that_it_names_exists() -> None:
    known = help_of("evaluate", "score") + help_of("evaluate", "compare") + help_of("read")
    named = set(re.findall(r"(?<![-\w])--[a-z]+", DOCS))
    assert named
    assert [option for option in sorted(named) if option not in known] == []


@pytest.mark.parametrize("word", [*KEYS, *LEVELS, *VERDICTS])
def test_every_key_level_and_verdict_is_explained(word: str) -> None:
    assert re.search(rf"\b{re.escape(word)}\b", DOCS)


def test_the_floors_of_its_examples_have_figures(tmp_path: Path) -> None:
    gold = read_folder(tmp_path / "set")
    floors = re.findall(r"--min (\S+=\.\d+)", DOCS)
    assert len(floors) == 4
    assert hold(evaluate(gold, perfect(gold), 0), parse_floors(floors))


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)", DOCS))))
def test_a_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / "docs" / link).exists()
