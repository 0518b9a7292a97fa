"""The invented world as a folder of curated data that a test may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from kb import resources
from tests.world import WORLD


def world_folder(tmp_path: Path, patch: pytest.MonkeyPatch) -> Path:
    """Let a copy of the invented world stand for the shipped reference data, and return its folder."""
    folder = tmp_path / "reference"
    folder.mkdir()
    shutil.copy(WORLD / "reference.ttl", folder)
    patch.setattr(resources, "REFERENCE", folder)
    patch.delenv("LEGATION_REFERENCE", raising=False)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files of a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write(path: Path, columns: str, *rows: Iterable[str]) -> Path:
    """Write a table whose columns are separated by spaces, and return its path."""
    lines = ["\t".join(columns.split()), *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
