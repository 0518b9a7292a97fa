"""Each fault that a table can have is found, with its line and its repair."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.entities.table_base import Base
from kb.entities.table_faults import Fault, Nearest
from kb.entities.table_text import read_table
from kb.pipeline import Curation, curate_files
from tests.entities.table_desk import contents, world_folder, write

PERSON = "id a rdfs:label@en gender nationality dct:source"
EVE = ("person:eve-eder", "Person", "Eve Eder", "female", "state:BOR", "src:atlas")
SOURCES = "id a dct:title@en sourceKind"
VERIFIED = ("src:verified-identifiers", "Source", "Verified", "dataset")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return world_folder(tmp_path, monkeypatch)


def curated(*paths: Path) -> Curation:
    return curate_files(Base.read(), paths)


def faults(*paths: Path) -> list[Fault]:
    found = list(curated(*paths).faults)
    assert all(fault.repair for fault in found)
    return found


def only(*paths: Path) -> Fault:
    (found,) = faults(*paths)
    return found


def person(tmp_path: Path, column: str, value: str) -> Path:
    """Return a table of one person without fault, but for one cell."""
    row = dict(zip(PERSON.split(), EVE, strict=True)) | {column: value}
    return write(tmp_path / "t.tsv", " ".join(row), row.values())


def test_a_table_without_fault_has_none(folder: Path, tmp_path: Path) -> None:
    done = curated(write(tmp_path / "t.tsv", PERSON, EVE))
    assert (done.faults, done.findings, len(done.changes)) == ((), (), 1)


@pytest.mark.parametrize(
    ("column", "value", "problem", "repair"),
    [
        ("a", "Persn", "no class Persn", "Did you mean Person?"),
        ("a", "Palace", "person:eve-eder cannot be a Palace", "Choose Person"),
        ("a", "", "has no class", "Write Person"),
        ("nationality", "state:BORR", "no entity state:BORR", "Did you mean state:BOR?"),
        ("nationality", "place:borville", "place:borville is a Settlement", "Name a State"),
        ("nationality", "state:AVA |", "empty value", "only between two"),
        ("nationality", "state:AVA|state:BOR", "not an identifier", "with spaces"),
        ("gender", "fe\\male", "keeps nothing", "Write two"),
        ("dct:source", "src:atlass", "no entity src:atlass", "Did you mean src:atlas?"),
        ("dct:source", "state:AVA", "no source", "src:"),
        ("dct:source", "", "has no source", "Name a src:"),
        ("rdfs:label@en", "", "no English label", "rdfs:label@en"),
        ("rdfs:label@en", "Ева", "Cyrillic", "Correct"),
        ("rdfs:label@en", '"Eve, Eder"', "quotation marks", "Take them off"),
        ("id", "Person:eve", "not an identifier", "lower-case"),
        ("id", "person:Eve Eder", "not an identifier", "lower-case"),
        ("id", "ev:eve", "no prefix 'ev'", "person"),
        ("id", "", "no identifier", "readable"),
        ("birth", "1970-13", "not an EDTF date", "Write it like"),
        ("gender", "male | female", "2 values", "Keep the right one"),
        ("holder", "person:ada-aster", "lg:holder is for class OfficeTenure", "Empty the cell"),
        ("wikidata", "Q0", "not an item", "wd:Q649"),
        ("wikidata", "wd:Q1", "no source of person:eve-eder vouches", "src:verified-identifiers"),
    ],
)
def test_a_cell_at_fault_is_told_with_its_column_and_repair(
    folder: Path, tmp_path: Path, column: str, value: str, problem: str, repair: str
) -> None:
    found = only(person(tmp_path, column, value))
    assert (found.line, found.column, found.warning) == (2, column, False)
    assert problem in found.problem
    assert repair in found.repair


@pytest.mark.parametrize(
    ("column", "problem", "repair"),
    [
        ("gendr", "no property lg:gendr", "Did you mean gender?"),
        ("rdfs:label", "needs a language", "rdfs:label@en"),
        ("gender@en", "has no language", "Write gender"),
        ("rdfs:label@English!", "not a language tag", "ko-latn"),
        ("visitor", "said of events", "Remove the column"),
        ("retiredOn", "not stated by tables", "legation entity retire"),
    ],
)
def test_a_column_at_fault_is_told_once(
    folder: Path, tmp_path: Path, column: str, problem: str, repair: str
) -> None:
    rows = [(f"person:eve-{number}", "x") for number in ("a", "b")]
    found = [one for one in faults(write(tmp_path / "t.tsv", f"id {column}", *rows)) if one.line == 1]
    assert [(one.column, problem in one.problem, repair in one.repair) for one in found] == [
        (column, True, True)
    ]


def test_one_that_ends_before_it_begins_is_told(folder: Path, tmp_path: Path) -> None:
    row = ("tenure:ada-aster-president-of-avaria-2000", "1999")
    found = only(write(tmp_path / "t.tsv", "id until", row))
    assert (found.line, found.column) == (2, "until")
    assert "before it begins (2000" in found.problem


def test_an_item_in_two_rows_is_told_at_both(folder: Path, tmp_path: Path) -> None:
    sources = write(tmp_path / "s.tsv", SOURCES, VERIFIED)
    rows = [
        (one, "Person", label, "wd:Q1", "src:verified-identifiers")
        for one, label in (("person:eve", "Eve"), ("person:ida", "Ida"))
    ]
    found = faults(sources, write(tmp_path / "t.tsv", "id a rdfs:label@en wikidata dct:source", *rows))
    assert [(one.line, one.column) for one in found] == [(2, "wikidata"), (3, "wikidata")]
    assert "person:ida too" in found[0].problem


def test_a_package_vouches_for_an_item(folder: Path, tmp_path: Path) -> None:
    sources = write(tmp_path / "s.tsv", SOURCES, ("src:rig", "Source", "Rig", "package"))
    row = ("person:eve", "Person", "Eve", "wd:Q1", "src:rig")
    assert not faults(sources, write(tmp_path / "t.tsv", "id a rdfs:label@en wikidata dct:source", row))


def test_what_is_described_in_a_table_beside_may_be_named(folder: Path, tmp_path: Path) -> None:
    tenure = ("tenure:eve-2020", "OfficeTenure", "person:eve-eder", "office:mayor-of-borville", "src:atlas")
    tenures = write(tmp_path / "tenures.tsv", "id a holder office dct:source", tenure)
    assert only(tenures).problem == "no entity person:eve-eder"
    assert faults(tenures, write(tmp_path / "persons.tsv", PERSON, EVE)) == []


def test_an_identifier_twice_is_told_with_both_lines(folder: Path, tmp_path: Path) -> None:
    found = only(write(tmp_path / "t.tsv", PERSON, EVE, EVE))
    assert (found.line, found.problem) == (3, "person:eve-eder stands in line 2 too")


def test_a_column_of_one_entity_in_two_tables_is_told(folder: Path, tmp_path: Path) -> None:
    one, other = (write(tmp_path / f"{name}.tsv", PERSON, EVE) for name in "ab")
    assert {fault.line for fault in faults(one, other)} == {2}
    assert all("a.tsv:2 too" in fault.problem for fault in faults(one, other))


def test_a_name_that_another_of_the_state_bears_is_a_warning(folder: Path, tmp_path: Path) -> None:
    found = only(write(tmp_path / "t.tsv", PERSON, ("person:boris", "Person", "BORIS Brand", *EVE[3:])))
    assert found.warning
    assert "person:boris-brand is called 'BORIS Brand' too" in found.problem
    assert only(person(tmp_path, "rdfs:label@en", "Boris Brand")).warning
    assert not faults(person(tmp_path, "rdfs:label@en", "Ada Aster"))  # of another state


def test_a_finding_of_the_checks_names_the_row(folder: Path, tmp_path: Path) -> None:
    row = ("tenure:eve", "OfficeTenure", "person:boris-brand", "", "src:atlas")
    done = curated(write(tmp_path / "t.tsv", "id a holder office dct:source", row))
    assert done.faults == ()
    assert [(one.check, one.subject) for one in done.findings] == [("shapes", "tenure:eve")]
    assert done.places["tenure:eve"].endswith("t.tsv:2")


def test_what_a_command_makes_is_not_changed_by_hand(folder: Path, tmp_path: Path) -> None:
    (folder / "reference.ttl").rename(folder / "states.ttl")
    changed = only(write(tmp_path / "t.tsv", "id iso3", ("state:AVA", "AVX")))
    assert "python -m kb.entities.curate.states" in changed.problem
    fresh = only(write(tmp_path / "t.tsv", PERSON, ("state:DAL", "State", "Dalia", "", "", "src:atlas")))
    assert "states.tsv" in fresh.repair
    added = curated(write(tmp_path / "t.tsv", "id skos:altLabel@en", ("state:AVA", "Avar Republic")))
    assert not added.wrong
    assert [path.name for path in added.write()] == ["states-added.ttl"]


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"", 1, "no header"),
        (b"id\ta\n", 0, "no row below the header"),
        (b"id;a\nperson:eve;Person\n", 1, "separated by ';'"),
        (b"id,a\nperson:eve,Person\n", 1, "separated by ','"),
        (b"name\ta\nEve\tPerson\n", 1, "no column id"),
        (b"id\ta\ta\nperson:eve\tPerson\tPerson\n", 1, "stands twice"),
        (b"id\ta\nperson:eve\n", 2, "1 cells, the header 2"),
        ("id\ta\n".encode("utf-16"), 0, "UTF-16"),
        (b"id\ta\nperson:eve\tPers\xf6n\n", 2, "not UTF-8"),
        (b"PREFIX lg: <https://e.org/>\n", 1, "Turtle"),
    ],
)
def test_a_file_that_is_no_table_is_told(tmp_path: Path, content: bytes, line: int, problem: str) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes(content)
    _, found = read_table(path)
    assert [(one.line, problem in one.problem) for one in found] == [(line, True)]


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.tsv"):
        table, found = read_table(path)
        assert table is None
        assert "cannot be read" in found[0].problem


def test_the_marks_of_a_spreadsheet_do_no_harm(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "t.tsv", PERSON, EVE)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    assert (curated(path).faults, len(curated(path).changes)) == ((), 1)


def test_the_nearest_of_many_words_is_found() -> None:
    near = Nearest(f"person:name-{number}" for number in range(5000))
    assert near.to("person:nome-4711") == "person:name-4711"
    assert near.to("zzz") is None


def test_nothing_is_written_beside_a_fault(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)
    done = curated(write(tmp_path / "t.tsv", PERSON, EVE, ("person:ida", "Persn", *EVE[2:])))
    assert done.write() == []
    assert contents(folder) == before
