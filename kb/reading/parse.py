"""Parse the body of a text so that every token's offset is an offset into the stored text.

The parser never sees the stored text itself but a reading copy of equal length: typographic quotes and line
breaks inside a paragraph become plain ones, what stands outside the body becomes blanks, and hyphens inside
known names become letters, so that a name stays one token. Character for character both texts keep step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from spacy.tokens import Doc, Span, Token

from kb.reading.pipeline import pipeline
from kb.reading.timelines import timeline
from kb.reading.units import Unit

CHUNK: Final = 12_000
"""Characters parsed at a time: the parser's memory grows with the length of what it is given."""

_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
                               "–": "-", "—": "-", "\u00a0": " ", "\t": " ", "\r": " "})  # fmt: skip
_BREAK: Final = re.compile(r"\n[ \t\r]*\n\s*")
_LINE: Final = re.compile(r"\n")
_HEADING: Final = re.compile(
    r"(?:\A|(?<=\n))[ \t]*(?:\d{1,2}|[IVX]{1,4})[.)][ \t]+[A-Z][^\n.;:]{2,80}(?P<end>\n)(?=[ \t]*[A-Z(\"“])"
)
"""A numbered heading, which is no part of the sentence under it: "2. Courtesy call on President X"."""
_KOREAN: Final = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+-[a-z]{2,5}\b")
_SUFFIX: Final = re.compile(r"(?<=\w), (?:Jr|Sr)\b")
_ARABIC: Final = re.compile(r"\b[Aa]l-(?=[A-Z])")
_RIVER: Final = re.compile(r"\b[A-Z]\w+(?:-(?:on|na|upon|de|am|sur)-)\w+")

_PLACED: Final = re.compile(
    r"(?:\A|\n)[^\S\n]*(?:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2}(?: \[[A-Z]\w+\])?"
    r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?: \([^)\n]{2,30}\))?(?P<sign>:| --?)(?= [\"A-Z]))"
)
"""The town of a dateline, "Cairo: Varga met …", is no subject."""

_ALONE: Final = re.compile(r"\b(?:face[ -]to[ -]face|one[ -]on[ -]one|tête-à-tête)(?= with\b)")
"""Adverbs that the parser takes for nouns and verbs, told to it by one that it knows."""
_LAST_MET: Final = re.compile(r"\b[Tt]he two (?P<last>last) (?=met|saw|spoke|talked|held)")
_PERSONALLY: Final = "personally"

_STEMS = {"hope": "hoped hoping hopes", "dine": "dined dining dines", "stage": "staged staging stages",
    "slate": "slated slating", "dose": "doses", "base": "bases",
    "resupply": "resupplied resupplies resupplying", "parliament": "parliaments",
    "embassy": "embassies",
    "co-chair": "co-chaired co-chairing co-chairs", "co-host": "co-hosted co-hosting co-hosts"}  # fmt: skip
_LEMMAS: Final = {form: lemma for lemma, forms in _STEMS.items() for form in forms.split()}


def reading_copy(text: str, body: Iterable[tuple[int, int]], joined: Iterable[tuple[int, int]] = ()) -> str:
    """Return a text of equal length that the parser reads.

    ``body`` are the spans to read; ``joined`` are the spans of names whose hyphens must not split them.
    """
    plain = text.translate(_PLAIN)
    characters = ["\n" if letter == "\n" else " " for letter in text]
    for start, end in body:
        characters[start:end] = plain[start:end]
    copy = "".join(characters)
    breaks = {index for found in _BREAK.finditer(text) for index in range(found.start(), found.end())}
    breaks |= {found.start("end") for found in _HEADING.finditer(text)}
    dated = list(timeline(copy))
    breaks |= {start - 1 for start, _ in dated}
    letters = list(copy)
    for found in _LINE.finditer(copy):
        if found.start() not in breaks:
            letters[found.start()] = " "
    for start, end in _joined(copy, joined):
        letters[start:end] = ["x" if not letter.isalnum() else letter for letter in letters[start:end]]
    for found in _LAST_MET.finditer(copy):
        letters[slice(*found.span("last"))] = "once"
    for found in _ALONE.finditer(copy):
        letters[slice(*found.span())] = _PERSONALLY.ljust(len(found[0]))
    for found in _PLACED.finditer(copy):
        start, end = found.span("sign")
        letters[start:end] = "." + " " * (end - start - 1)
    for _, (start, end) in dated:
        letters[start:end] = "," + " " * (end - start - 1)
    return "".join(letters)


def _joined(copy: str, names: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in names:
        for found in re.finditer(r"(?<=\w)-(?=\w)", copy[start:end]):
            yield start + found.start(), start + found.end()
    for found in _KOREAN.finditer(copy):
        yield copy.index("-", found.start()), copy.index("-", found.start()) + 1
    for found in _SUFFIX.finditer(copy):
        yield found.start(), found.start() + 2
    for found in _ARABIC.finditer(copy):
        yield found.end() - 1, found.end()
    for found in _RIVER.finditer(copy):
        for hyphen in re.finditer("-", found.group()):
            yield found.start() + hyphen.start(), found.start() + hyphen.end()


def parse(copy: str, units: Sequence[Unit] = ()) -> Doc:
    """Return the parsed reading copy as one document whose text is the copy, to the character."""
    read = pipeline().read
    parts, begun = [], 0
    for piece in _pieces(copy):
        end = begun + len(piece)
        inside = [unit.moved(-begun) for unit in units if begun <= unit.start and unit.end <= end]
        parts.append(read(piece, inside))
        begun = end
    if not parts:
        return read(copy)
    whole = Doc.from_docs(parts, ensure_whitespace=False) if len(parts) > 1 else parts[0]
    return _with_sentences(_with_lemmas(whole if whole is not None else parts[0]))


def _with_sentences(document: Doc) -> Doc:
    """Let each word know its sentence, which spaCy seeks anew each time that a word is asked for it."""
    bounds: list[tuple[int, int]] = []
    for sentence in document.sents:
        bounds += [(sentence.start, sentence.end)] * len(sentence)

    def sentence_of(token: Token) -> Span:
        start, end = bounds[token.i]
        return Span(token.doc, start, end)

    document.user_token_hooks["sent"] = sentence_of
    document.user_data["sentences"] = bounds
    return document


def _with_lemmas(document: Doc) -> Doc:
    """Mend the lemmas that the lemmatiser's rules get wrong: of "hoped" it makes "hop", of "doses" "dos"."""
    for token in document:
        lemma = _LEMMAS.get(token.lower_)
        if lemma is not None:
            token.lemma_ = lemma
    return document


def _pieces(copy: str) -> Iterator[str]:
    """Cut at paragraph breaks, else at blanks, else hard, into pieces of bounded length."""
    start = 0
    while start < len(copy):
        end = min(start + CHUNK, len(copy))
        if end < len(copy):
            cut = max(copy.rfind("\n", start, end), copy.rfind(" ", start + CHUNK // 2, end))
            paragraph = copy.rfind("\n\n", start + 1, end)
            end = (paragraph + 2 if paragraph > start else cut + 1) if max(paragraph, cut) > start else end
        yield copy[start:end]
        start = end
