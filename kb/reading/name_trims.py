"""A person's name, freed of what the finder of names took with it: words of a headline, an office."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc, Span

from kb.reading.name_spans import NAME_WORDS, PARTICLES
from kb.reading.tree import text_of

_HEADLINE: Final = NAME_WORDS["headline_words"]
_OFFICES: Final = NAME_WORDS["no_last_names"]
_BEFORE: Final = NAME_WORDS["before_names"]
_SMALL: Final = frozenset(
    {"with", "from", "over", "into", "amid", "after", "during", "against", "between", "upon", "under",
     "about", "toward", "towards", "that", "than", "ahead", "without"}
)  # fmt: skip
"""Words of four letters and more that titles of texts write small."""
_INITIAL: Final = re.compile(r"[A-Z]\.")
_LONGEST: Final = 6
"""Words of a name."""
_LONG: Final = 4
"""Letters of a word that a title in capitals gives a capital."""
_WORDS: Final = 3
"""So many long words tell how a line is written."""


def trimmed(span: Span) -> Span | None:
    """Return the name that a finder's span holds, None where it holds none."""
    while len(span) > 1 and span[0].lower_.rstrip(".") in _BEFORE:
        span = span.doc[span.start + 1 : span.end]
    end = span.end
    if in_headline(span.doc, span.start_char):
        end = next((token.i for token in span if _is_headline_word(token.lower_)), span.end)
    if end == span.start or span.doc[end - 1].lower_ in _OFFICES:
        return None
    name = span.doc[span.start : end]
    return None if end - span.start == 1 and end < span.end and _is_common(name) else name


def in_headline(document: Doc, offset: int) -> bool:
    """Tell whether the line at an offset writes its words with capitals, as titles of texts do."""
    text = text_of(document)
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)].strip()
    long = [
        word for word in re.findall(r"[^\W\d_]+", line) if len(word) >= _LONG and word.lower() not in _SMALL
    ]
    return len(long) >= _WORDS and not line.endswith(".") and all(word[0].isupper() for word in long)


def _is_headline_word(word: str) -> bool:
    return any(
        form in _HEADLINE for form in (word, word.removesuffix("s"), word.removesuffix("es"), word[:-3] + "y")
    )


def _is_common(name: Span) -> bool:
    """Tell whether a word is written small elsewhere in the text, as no name is."""
    return re.search(rf"\b{re.escape(name.text.lower())}\b", text_of(name.doc)) is not None


def completed(span: Span) -> Span:
    """Return a name with what the finder left behind: "Omar F." of "Omar F. del Varga"."""
    document, end = span.doc, span.end
    while end < len(document) - 1 and end - span.start < _LONGEST:
        last, after = document[end - 1].text, document[end]
        joint = after.lower_ in PARTICLES and document[end + 1].text[:1].isupper()
        goes_on = _INITIAL.fullmatch(last) is not None and after.pos_ == "PROPN" and after.text[:1].isupper()
        if "\n" in text_of(document)[document[end - 1].idx : after.idx] or not (joint or goes_on):
            break
        end += 2 if joint else 1
    return document[span.start : end]
