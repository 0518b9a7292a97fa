"""``legation entity table``, ``import``, ``add`` and ``retire``, as a curator types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import cli
from kb.entities.table_base import Base
from kb.errors import StoreBusy
from kb.pipeline import curate_files
from tests.entities.table_desk import contents, world_folder, write

COLUMNS = "id a rdfs:label@en rdfs:label@ru gender nationality birth death wikidata dct:source"
EVE = ("person:eve-eder", "Person", "Eve Eder", "", "female", "state:BOR", "", "", "", "src:atlas")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return world_folder(tmp_path, monkeypatch)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["entity", *map(str, words)], prog_name="legation")


def eve(name: str, **cells: str) -> list[str]:
    """Return Eve's row under another identifier, with some cells changed."""
    row = dict(zip(COLUMNS.split(), EVE, strict=True))
    changed = {key.replace("_", ":", 1).replace("__", "@"): value for key, value in cells.items()}
    return list({**row, "id": f"person:{name}", "rdfs:label@en": name.title(), **changed}.values())


def test_ten_planted_faults_are_told_at_once_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    planted = [
        (eve("a", a="Persn"), "a", "no class Persn", "Did you mean Person?"),
        (eve("b", nationality="state:BORR"), "nationality", "no entity", "Did you mean state:BOR?"),
        (eve("c", nationality="place:cordes"), "nationality", "is a Settlement", "Name a State"),
        (eve("d", birth="1970-02-30"), "birth", "not an EDTF date", "Write it like"),
        (eve("e", birth="1970", death="1960"), "death", "before it begins", "Look up"),
        (eve("f", dct_source=""), "dct:source", "has no source", "Name a src:"),
        (eve("g", dct_source="src:altas"), "dct:source", "no entity src:altas", "src:atlas"),
        (eve("h", wikidata="Q0"), "wikidata", "not an item", "wd:Q649"),
        (eve("i")[:-1], "", "9 cells, the header 10", "tab"),
        (["Person:j", *EVE[1:]], "id", "not an identifier", "lower-case"),
    ]
    before = contents(folder)
    path = write(tmp_path / "t.tsv", COLUMNS, *(row for row, *_ in planted))

    told = run("import", path, "--write", "--format", "json")
    found = {one["line"]: one for one in json.loads(told.stdout)["faults"]}

    assert told.exit_code == 2
    assert "10 faults; nothing was written" in told.stderr
    assert list(found) == list(range(2, 12))
    for line, (_, column, problem, repair) in enumerate(planted, 2):
        assert found[line]["file"] == str(path)
        assert found[line]["column"] == column
        assert problem in found[line]["problem"]
        assert repair in found[line]["repair"]
    shown = run("import", path, "--write").stdout
    assert all(f"{path}:{line}" in shown for line in found)
    assert contents(folder) == before


def test_a_table_without_fault_is_shown_and_then_written(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)
    path = write(tmp_path / "t.tsv", COLUMNS, EVE)
    shown = run("import", path)
    assert (shown.exit_code, contents(folder)) == (0, before)
    assert "person:eve-eder (new: Eve Eder)\n  + a: Person\n" in shown.stdout
    assert "1 new entity, 0 changed; 5 statements added, 0 removed, 0 changed" in shown.stdout
    assert "--write does it" in shown.stderr
    written = run("import", path, "--write")
    assert written.exit_code == 0
    assert set(contents(folder)) == {"reference.ttl", "persons.ttl"}
    again = run("import", path, "--write")
    assert again.stdout == "0 new entities, 0 changed; 0 statements added, 0 removed, 0 changed; " + (
        "0 faults, 0 warnings\n"
    )


def test_a_row_replaces_the_columns_of_the_table_and_no_others(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "t.tsv", "id rdfs:label@en gender", ("person:ada-aster", "Ada Astor", ""))
    shown = run("import", path, "--write").stdout
    assert "person:ada-aster\n  - gender: female\n  ~ rdfs:label@en: Ada Aster → Ada Astor\n" in shown
    line = run("table", "person", "--columns", "nationality,gender,rdfs:label@en").stdout.splitlines()[1]
    assert line.split("\t") == ["person:ada-aster", "state:AVA", "", "Ada Astor"]


def test_a_written_file_is_canonical(folder: Path, tmp_path: Path) -> None:
    run("import", write(tmp_path / "t.tsv", COLUMNS, EVE), "--write")
    checked = CliRunner().invoke(cli, ["format", "--check", *map(str, folder.iterdir())])
    assert (checked.exit_code, checked.stdout) == (0, "2 files, 0 not canonical\n")


def test_a_base_that_would_break_a_check_is_not_written(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)
    row = ("place:cordes", "region:east-borland | terr:COR")
    done = run("import", write(tmp_path / "t.tsv", "id locatedIn", row), "--write")
    assert done.exit_code == 6
    assert "t.tsv:2: place-in-two-states: " in done.stdout
    assert contents(folder) == before


def test_an_operators_own_data_go_to_a_folder_of_their_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    before = contents(folder)
    monkeypatch.setenv("LEGATION_REFERENCE", str(own))
    tables = (
        write(tmp_path / "t.tsv", COLUMNS, EVE),
        write(tmp_path / "u.tsv", "id birth", ("person:ada-aster", "1951")),
    )
    assert run("import", *tables, "--write").exit_code == 0
    assert (contents(folder), list(contents(own))) == (before, ["persons.ttl"])
    assert "person:eve-eder\t" in run("table", "person").stdout
    refused = run("import", write(tmp_path / "t.tsv", "id gender", ("person:ada-aster", "")), "--write")
    assert refused.exit_code == 2
    assert "your own data can only add to it" in refused.stdout


def test_a_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEGATION_REFERENCE", str(tmp_path / "nowhere"))
    done = run("table", "person")
    assert done.exit_code == 2
    assert "no such folder" in done.stderr


def test_one_entity_is_added_by_options(folder: Path) -> None:
    cells = ["rdfs:label@en=Eve Eder", "a=Person", "nationality=state:BOR", "nationality=state:AVA"]
    words = [word for cell in [*cells, "dct:source=src:atlas"] for word in ("--set", cell)]
    assert run("add", "person", *words, "--write").exit_code == 0
    assert (
        "person:eve-eder\tstate:AVA | state:BOR" in run("table", "person", "--columns", "nationality").stdout
    )
    twice = run("add", "person", *words, "--write")
    assert twice.exit_code == 2
    assert "--set:id: person:eve-eder exists" in twice.stdout


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        ("persons", "a=Person", "no kind"),
        ("person", "a", "not column=value"),
        ("person", "a=Persn", "no class"),
    ],
)
def test_what_cannot_be_added_is_told(folder: Path, kind: str, cell: str, said: str) -> None:
    done = run("add", kind, "--set", "id=person:eve", "--set", cell)
    assert done.exit_code == 2
    assert said in done.stdout + done.stderr


def test_a_retired_identifier_is_never_used_again(folder: Path, tmp_path: Path) -> None:
    retired = run("retire", "person:dora-dunn", "--reason", "A double", "--write")
    assert retired.exit_code == 0
    assert "~ a: Person → owl:Thing" in retired.stdout
    again = run("import", write(tmp_path / "t.tsv", COLUMNS, ["person:dora-dunn", *EVE[1:]]))
    assert again.exit_code == 2
    assert "person:dora-dunn was retired (A double)" in again.stdout
    assert "person:dora-dunn" not in run("table", "person").stdout


def test_who_refers_to_a_retired_entity_is_told(folder: Path) -> None:
    before = contents(folder)
    done = run("retire", "person:boris-brand", "--reason", "A double", "--write")
    assert done.exit_code == 2
    assert (
        "tenure:boris-brand-prime-minister-of-borland-2005:holder: refers to person:boris-brand"
        in done.stdout
    )
    assert contents(folder) == before
    moved = run(
        "retire", "person:boris-brand", "--reason", "x", "--replaced-by", "person:dora-dunn", "--write"
    )
    assert "~ holder: person:boris-brand → person:dora-dunn" in moved.stdout
    assert moved.exit_code == 0


def test_a_file_that_somebody_else_wrote_meanwhile_is_kept(folder: Path, tmp_path: Path) -> None:
    curation = curate_files(
        Base.read(), [write(tmp_path / "t.tsv", "id birth", ("person:ada-aster", "1951"))]
    )
    path = folder / "reference.ttl"
    path.write_bytes(path.read_bytes() + b"\n")
    before = contents(folder)
    with pytest.raises(StoreBusy, match=r"reference\.ttl: somebody else wrote it meanwhile"):
        curation.write()
    assert contents(folder) == before
