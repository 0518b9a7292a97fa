"""What of a stored text is its title, what its body, and what belongs to the page around it.

By general rules over paragraphs. The offsets are those of the stored text; white space, and a byte order
mark, lie outside of every span.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

Kind = Literal["title", "body", "boilerplate"]

TITLE_CHARACTERS: Final = 300
HEADING_CHARACTERS: Final = 80
PHRASE_CHARACTERS: Final = 200
"""A paragraph that begins like boilerplate but is longer than this is text."""

_BREAK: Final = re.compile(r"(?:\r\n?|\n)[ \t\u00a0]*(?:(?:\r\n?|\n)[ \t\u00a0]*)+|\x0c")
_LINE: Final = re.compile(r"\r\n?|\n")
_BLANK: Final = "\ufeff \t\r\n\x0b\x0c\u00a0\u200b"
_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_LISTED: Final = re.compile(r"[-–—•*]|\d+[.)]")


class TextSpan(NamedTuple):
    """A paragraph of a text, in code points, and what it is."""

    start: int
    end: int
    kind: Kind


def spans(text: str) -> list[TextSpan]:
    """Return the paragraphs of a text in order, each title, body or boilerplate.

    The title is a first paragraph that ends like no sentence, and its repetition right after. Boilerplate
    is what begins with a phrase of boilerplate.txt, and the short lines without a sentence's end that stand
    after the last paragraph of text.
    """
    blocks = _blocks(text)
    kinds: list[Kind] = ["body"] * len(blocks)
    shown = [" ".join(text[start:end].split()) for start, end in blocks]
    for place, words in enumerate(shown):
        if _is_page_furniture(words):
            kinds[place] = "boilerplate"
    if len(blocks) > 1 and _is_title(shown[0]):
        kinds[0] = "title"
        if shown[1].casefold() == shown[0].casefold():
            kinds[1] = "title"
    for place in _tail(shown, kinds):
        kinds[place] = "boilerplate"
    return [TextSpan(start, end, kind) for (start, end), kind in zip(blocks, kinds, strict=True)]


def body_spans(text: str) -> list[tuple[int, int]]:
    """Return the stretches that a reader reads: the title once, if there is one, and the paragraphs."""
    found = spans(text)
    titles = [span for span in found if span.kind == "title"]
    return [(start, end) for start, end, _ in titles[:1] + [span for span in found if span.kind == "body"]]


def _blocks(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs between blank lines; in a text without blank lines each line is one."""
    blocks = _between(text, _BREAK)
    return blocks if len(blocks) > 1 else _between(text, _LINE)


def _between(text: str, border: re.Pattern[str]) -> list[tuple[int, int]]:
    found, start = [], 0
    edges = [(match.start(), match.end()) for match in border.finditer(text)]
    for first, last in [*edges, (len(text), len(text))]:
        words = text[start:first]
        stripped = words.strip(_BLANK)
        if stripped:
            begin = start + words.index(stripped[0])
            found.append((begin, begin + len(stripped)))
        start = last
    return found


def _is_title(words: str) -> bool:
    return len(words) <= TITLE_CHARACTERS and not re.search(r"[.…:;][\"'”’»)\]]*$", words)


def _is_page_furniture(words: str) -> bool:
    return len(words) <= PHRASE_CHARACTERS and words.casefold().startswith(_phrases())


def _tail(shown: list[str], kinds: list[Kind]) -> list[int]:
    """Return the places of short lines after the last paragraph of text; none where nothing else is text."""
    places = []
    for place in reversed(range(len(shown))):
        if kinds[place] == "boilerplate":
            continue
        if kinds[place] == "title" or not _is_loose(shown[place]):
            break
        places.append(place)
    is_all = all(kind != "body" or place in places for place, kind in enumerate(kinds))
    return [] if is_all else places


def _is_loose(words: str) -> bool:
    return len(words) <= HEADING_CHARACTERS and not _SENTENCE_END.search(words) and not _LISTED.match(words)


@cache
def _phrases() -> tuple[str, ...]:
    lines = Path(__file__).with_name("boilerplate.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
