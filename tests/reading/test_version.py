"""A reader's version tells whether its claims may differ from another's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.reading import version


def test_it_is_the_same_as_long_as_nothing_changes() -> None:
    assert version.code_version() == version.code_version()


def test_it_changes_with_one_word_of_a_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version_with(frame: str) -> str:
        (tmp_path / "frames" / "visit.yaml").write_text(frame, "utf-8")
        version.code_version.cache_clear()
        return version.code_version()

    for folder, *names in (
        ("", "reader.py", "cues.yaml"),
        ("frames",),
        ("chances", "words.py", "words.yaml"),
        ("context", "encoder.py", "encoder.onnx", "heads.npz", "pieces.txt"),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        for name in names:
            (tmp_path / folder / name).touch()
    (tmp_path / "chances" / "chances.json").touch()
    monkeypatch.setattr(version, "_SOURCES", tmp_path)
    try:
        assert version_with("verbs: [visit]") != version_with("verbs: [tour]")
    finally:
        version.code_version.cache_clear()


def test_it_changes_with_one_fitted_weight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(version._SOURCES, tmp_path / "reading", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(version, "_SOURCES", tmp_path / "reading")
    weights = tmp_path / "reading" / "chances" / "chances.json"
    try:
        version.code_version.cache_clear()
        before = version.code_version()
        weights.write_text(weights.read_text("utf-8").replace("0.2", "0.3", 1), "utf-8")
        version.code_version.cache_clear()
        assert version.code_version() != before
    finally:
        version.code_version.cache_clear()
