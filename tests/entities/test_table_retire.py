"""A retired entity keeps its identifier and its label, and nobody finds it by a name any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kb import reference
from kb.entities.names import KnownNames
from kb.entities.table_base import Base
from kb.errors import BadInput, NotFound
from kb.namespaces import expand, shorten
from kb.pipeline import Curation, retire_entity
from kb.reading.lexicon_source import Reference
from tests.entities.table_desk import world_folder

DAY = date(2026, 11, 25)
BORIS = "person:boris-brand"
WORKS = "fac:borville-tractor-works"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return world_folder(tmp_path, monkeypatch)


def retired(subject: str, replaced_by: str = "", reason: str = "Never was") -> Curation:
    return retire_entity(Base.read(), subject, reason, DAY, replaced_by)


def loaded() -> Store:
    """Return the ontology and the folder's data as reading loads them."""
    store = Store()
    curated = reference.in_use(Base.read(to_change=False).triples())
    store.extend(Quad(*triple) for triple in (*reference.ontology_triples(), *curated))
    return store


def said(subject: str) -> set[str]:
    """Return the properties that are said of an entity once loaded."""
    node = NamedNode(expand(subject))
    return {shorten(quad.predicate.value) or "" for quad in loaded().quads_for_pattern(node, None, None)}


def test_one_that_others_refer_to_is_kept_and_they_are_told(folder: Path) -> None:
    done = retired(BORIS)
    assert [(fault.file, fault.column) for fault in done.wrong] == [
        ("tenure:boris-brand-prime-minister-of-borland-2005", "holder")
    ]
    assert "--replaced-by" in done.wrong[0].repair
    assert done.write() == []


def test_a_retired_tenure_keeps_its_identifier_and_holds_nothing(folder: Path) -> None:
    subject = "tenure:boris-brand-prime-minister-of-borland-2005"
    assert retired(subject).write()
    assert said(subject) == {
        "rdf:type",
        "dct:source",
        "owl:deprecated",
        "lg:retiredOn",
        "lg:retirementReason",
    }


def test_references_lead_to_the_one_that_takes_its_place(folder: Path) -> None:
    done = retired(BORIS, "person:dora-dunn")
    assert not done.wrong
    assert done.write()
    held = Base.read().statements["tenure:boris-brand-prime-minister-of-borland-2005"]
    assert ("lg:holder", NamedNode(expand("person:dora-dunn"))) in held
    assert "dct:isReplacedBy" in said(BORIS)


def test_a_reference_that_would_lead_to_a_wrong_class_is_told(folder: Path) -> None:
    found = retired(BORIS, "state:BOR").wrong
    assert [fault.problem for fault in found] == ["state:BOR is a State, and lg:holder leads to a Person"]


def names_known(store: Store) -> bool:
    return KnownNames(store).find("Dora Dunn", ("Person",)) is not None


def names_in_lexicon(store: Store) -> bool:
    return any("Dora Dunn" in named.names for named in Reference(store).entities())


@pytest.mark.parametrize("is_known", [names_known, names_in_lexicon])
def test_its_names_are_matched_no_longer(folder: Path, is_known: Callable[[Store], bool]) -> None:
    assert is_known(loaded())
    assert retired("person:dora-dunn").write()
    assert not is_known(loaded())


@pytest.mark.parametrize("is_known", [names_known, names_in_lexicon])
def test_an_operators_own_folder_retires_a_shipped_entity(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: Callable[[Store], bool]
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("LEGATION_REFERENCE", str(own))
    before = (folder / "reference.ttl").read_bytes()
    assert retired("person:dora-dunn").write() == [own / "persons.ttl"]
    assert (folder / "reference.ttl").read_bytes() == before
    assert not is_known(loaded())
    assert "lg:gender" not in said("person:dora-dunn")


def test_one_cannot_be_retired_twice(folder: Path) -> None:
    retired("person:dora-dunn").write()
    with pytest.raises(BadInput, match="retired already"):
        retired("person:dora-dunn")


@pytest.mark.parametrize("subject", ["person:nobody", "ev:visit", "Dora Dunn"])
def test_only_a_curated_entity_can_be_retired(folder: Path, subject: str) -> None:
    with pytest.raises(NotFound, match="no curated entity"):
        retired(subject)


def test_a_reason_is_needed_and_none_replaces_itself(folder: Path) -> None:
    with pytest.raises(BadInput, match="no reason"):
        retired("person:dora-dunn", reason=" ")
    with pytest.raises(BadInput, match="replace itself"):
        retired("person:dora-dunn", "person:dora-dunn")


def test_a_designation_that_is_left_over_is_a_warning(folder: Path) -> None:
    warned = [fault for fault in retired("hw:t-1").faults if fault.warning]
    assert all("nothing leads to it" in fault.problem for fault in warned)
    assert {fault.file for fault in warned} <= {"desig:turtle"}
