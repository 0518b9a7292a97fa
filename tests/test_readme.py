"""The README's two commands are what CI runs, and each of its links leads somewhere."""

from __future__ import annotations

import re

import pytest

from kb.resources import ROOT

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [line for line in README.splitlines() if line.startswith("python3 -m venv .venv && ")]


def test_there_are_exactly_two_commands_to_set_up_and_run() -> None:
    assert len(COMMANDS) == 2
    assert COMMANDS[0].endswith(".venv/bin/legation demo")


def test_ci_runs_the_readme_s_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    steps = COMMANDS[1].split(" && ")
    assert steps[-1] == ".venv/bin/python -m pytest"
    assert all(any(line.strip() == step for line in script.splitlines()) for step in steps)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)", README))))
def test_a_link_of_the_readme_leads_to_a_file(link: str) -> None:
    assert link.startswith("https://") or (ROOT / link).exists()
