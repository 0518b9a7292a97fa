"""Names that neither lexicon nor finder knows: by a title, by repetition, by a series of designations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from kb.reading.data import nominals
from kb.reading.designations import find_designations
from kb.reading.model import Mention
from kb.reading.name_spans import TITLE_WORDS, Inside, Taken, looks_like_a_name, unknown
from kb.reading.name_trims import trimmed

_TITLED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|President|Minister|Premier|Chancellor|King|Queen|Prince|Governor|Mayor|Ambassador|Secretary|"
    r"General|Admiral|Marshal|Chairman|Sheikh|Emir|Leader|leader|spokesman|Director|Aide|Advisor|Colonel)\.? "
    r"(?P<name>(?:(?:de|del|della|da|van|von|al) )?[A-Z][\w'’-]+"
    r"(?: (?:bin|al|ibn|de|del|della|da|dos|der|von|van|[A-Z]\.|[A-Z][\w'’-]+))*)"
)


_SHORT: Final = re.compile(r"^\s*\([\"“']?(?P<short>[A-Z][A-Za-z&]*[A-Z])[\"”']?[),;]")
"""An acronym right after the name that it stands for."""
_ARTICLE: Final = re.compile(r"^(?:[Aa]l|[Ee]l)[-‐‑]")
"""The article of Arabic surnames: "Al-Sisi"."""
_TITLE_OF: Final = re.compile(
    r"\b(?:President|Minister|Premier|Chancellor|King|Queen|Emir|Governor|Mayor) of (?:the )?$"
)


_NAME_AFTER: Final = re.compile(
    r"\s(?P<name>[A-Z][\w'’-]+(?: (?:bin|al|de|von|van|[A-Z]\.|[A-Z][\w'’-]+)){1,3})"
)


def designated(text: str, document: Doc, inside: Inside, taken: Taken) -> list[Mention]:
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


def surnames(
    text: str, document: Doc, inside: Inside, taken: Taken, people: Sequence[Mention]
) -> list[Mention]:
    """Return where a person whom only the text knows is named again by the last word of the name."""
    found = []
    once = {_ARTICLE.sub("", m.text.split()[-1]) for m in people if m.kind == "person" and " " in m.text}
    for surname in sorted(name for name in once if len(name) > 2 and name[0].isupper()):
        for hit in re.finditer(rf"\b(?:(?:[Aa]l|[Ee]l)[- ])?{re.escape(surname)}\b", text):
            span = document.char_span(*hit.span())
            if span is not None and inside(*hit.span()) and taken.free(*hit.span()):
                taken.add(*hit.span())
                found.append(unknown(text, span, "person", "titled"))
    return found


def bodies_again(
    text: str, document: Doc, inside: Inside, taken: Taken, known: Sequence[Mention]
) -> list[Mention]:
    """Return where an organisation that the name finder saw once is named again in the same words."""
    found = []
    names = {m.text for m in known if m.kind == "organisation" and m.form == "ner" and len(m.text) > 4}
    for name in sorted(names, key=lambda text: (-len(text), text)):
        for hit in re.finditer(rf"\b{re.escape(name)}\b", text):
            span = document.char_span(*hit.span())
            if span is not None and inside(*hit.span()) and taken.free(*hit.span()):
                taken.add(*hit.span())
                found.append(unknown(text, span, "organisation", "ner"))
    return found


def acronyms(
    text: str, document: Doc, inside: Inside, taken: Taken, known: Sequence[Mention]
) -> list[Mention]:
    """Return where a body is named by the acronym that the text gives it: "Xian Armed Forces (XAF)"."""
    found = []
    for mention in known:
        short = _SHORT.match(text[mention.end : mention.end + 16]) if " " in mention.text else None
        if short is None or mention.kind not in ("organisation", "facility", ""):
            continue
        for hit in re.finditer(rf"(?<![\w-]){re.escape(short['short'])}(?!\w)", text):
            span = document.char_span(*hit.span())
            if (
                span is not None
                and hit.start() > mention.end
                and inside(*hit.span())
                and taken.free(*hit.span())
            ):
                taken.add(*hit.span())
                again = replace(
                    mention, start=hit.start(), end=hit.end(), first=span.start, last=span.end - 1
                )
                found.append(replace(again, text=hit[0]))
    return found


def titled_of(text: str, document: Doc, known: Sequence[Mention], taken: Taken) -> list[Mention]:
    """Return persons named after "Prime Minister of Y", whom the finder of names missed."""
    found = []
    for place in known:
        name = _NAME_AFTER.match(text[place.end : place.end + 60])
        if name is None or not _TITLE_OF.search(text[max(0, place.start - 40) : place.start]):
            continue
        start, end = place.end + name.start("name"), place.end + name.end("name")
        span = document.char_span(start, end, alignment_mode="contract")
        if span is not None and taken.free(start, end) and looks_like_a_name(span):
            taken.add(start, end)
            found.append(unknown(text, span, "person", "titled"))
    return found


def titled_names(text: str, document: Doc, inside: Inside, taken: Taken) -> list[Mention]:
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
            or span.text.lower() in TITLE_WORDS
        ):
            continue
        if any(
            token.lower_ in TITLE_WORDS or token.lower_ in nominals()["no_name"] for token in span
        ) or span[-1].pos_ not in ("PROPN", "NOUN", "X"):
            continue
        cut = trimmed(span)
        if cut is None or len(cut) != len(span):
            continue
        taken.add(span.start_char, span.end_char)
        found.append(unknown(text, span, "person", "titled"))
    return found
