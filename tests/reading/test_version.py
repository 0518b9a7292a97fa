"""A reader's version tells whether its claims may differ from another's."""

from __future__ import annotations

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

    (tmp_path / "frames").mkdir()
    (tmp_path / "reader.py").touch()
    (tmp_path / "cues.yaml").touch()
    monkeypatch.setattr(version, "_SOURCES", tmp_path)
    try:
        assert version_with("verbs: [visit]") != version_with("verbs: [tour]")
    finally:
        version.code_version.cache_clear()
