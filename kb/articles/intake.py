"""One file becomes one article.

The text is the bytes decoded strictly as UTF-8 and nothing else: line ends (CRLF too), a byte order mark
(U+FEFF, then the first character) and trailing blanks stay, so ``text.encode()`` gives back the bytes and
every offset holds.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Final

from kb.articles.layout import spans
from kb.errors import BadArticle
from kb.records import Article
from kb.settings import Settings

UNKNOWN_OUTLET: Final = "unknown"
LINE_CHARACTERS: Final = 200_000
"""A longer line is no prose: data, or a page without its line ends."""

_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


def take_in(
    path: Path,
    *,
    outlet: str = UNKNOWN_OUTLET,
    published: date | None = None,
    title: str = "",
    source_note: str = "",
    limit: int | None = None,
) -> Article:
    """Return the article that a plain text file holds.

    ``limit`` is in bytes (default: the setting article_bytes). An empty outlet is "unknown"; without a title
    the text's own first line is taken where it looks like one. Raises BadArticle when the file cannot be
    read, is empty, binary, too long, or not UTF-8, and for a file name that is not UTF-8.
    """
    _refuse_nameless(path)
    data = _read(path, Settings.from_environment().article_bytes if limit is None else limit)
    text = _decode(data, path)
    _refuse_what_is_no_prose(text, path)
    named = " ".join(outlet.split()) or UNKNOWN_OUTLET
    return Article(
        id=article_id(data, named, published),
        doc=path.stem,
        text=text,
        outlet=named,
        published=published,
        sha256=hashlib.sha256(data).hexdigest(),
        title=title or _own_title(text),
        source_note=source_note,
    )


def article_id(data: bytes, outlet: str, published: date | None) -> str:
    """Return the first 16 hex digits of a SHA-256 over bytes, outlet and date (empty where unknown)."""
    day = published.isoformat() if published else ""
    return hashlib.sha256(b"\0".join((data, outlet.encode(), day.encode()))).hexdigest()[:16]


def _refuse_nameless(path: Path) -> None:
    try:
        path.stem.encode()
    except UnicodeEncodeError as error:
        raise BadArticle(
            "the file's name is not UTF-8", place=ascii(path.name), repair="Rename it"
        ) from error


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)  # a pipe or a device does not say how much is to come
    except OSError as error:
        raise BadArticle(
            f"cannot be read ({error.strerror})", place=str(path), repair="Give the path of a text file"
        ) from error
    if len(data) > limit:
        raise BadArticle(
            f"more than the {limit:,} bytes that an article may have",
            place=str(path),
            repair="Split it, or raise LEGATION_ARTICLE_BYTES",
        )
    if not data:
        raise BadArticle("the file is empty", place=str(path), repair="Give a file that holds a text")
    return data


def _decode(data: bytes, path: Path) -> str:
    if data.startswith(_WIDE):
        raise BadArticle(
            "UTF-16, not UTF-8, from byte 0 on", place=str(path), repair="Save it again as UTF-8"
        )
    zero = data.find(b"\0")
    if zero >= 0:
        raise BadArticle(
            f"binary: a zero byte at byte {zero}", place=str(path), repair="Give a plain text file"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadArticle(
            f"not UTF-8: byte 0x{data[error.start]:02x} at byte {error.start}",
            place=str(path),
            repair="Save it again as UTF-8",
        ) from error


def _refuse_what_is_no_prose(text: str, path: Path) -> None:
    control = _CONTROL.search(text)
    if control:
        offset = len(text[: control.start()].encode())
        raise BadArticle(
            f"binary: control character 0x{ord(control[0]):02x} at byte {offset}",
            place=str(path),
            repair="Give a plain text file",
        )
    if not text.strip("\ufeff \t\r\n\x0b\x0c\u00a0\u200b"):
        raise BadArticle("nothing but white space", place=str(path), repair="Give a file that holds a text")
    number, longest = max(enumerate(map(len, text.split("\n")), 1), key=lambda line: line[1])
    if longest > LINE_CHARACTERS:
        raise BadArticle(
            f"{longest:,} characters in one line, more than {LINE_CHARACTERS:,}",
            place=f"{path}, line {number}",
            repair="Give running text, with a line end after each paragraph",
        )


def _own_title(text: str) -> str:
    first = next(iter(spans(text)), None)
    return " ".join(text[first.start : first.end].split()) if first and first.kind == "title" else ""
