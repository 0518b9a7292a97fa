"""Find what a text names: lexicon matches first, then what the parser's name finder and titles add."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from spacy.tokens import Doc, Span

from kb.reading.data import nominals
from kb.reading.designations import find_designations
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_records import Match
from kb.reading.model import Mention

_PARTICLES: Final = nominals()["name_particles"]
_TITLES: Final = nominals()["title_words"]
_NER_KINDS: Final = {
    "PERSON": "person",
    "GPE": "settlement",
    "ORG": "organisation",
    "FAC": "facility",
    "LOC": "region",
}
_TITLED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|President|Minister|Premier|Chancellor|King|Queen|Prince|Governor|Mayor|Ambassador|Secretary|"
    r"General|Admiral|Marshal|Chairman|Sheikh|Emir|Leader|leader|spokesman|Director|Aide|Advisor|Colonel)\.? "
    r"(?P<name>[A-Z][\w'’-]+(?: (?:bin|al|ibn|de|von|van|[A-Z]\.|[A-Z][\w'’-]+))*)"
)
_TITLE_OF: Final = re.compile(
    r"\b(?:President|Minister|Premier|Chancellor|King|Queen|Emir|Governor|Mayor) of (?:the )?$"
)
_NAME_AFTER: Final = re.compile(
    r"\s(?P<name>[A-Z][\w'’-]+(?: (?:bin|al|de|von|van|[A-Z]\.|[A-Z][\w'’-]+)){1,3})"
)
_WORD: Final = re.compile(r"^[A-ZÀ-ÞĀ-Ž][\w'’.-]*$")
_NOT_NAMES: Final = nominals()["not_in_names"]


def find(text: str, document: Doc, lexicon: Lexicon, body: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    """Return the mentions of a text's body, sorted, none overlapping another."""
    inside = _Inside(body)
    spoken = [_personal(span) for span in document.ents if span.label_ == "PERSON"]
    people = [span for span in spoken if span is not None and _looks_like_a_name(span)]
    named = [match for match in lexicon.matches(text) if inside(match.start, match.end)]
    known = [_known(document, match) for match in named if not _shorter_than(match, people)]
    known = [mention for mention in known if not _tail_of_longer(document, mention, known)]
    taken = _Taken((mention.start, mention.end) for mention in known)
    found = list(known)
    for span in (_after_places(span, known) for span in people):
        if taken.free(span.start_char, span.end_char):
            taken.add(span.start_char, span.end_char)
            found.append(_unknown(text, span, "person", "ner"))
    found += _titled(text, document, inside, taken)
    found += _titled_of(text, document, known, taken)
    found += _designated(text, document, inside, taken)
    found += _surnames(text, document, inside, taken, found)
    for span in document.ents:
        kind = _NER_KINDS.get(span.label_)
        bare = _bare(span)
        if kind and kind != "person" and bare is not None and taken.free(bare.start_char, bare.end_char):
            taken.add(bare.start_char, bare.end_char)
            found.append(_unknown(text, bare, kind, "ner"))
    found += _bodies_again(text, document, inside, taken, found)
    return tuple(sorted(found, key=lambda mention: mention.start))


class _Inside:
    """Tells whether a stretch lies in the body."""

    def __init__(self, body: Sequence[tuple[int, int]]) -> None:
        self._body = body

    def __call__(self, start: int, end: int) -> bool:
        return any(first <= start and end <= last for first, last in self._body)


class _Taken:
    """Remembers which characters already belong to a mention."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._characters: set[int] = set()
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        self._characters.update(range(start, end))

    def free(self, start: int, end: int) -> bool:
        return self._characters.isdisjoint(range(start, end))


def _tail_of_longer(document: Doc, mention: Mention, known: Sequence[Mention]) -> bool:
    """Tell whether a facility's name is only the tail of a longer: "Guest House" in "Hyang Guest House"."""
    if mention.kind != "facility" or mention.first == 0:
        return False
    before = document[mention.first - 1]
    named = any(other.first <= before.i <= other.last for other in known)
    inside = mention.first <= before.head.i <= mention.last
    return before.pos_ == "PROPN" and before.dep_ == "compound" and inside and not named


def _after_places(span: Span, known: Sequence[Mention]) -> Span:
    """Cut from before a person's name a place that the finder took with it: "Estonia" of "of Estonia X Y"."""
    for mention in known:
        if mention.first <= span.start <= mention.last < span.end - 1 and mention.kind != "person":
            return span.doc[mention.last + 1 : span.end]
    return span


def _known(document: Doc, match: Match) -> Mention:
    span = document.char_span(match.start, match.end, alignment_mode="expand")
    kinds = {entry.kind for entry in match.entries}
    name = match.entries[0].name if len(match.entries) == 1 else match.text
    first, last = (span.start, span.end - 1) if span is not None else (0, 0)
    return Mention(match.start, match.end, first, last, match.text, match.form, match.entries,
                   kinds.pop() if len(kinds) == 1 else "", name)  # fmt: skip


def _unknown(text: str, span: Span, kind: str, form: str) -> Mention:
    stored = text[span.start_char : span.end_char]
    return Mention(span.start_char, span.end_char, span.start, span.end - 1, stored, form, (), kind,
                   " ".join(stored.split()))  # fmt: skip


def _bare(span: Span) -> Span | None:
    """Cut article, possessive and blanks from a span."""
    document, start, end = span.doc, span.start, span.end
    while start < end and (document[start].lower_ == "the" or document[start].is_space):
        start += 1
    while end > start and (document[end - 1].tag_ == "POS" or document[end - 1].is_space):
        end -= 1
    bare = document[start:end]
    wordy = end > start and bare.text[0].isalpha() and bare.text[0].isupper() and "\n" not in bare.text
    return bare if wordy and end - start <= 8 else None


def _personal(span: Span) -> Span | None:
    """Cut titles from before a person's name."""
    bare = _bare(span)
    if bare is None:
        return None
    start, end = bare.start, bare.end
    while start < end and span.doc[start].lower_.rstrip(".") in _TITLES:
        start += 1
    return span.doc[start:end] if start < end else None


def _looks_like_a_name(span: Span) -> bool:
    words = [token.text for token in span if not token.is_space and not token.is_punct]
    return (
        0 < len(words) <= 6
        and all(_WORD.match(word) or word.lower() in _PARTICLES for word in words)
        and not any(word.lower() in _NOT_NAMES for word in words)
        and any(token.pos_ == "PROPN" for token in span)
        and not any(
            token.pos_ in ("VERB", "ADP", "DET", "AUX") and token.text not in ("bin", "al")
            for token in span[1:]
        )
    )


def _shorter_than(match: Match, people: Sequence[Span]) -> bool:
    """Tell whether a person's longer name holds this short form: Kim in "Kim Yo Jong"."""
    return match.form == "short" and any(
        span.start_char <= match.start and match.end <= span.end_char and len(span.text) > len(match.text) + 1
        for span in people
    )


def _designated(text: str, document: Doc, inside: _Inside, taken: _Taken) -> list[Mention]:
    """Return hardware that a series of designations accounts for and the lexicon does not list."""
    found = []
    for one in find_designations(text):
        span = document.char_span(one.start, one.end, alignment_mode="expand")
        if span is not None and inside(one.start, one.end) and taken.free(one.start, one.end):
            taken.add(one.start, one.end)
            found.append(
                Mention(
                    one.start,
                    one.end,
                    span.start,
                    span.end - 1,
                    one.text,
                    "designation",
                    (),
                    "hardware",
                    one.name,
                )
            )
    return found


def _surnames(
    text: str, document: Doc, inside: _Inside, taken: _Taken, people: Sequence[Mention]
) -> list[Mention]:
    """Return where a person whom only the text knows is named again by the last word of the name."""
    found = []
    unknown = {m.name.split()[-1] for m in people if m.kind == "person" and not m.entries and " " in m.name}
    for surname in sorted(name for name in unknown if len(name) > 2 and name[0].isupper()):
        for hit in re.finditer(rf"\b{re.escape(surname)}\b", text):
            span = document.char_span(*hit.span())
            if span is not None and inside(*hit.span()) and taken.free(*hit.span()):
                taken.add(*hit.span())
                found.append(_unknown(text, span, "person", "titled"))
    return found


def _bodies_again(
    text: str, document: Doc, inside: _Inside, taken: _Taken, known: Sequence[Mention]
) -> list[Mention]:
    """Return where an organisation that the name finder saw once is named again in the same words."""
    found = []
    names = {m.text for m in known if m.kind == "organisation" and m.form == "ner" and len(m.text) > 4}
    for name in sorted(names, key=lambda text: (-len(text), text)):
        for hit in re.finditer(rf"\b{re.escape(name)}\b", text):
            span = document.char_span(*hit.span())
            if span is not None and inside(*hit.span()) and taken.free(*hit.span()):
                taken.add(*hit.span())
                found.append(_unknown(text, span, "organisation", "ner"))
    return found


def _titled_of(text: str, document: Doc, known: Sequence[Mention], taken: _Taken) -> list[Mention]:
    """Return persons named after "Prime Minister of Y", whom the finder of names missed."""
    found = []
    for place in known:
        name = _NAME_AFTER.match(text[place.end : place.end + 60])
        if name is None or not _TITLE_OF.search(text[max(0, place.start - 40) : place.start]):
            continue
        start, end = place.end + name.start("name"), place.end + name.end("name")
        span = document.char_span(start, end, alignment_mode="contract")
        if span is not None and taken.free(start, end) and _looks_like_a_name(span):
            taken.add(start, end)
            found.append(_unknown(text, span, "person", "titled"))
    return found


def _titled(text: str, document: Doc, inside: _Inside, taken: _Taken) -> list[Mention]:
    """Return persons who are known as such only by the title before the name."""
    found = []
    for hit in _TITLED.finditer(text):
        start, end = hit.span("name")
        if text[end - 2 : end] in ("'s", "’s"):
            end -= 2
        span = document.char_span(start, end, alignment_mode="contract")
        if (
            span is None
            or not inside(start, end)
            or not taken.free(start, end)
            or span.text.lower() in _TITLES
        ):
            continue
        if any(token.lower_ in _TITLES for token in span) or span[-1].pos_ not in ("PROPN", "NOUN", "X"):
            continue
        taken.add(span.start_char, span.end_char)
        found.append(_unknown(text, span, "person", "titled"))
    return found
