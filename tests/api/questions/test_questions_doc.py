"""The commands of docs/questions.md work on a real server, on invented states."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.queries.as_of import AS_OF
from kb.queries.thresholds import LEVELS, THRESHOLDS
from tests.api.server.test_serve import served

TEXT = (Path(__file__).parents[3] / "docs" / "questions.md").read_text("utf-8")
SCRIPTS = re.findall(r"```sh\n(.+?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("doc") / "store") as (_, found):
        yield found


def run(script: str, address: str) -> str:
    here = script.replace("http://127.0.0.1:8717/", address).replace("PRK", "XAL").replace("RUS", "XBO")
    here = here.replace("curl ", "curl --fail --silent --show-error ")
    found = subprocess.run(["sh", "-e", "-c", here], capture_output=True, text=True, timeout=30, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=range(len(SCRIPTS)))
def test_a_command_of_the_guide_works(address: str, script: str) -> None:
    assert run(script, address)


def test_the_commands_say_what_the_guide_says(address: str) -> None:
    forms, _, thresholds, then, pages, tags = (run(script, address) for script in SCRIPTS)
    assert "leader_name" in forms and "lg:Claim" in forms
    assert "SingleSource" not in thresholds or "Corroborated" in thresholds
    assert '"as_of": {' in then
    assert 'rel="next"' in pages and '"next": "' in pages
    assert tags == "304"


def test_a_command_that_fails_is_noticed(address: str) -> None:
    with pytest.raises(AssertionError, match="404"):
        run(f"curl '{address}questions/nothing.json'", address)


def test_the_guide_tells_of_every_threshold_and_grade() -> None:
    for name in (*(parameter.name for parameter in (*THRESHOLDS, AS_OF)), *LEVELS):
        assert f"`{name}" in TEXT
