"""Find what a text names: lexicon matches first, then what the parser's name finder and titles add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from spacy.tokens import Doc, Span

from kb.reading.data import nominals
from kb.reading.lexicon_records import Match
from kb.reading.model import Mention
from kb.reading.name_limits import names_nothing, stands_for_nothing, with_fathers, without_namesakes
from kb.reading.name_spans import TITLE_WORDS, Inside, Taken, looks_like_a_name, unknown
from kb.reading.name_trims import completed, trimmed
from kb.reading.name_votes import votes
from kb.reading.name_wholes import found_persons, parts_of_names
from kb.reading.names_by_rule import acronyms, bodies_again, designated, surnames, titled_names, titled_of

_NER_KINDS: Final = {
    "PERSON": "person",
    "GPE": "settlement",
    "ORG": "organisation",
    "FAC": "facility",
    "LOC": "region",
}


def find(
    text: str, document: Doc, matches: Sequence[Match], body: Sequence[tuple[int, int]]
) -> tuple[Mention, ...]:
    """Return the mentions of a text's body, sorted, none overlapping another; matches: the lexicon's."""
    inside = Inside(body)
    matches = [with_fathers(text, match) for match in matches]
    named = [m for m in matches if inside(m.start, m.end) and not names_nothing(text, m)]
    listed = [_known(document, match) for match in without_namesakes(text, named)]
    persons = list(found_persons(document))
    parts = parts_of_names(persons, listed)
    listed = [mention for mention in listed if mention not in parts]
    voted = votes(document, [mention for mention in listed if mention.form != "short"])
    towns = {token.i for vote in voted if vote.kind == "settlement" for token in vote.span}
    spoken = [_personal(_before_verb(text, span)) for span in persons]
    styled = [span for span in spoken if span is not None and _styled_inside(span)]
    people = [
        _before_verb(text, vote.span)
        for vote in voted
        if vote.kind == "person" and not any(s.start <= vote.span.start < s.end for s in styled)
    ]
    people += [
        span
        for span in spoken
        if span is not None and looks_like_a_name(span) and not towns & set(range(span.start, span.end))
    ]
    people = [completed(name) for span in people if (name := trimmed(span)) is not None]
    known = [mention for mention in listed if not _shorter_than(mention, people)]
    known = [mention for mention in known if not _tail_of_longer(document, mention, known)]
    taken = Taken((mention.start, mention.end) for mention in known)
    found = list(known)
    for span in (_after_places(span, known) for span in people):
        if taken.free(span.start_char, span.end_char):
            taken.add(span.start_char, span.end_char)
            found.append(unknown(text, span, "person", "ner"))
    found += titled_names(text, document, inside, taken)
    found += titled_of(text, document, known, taken)
    found += designated(text, document, inside, taken)
    found += surnames(text, document, inside, taken, found)
    for vote in voted:
        if vote.kind == "settlement" and taken.free(vote.span.start_char, vote.span.end_char):
            taken.add(vote.span.start_char, vote.span.end_char)
            found.append(unknown(text, vote.span, "settlement", "ner"))
    for span in document.ents:  # names of bodies first: acronyms stand for them
        whole = _bare(span) if span.label_ == "ORG" and " " in span.text else None
        if whole is not None and taken.free(whole.start_char, whole.end_char):
            taken.add(whole.start_char, whole.end_char)
            found.append(unknown(text, whole, "organisation", "ner"))
    found += acronyms(text, document, inside, taken, found)
    for span in document.ents:
        kind = _NER_KINDS.get(span.label_)
        bare = _bare(span)
        if bare is None or bare.text.lower() in TITLE_WORDS:  # "the Tánaiste" is whoever holds the office
            continue
        if kind and kind != "person" and taken.free(bare.start_char, bare.end_char):
            taken.add(bare.start_char, bare.end_char)
            found.append(unknown(text, bare, kind, "ner"))
    found += bodies_again(text, document, inside, taken, found)
    begun = {mention.start for mention in found if mention.kind == "person" and mention.form == "name"}
    named_so = (mention for mention in found if not stands_for_nothing(text, mention, begun))
    return tuple(sorted(named_so, key=lambda mention: mention.start))


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
    while start < end and (
        span.doc[start].is_punct
        or span.doc[start].text in ("H", "E", "HE", "HH")
        or (span.doc[start].lower_.rstrip(".") in TITLE_WORDS and not _given(span.doc, start))
    ):
        start += 1
    while end > start and span.doc[end - 1].text in nominals()["after_names"]:
        end -= 1
    return span.doc[start:end] if start < end else None


def _styled_inside(span: Span) -> bool:
    """Tell whether a style stands inside of a name, where it is part of it: "Hassan Sheikh Mohamud"."""
    return any(token.text == "Sheikh" for token in span[1:-1]) and looks_like_a_name(span)


def _given(document: Doc, index: int) -> bool:
    """Tell whether a title is a given name here: "Sultan bin Saad"."""
    return index + 1 < len(document) and document[index + 1].lower_ in ("bin", "ibn", "ben")


def _before_verb(text: str, span: Span) -> Span:
    """Cut from a name the verb of a headline in capitals: "X Signs" where the text has X and signed."""
    if len(span) < 2 or text.count(span.text) != 1:
        return span
    for length in range(len(span) - 1, 0, -1):
        name, verb = (re.escape(span[:length].text), re.escape(span[length].lower_.rstrip("s")))
        headed = len(verb) > 2 and span[length].text[:1].isupper()
        if headed and re.search(rf"\b{name}\b(?! [A-Z])", text) and re.search(rf"\b{verb}", text):
            return span[:length]
    return span


def _shorter_than(mention: Mention, people: Sequence[Span]) -> bool:
    """Tell whether a person's longer name holds this short form: Kim in "Kim Yo Jong"."""
    return mention.form == "short" and any(
        span.start_char <= mention.start
        and mention.end <= span.end_char
        and len(span.text) > len(mention.text) + 1
        for span in people
    )
