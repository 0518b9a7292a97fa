"""An operator's own folder of Turtle files counts as reference data, beside the shipped files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb import reference, resources
from kb.errors import BadReference
from tests.entities.table_desk import world_folder

OWN = "<https://w3id.org/legation/person/eve-eder> a <https://w3id.org/legation/terms/Person> ."
WITH_BLANK = "[] a <https://e.org/a> ."


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let an empty folder be the operator's own, beside the invented world."""
    world_folder(tmp_path, monkeypatch)
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setenv("LEGATION_REFERENCE", str(folder))
    forget()
    yield folder
    forget()


def forget() -> None:
    for function in (reference.load, reference.reference_triples, reference.version):
        function.cache_clear()


def test_what_stands_in_it_is_loaded_and_changes_the_version(own: Path) -> None:
    before = reference.reference_triples(), reference.version()
    (own / "reference.ttl").write_text(OWN, "utf-8")
    forget()
    assert len(reference.reference_triples() - before[0]) == 1
    assert reference.version() != before[1]


def test_curation_writes_there(own: Path) -> None:
    assert resources.reference_folder() == own


def test_a_file_of_the_same_name_shares_no_blank_node_with_the_shipped_one(own: Path) -> None:
    for folder in (own, resources.REFERENCE):
        (folder / "twin.ttl").write_text(WITH_BLANK, "utf-8")
    assert not reference.read_file(own / "twin.ttl") & reference.read_file(resources.REFERENCE / "twin.ttl")


def test_a_broken_file_is_named(own: Path) -> None:
    (own / "broken.ttl").write_text("a b c", "utf-8")
    with pytest.raises(BadReference, match=r"own/broken\.ttl"):
        reference.reference_triples()


def test_the_shipped_folder_is_not_loaded_twice(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_REFERENCE", str(resources.REFERENCE / ".." / "reference"))
    assert [path.name for path in resources.reference_files()] == ["reference.ttl"]


def test_an_installed_package_without_a_folder_of_its_own_is_not_written(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEGATION_REFERENCE")
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    with pytest.raises(BadReference, match="LEGATION_REFERENCE"):
        resources.reference_folder()
