"""Files, folders and the index table; all faults at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.articles import read_table, take_in_all, unused_rows
from kb.errors import BadArticle

HEAD = "id\toutlet\tdate\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "b.txt").write_text("He left.", "utf-8")
    (texts / "a.txt").write_text("He came.", "utf-8")
    (texts / "notes.md").write_text("Not a text.", "utf-8")
    return texts


def table(folder: Path, content: str) -> Path:
    path = folder.parent / "INDEX.tsv"
    path.write_text(content, "utf-8")
    return path


def fault_of(content: str, folder: Path) -> str:
    with pytest.raises(BadArticle) as caught:
        take_in_all([folder], index=table(folder, content))
    assert caught.value.place and caught.value.repair
    return str(caught.value)


def test_a_folder_is_read_in_the_order_of_names_and_a_file_once(folder: Path) -> None:
    articles = take_in_all([folder / "b.txt", folder], outlet="The Daily", published=date(2023, 9, 15))
    assert [(a.doc, a.outlet) for a in articles] == [("b", "The Daily"), ("a", "The Daily")]
    assert [a.doc for a in take_in_all([folder])] == ["a", "b"]


def test_the_index_gives_outlet_date_title_and_note(folder: Path) -> None:
    rows = (
        "id\ttitle\tdate\tdyad\toutlet\tsource_note\na\tT\t2023-09-15\tX\tThe Daily\tby hand\nb\t\t\t\t\t\n"
    )
    first, second = take_in_all([folder], index=table(folder, rows))
    assert (first.outlet, first.published, first.title, first.source_note) == (
        "The Daily", date(2023, 9, 15), "T", "by hand",
    )  # fmt: skip
    assert (second.outlet, second.published) == ("unknown", None)


def test_a_table_saved_on_windows_reads_the_same(folder: Path) -> None:
    path = table(folder, "")
    path.write_bytes(
        b"\xef\xbb\xbf" + (HEAD + "a\tDaily\t2023-09-15\n\nb\tDaily\t\n").replace("\n", "\r\n").encode()
    )
    assert {row.doc: row.published for row in read_table(path).values()} == {
        "a": date(2023, 9, 15),
        "b": None,
    }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "no column id, outlet, date"),
        ("id\toutlet\na\tDaily\n", "no column date"),
        ("id\tid\toutlet\tdate\na\tb\tDaily\t\n", "two columns id"),
        (HEAD + "a\tDaily\t2023-09-15\n", "no row with id 'b'"),
        (HEAD + "a\tDaily\t2023-09-15\nb\tDaily\n", "line 3: 2 cells under 3 column names"),
        (HEAD + "a\tDaily\t2023-09-15\nb\tDaily\t\na\tWeekly\t\n", "line 4: 'a' stands twice"),
        (HEAD + "a\tDaily\t15.09.2023\nb\tDaily\t\n", "line 2, a: '15.09.2023' is not a date"),
        (HEAD + "a\tDaily\t\n\tDaily\t\nb\tDaily\t\n", "line 3: no id"),
    ],
)
def test_a_fault_of_the_index_is_told_with_its_line(folder: Path, content: str, expected: str) -> None:
    assert expected in fault_of(content, folder)


def test_all_faults_of_the_index_are_told_at_once(folder: Path) -> None:
    fault = fault_of(HEAD + "a\tDaily\t2023-02-30\nb\tDaily\t\nb\tDaily\t\nc\tDaily\n", folder)
    assert fault.count("line ") == 3 and "3 faults. Repair the table:\n" in fault


def test_a_line_separator_within_a_title_ends_no_row(folder: Path) -> None:
    rows = read_table(table(folder, "id\toutlet\tdate\ttitle\na\tDaily\t\tAt\u2028last\x85\n"))
    assert rows["a"].title == "At\u2028last"


def test_all_files_that_cannot_be_taken_in_are_told_at_once(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(b"\xff")
    (folder / "c.txt").write_text("He stayed.", "utf-8")
    fault = fault_of(HEAD + "a\tDaily\t\nb\tDaily\t\n", folder)
    assert "3 faults" in fault
    assert all(part in fault for part in ("a.txt: the file is empty", "b.txt: not UTF-8", "c.txt: no row"))


def test_a_misspelt_row_is_named_beside_the_file_that_has_none(folder: Path) -> None:
    assert "rows without a file: bb" in fault_of(HEAD + "a\tDaily\t\nbb\tDaily\t\n", folder)


def test_rows_for_texts_that_are_not_read_are_no_fault_but_can_be_asked_for(folder: Path) -> None:
    index = table(folder, HEAD + "a\tDaily\t\nb\tDaily\t\nc\tDaily\t\n")
    assert [a.doc for a in take_in_all([folder / "b.txt"], index=index)] == ["b"]
    assert unused_rows([folder], index) == ["c"]


def test_two_files_for_one_row_are_refused(folder: Path) -> None:
    other = folder.parent / "more"
    other.mkdir()
    (other / "a.txt").write_text("He came back.", "utf-8")
    index = table(folder, HEAD + "a\tDaily\t\nb\tDaily\t\n")
    with pytest.raises(BadArticle, match="two files for the row 'a'"):
        take_in_all([folder, other], index=index)


def test_a_folder_without_texts_or_no_path_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadArticle, match=r"no file \*\.txt"):
        take_in_all([tmp_path])
    with pytest.raises(BadArticle, match="no text given"):
        take_in_all([])


def test_a_single_bad_file_keeps_its_own_place(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    with pytest.raises(BadArticle) as caught:
        take_in_all([folder / "a.txt"])
    assert caught.value.place == str(folder / "a.txt")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", None])
def test_a_table_that_cannot_be_read_is_refused(folder: Path, data: bytes | None) -> None:
    path = folder.parent / "INDEX.tsv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(BadArticle, match=r"not UTF-8|cannot be read"):
        take_in_all([folder], index=path)
