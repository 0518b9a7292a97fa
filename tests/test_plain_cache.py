"""What is kept comes back as it was, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import plain_cache
from kb.entities.names import KnownNames, known_names

VALUE = ("name", 1, None, {"key": (1.5, frozenset({"a"}))}, True)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    plain_cache.write(tmp_path / "new" / "file", VALUE)
    assert plain_cache.read(tmp_path / "new" / "file") == VALUE


@pytest.mark.parametrize("damage", [slice(0), slice(20), slice(None, -1), slice(1, None)])
def test_a_damaged_file_gives_nothing(tmp_path: Path, damage: slice) -> None:
    path = tmp_path / "file"
    plain_cache.write(path, VALUE)
    path.write_bytes(path.read_bytes()[damage])
    assert plain_cache.read(path) is None


def test_a_file_that_is_not_there_gives_nothing(tmp_path: Path) -> None:
    assert plain_cache.read(tmp_path / "file") is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    plain_cache.write(tmp_path / "taken" / "file", VALUE)


def test_kept_names_are_found_like_fresh_ones(tmp_path: Path) -> None:
    fresh, kept = (KnownNames.of_reference(tmp_path) for _ in range(2))
    for name, classes in (("Kremlin", ("Facility",)), ("Russia", ("State",)), ("Nobody", ("Person",))):
        assert kept.find(name, classes) == fresh.find(name, classes) == known_names().find(name, classes)
    assert kept.seated_at("Kremlin") == fresh.seated_at("Kremlin")
