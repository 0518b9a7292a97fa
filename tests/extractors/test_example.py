"""The example in docs/extractors.md is installed as it stands there, and reads."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kb.resources import ROOT

PAGE = (ROOT / "docs" / "extractors.md").read_text("utf-8")


def blocks() -> dict[str, str]:
    """Return the files of the example: a block whose first line is a comment with the file's name."""
    found = re.findall(r"^```(?:python|toml)\n# (\S+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return dict(found)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the example's wheel was installed."""
    folder = tmp_path_factory.mktemp("example")
    for name, content in blocks().items():
        (folder / name).write_text(content, "utf-8")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(folder)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def read(site: Path, text: str, extractors: str) -> subprocess.CompletedProcess[str]:
    bulletin = site.parent / "bulletin.txt"
    bulletin.write_text(text, "utf-8")
    words = ["legation", "read", str(bulletin), "--extractor", extractors, "--format", "jsonl"]
    code = f"import sys; sys.argv = {words!r}; from api.main import main; main()"
    environment = {**os.environ, "PYTHONPATH": f"{site}{os.pathsep}{ROOT}"}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=300
    )


def test_the_example_is_a_module_and_the_file_that_registers_it() -> None:
    assert set(blocks()) == {"legation_notices.py", "pyproject.toml"}


def test_the_example_is_installed_and_reads(site: Path) -> None:
    done = read(site, "EMBARGO Japan -> Russia 2024-03-01", "notices")
    assert done.returncode == 0, done.stderr
    (claim,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (claim["type"], claim["edtf"], claim["extractors"]) == ("Sanction", "2024-03-01", ["notices"])
    assert claim["agents_iri"] == ["https://w3id.org/legation/state/JPN"]


def test_the_example_reads_beside_the_rules(site: Path) -> None:
    text = "Vladimir Putin met Narendra Modi in Moscow.\n\nEMBARGO Japan -> Russia 2024-03-01"
    done = read(site, text, "rules,notices")
    found = {one["type"]: one["extractors"] for one in map(json.loads, done.stdout.splitlines())}
    assert found["Sanction"] == ["notices"]
    assert found["Meeting"] == ["rules"]
