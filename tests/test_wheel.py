"""The built wheel holds all that the command needs, and runs where no checkout is."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kb.resources import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the wheel, built from this checkout, was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("legation-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, code: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300
    )


def legation(installed: Path, cwd: Path, *words: object) -> str:
    """Run the command as the wheel has it; return what it prints."""
    arguments = ["legation", *map(str, words)]
    done = run(installed, f"import sys; sys.argv = {arguments!r}; from api.main import main; main()", cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_s_own_packages_and_data_are_used(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "import kb.resources as r; print(r.ROOT); print(*r.turtle_files())", tmp_path)
    assert done.returncode == 0, done.stderr
    root, files = done.stdout.splitlines()
    assert Path(root) == installed
    assert files.count(str(installed)) > 15


def test_a_text_is_ingested_and_asked_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    dispatches = installed / "kb" / "data" / "dispatches"
    legation(installed, tmp_path, "ingest", dispatches / "texts", "--index", dispatches / "INDEX.tsv")
    answer = legation(installed, tmp_path, "ask", "facilities-visited", "visitor_state=PRK", "host_state=RUS")
    assert "Komsomolsk-on-Amur Aircraft Plant" in answer
