"""docs/chances.md: its examples run, and its text gives the events that the page shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kb.reading.chances.weights import TABLES, Weights, weights
from kb.reading.reader import Reader
from kb.resources import ROOT
from tests.reading.desk import article, invented_lexicon, names

PAGE = (ROOT / "docs" / "chances.md").read_text("utf-8")
CODE = re.findall(r"```python\n(.*?)```", PAGE, re.S)
TEXT = re.findall(r"```text\n(.*?)```", PAGE, re.S)[0]
ROW = re.compile(r"^\| (by frames alone|with chances) \| (\w+) \| ([^|]*) \| ([^|]*) \|$", re.M)
SHOWN = [(how, (kind, who, rule)) for how, kind, who, rule in ROW.findall(PAGE)]


@pytest.mark.parametrize("how", ["by frames alone", "with chances"])
def test_the_text_of_the_page_gives_the_events_that_it_shows(how: str) -> None:
    fitted: Weights | None = None if how == "by frames alone" else weights()
    claims = Reader(invented_lexicon(), fitted).read(article(TEXT))
    found = {(str(c.type), "; ".join(names(c)), c.rule) for c in claims if c.type != "Office"}
    assert found == {row for shown, row in SHOWN if shown == how}


def test_the_code_of_the_page_makes_readers_with_and_without_weights() -> None:
    held: dict[str, Any] = {}
    for code in CODE:
        exec(compile(code, "docs/chances.md", "exec"), held)
    assert held["by_frames"]._fitted is None
    assert held["with_chances"]._fitted is weights()


def test_the_code_of_the_page_prints_signs_with_weights(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(CODE[0], "docs/chances.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert all(weights().events[line.rpartition(" ")[0]] == float(line.rpartition(" ")[2]) for line in lines)


def test_every_sign_of_the_page_has_a_weight() -> None:
    section = PAGE.split("## Signs\n")[1].split("\n## ")[0]
    cells = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `")]
    signs = {sign.replace("\\|", "|") for cell in cells for sign in re.findall(r"`([^`]+)`", cell)}
    known = {sign for name in TABLES for sign in getattr(weights(), name)}
    assert signs
    assert signs - known == set()


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m (tests\S+)", PAGE))))
def test_every_command_of_the_page_knows_its_options(module: str) -> None:
    done = subprocess.run([sys.executable, "-m", module, "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    options = {word for line in re.findall(rf"{module} (.*)", PAGE) for word in re.findall(r"--\w+", line)}
    assert [option for option in sorted(options) if option not in done.stdout] == []


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)", PAGE))))
def test_a_link_of_the_page_leads_to_a_file(link: str) -> None:
    assert (ROOT / "docs" / link).exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:kb|tests)/[\w/.]+\.\w+)`", PAGE))))
def test_a_file_that_the_page_names_exists(path: str) -> None:
    assert Path(ROOT / path).is_file()
