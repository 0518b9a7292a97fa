"""One file becomes one article, to the byte, or a clear error."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.articles import article_id, published_day, take_in
from kb.errors import BadArticle

DAY = date(2023, 9, 15)


def file(folder: Path, data: bytes, name: str = "note.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refused(path: Path, limit: int | None = None) -> BadArticle:
    with pytest.raises(BadArticle) as caught:
        take_in(path, limit=limit)
    fault = caught.value
    assert fault.place and fault.repair, "an error names the place and the repair"
    return fault


def test_an_article_holds_what_was_given(tmp_path: Path) -> None:
    article = take_in(
        file(tmp_path, b"A title\n\nHe came."), outlet=" The  Daily ", published=DAY, source_note="by hand"
    )
    assert (article.doc, article.outlet, article.published) == ("note", "The Daily", DAY)
    assert (article.title, article.source_note, article.copy_of) == ("A title", "by hand", None)
    assert article.sha256 == hashlib.sha256(b"A title\n\nHe came.").hexdigest()


def test_a_given_title_goes_before_the_texts_own(tmp_path: Path) -> None:
    assert take_in(file(tmp_path, b"A title\n\nHe came."), title="Given").title == "Given"


def test_without_outlet_or_date_nothing_is_made_up(tmp_path: Path) -> None:
    article = take_in(file(tmp_path, b"He came."), outlet="  ")
    assert (article.outlet, article.published, article.title) == ("unknown", None, "")


@pytest.mark.parametrize(
    "data",
    [
        b"Line one\r\nline two\r\n\r\nline three\r\n",
        b"\xef\xbb\xbfWith a byte order mark\n",
        "Е́ё ё e\u0301 \u00a0 \u2028 한국 𝄞\n\n  trailing  \n".encode(),
        b"tabs\tand form feed\x0cstay",
    ],
)
def test_every_byte_is_kept(tmp_path: Path, data: bytes) -> None:
    assert take_in(file(tmp_path, data)).text.encode() == data


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_text_round_trips(tmp_path: Path, words: str, end: str) -> None:
    data = f"He came.{end}{words}{end}".encode()
    assert take_in(file(tmp_path, data)).text.encode() == data


def test_the_id_tells_bytes_outlet_and_date_apart() -> None:
    first = article_id(b"text", "outlet", DAY)
    assert first == article_id(b"text", "outlet", DAY)
    others = {
        article_id(b"text!", "outlet", DAY),
        article_id(b"text", "out", DAY),
        article_id(b"text", "outlet", None),
    }
    assert first not in others and len(others) == 3
    assert len(first) == 16 and set(first) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \t\r\n\xc2\xa0\n", "white space"),
        (b"\xef\xbb\xbf\n", "white space"),
        (b"He came.\nThen\x00 he left", "zero byte at byte 13"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("Ü ".encode() + b"\x07bell", "control character 0x07 at byte 3"),
        ("Он пришёл".encode("cp1251"), "not UTF-8: byte 0xce at byte 0"),
        ("Then came Müller".encode("latin-1"), "not UTF-8: byte 0xfc at byte 11"),
        ("He came".encode("utf-16"), "UTF-16"),
        (b"cut off \xe2\x82", "not UTF-8: byte 0xe2 at byte 8"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(tmp_path: Path, data: bytes, problem: str) -> None:
    assert problem in refused(file(tmp_path, data)).problem


def test_ten_megabytes_of_one_line_are_refused_unread(tmp_path: Path) -> None:
    assert "more than the 2,000,000 bytes" in refused(file(tmp_path, b"a" * 10_000_000)).problem


def test_a_device_without_end_is_refused_and_not_read_to_its_end() -> None:
    assert "more than the 1,000 bytes" in refused(Path("/dev/zero"), limit=1000).problem


def test_a_file_whose_name_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    assert "name is not UTF-8" in refused(file(tmp_path, b"He came.", name="n\udcffte.txt")).problem


def test_a_line_that_is_no_prose_is_refused_with_its_number(tmp_path: Path) -> None:
    fault = refused(file(tmp_path, b"He came.\n" + b"a " * 150_000))
    assert "300,000 characters in one line" in fault.problem
    assert fault.place.endswith("line 2")


def test_the_limit_counts_bytes_and_lets_its_own_size_pass(tmp_path: Path) -> None:
    path = file(tmp_path, "ééé".encode())
    assert take_in(path, limit=6).text == "ééé"
    assert "more than the 5 bytes" in refused(path, limit=5).problem


def test_the_limit_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_ARTICLE_BYTES", "3")
    assert "LEGATION_ARTICLE_BYTES" in refused(file(tmp_path, b"He came.")).repair


@pytest.mark.parametrize("name", ["absent.txt", "."])
def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    assert "cannot be read" in refused(tmp_path / name).problem


@pytest.mark.parametrize(
    ("text", "day"), [("2023-09-15", DAY), (" 2023-09-15 ", DAY), ("", None), (None, None)]
)
def test_a_publication_date_is_a_day_or_unknown(text: str | None, day: date | None) -> None:
    assert published_day(text, place="--published") == day


@pytest.mark.parametrize(
    "text",
    ["15.09.2023", "2023-9-15", "2023-02-30", "20230915", "2023-W37-5", "yesterday", "0223-09-15", "2023-09"],
)
def test_a_malformed_date_is_refused(text: str) -> None:
    with pytest.raises(BadArticle, match="is not a date") as caught:
        published_day(text, place="--published")
    assert caught.value.place == "--published"
