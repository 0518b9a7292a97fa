"""A skip whose reason is not on the list fails the run; one that is on it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kb.resources import ROOT


def run_of(reason: str, folder: Path, *, ci: str) -> int:
    """Run one test that skips for a reason, under the rules of this suite; return pytest's exit code."""
    (folder / "test_it.py").write_text(f"import pytest\ndef test_it(): pytest.skip({reason!r})\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--rootdir", str(folder)]
    done = subprocess.run(
        [*command, "-c", os.devnull, str(folder)],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        capture_output=True,
        timeout=300,
    )
    return done.returncode


@pytest.mark.parametrize(
    ("reason", "ci", "code"),
    [
        ("needs ../shared: a text", "true", 0),
        ("needs Java", "", 0),
        ("needs Java", "true", 1),
        ("flaky today", "", 1),
        ("flaky today", "true", 1),
    ],
)
def test_a_skip_passes_only_for_a_listed_reason(reason: str, ci: str, code: int, tmp_path: Path) -> None:
    assert run_of(reason, tmp_path, ci=ci) == code
