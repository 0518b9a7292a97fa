"""Persons' names that hold another name: a town, a plant or a weapon is called as they are.

"President Santiago Varga" is neither in Santiago nor from there, and "Anton Kalashnikov" is no rifle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from spacy.tokens import Doc, Span

from kb.reading.model import Mention
from kb.reading.name_trims import in_headline
from kb.reading.tree import text_of

_PLACING: Final = frozenset(
    {"of", "in", "at", "to", "from", "for", "near", "through", "via", "outside", "the"}
)
"""Words after which a place is meant, whoever is named behind it: "of Zembla Anton Varga"."""
_FORMS: Final = frozenset({"name", "metonym"})


def found_persons(document: Doc) -> Iterator[Span]:
    """Yield the persons that the finder of names sees; pieces of one name, which it parts, as one."""
    held: Span | None = None
    for span in document.ents:
        if span.label_ != "PERSON":
            continue
        if held is not None and _is_one(held, span):
            held = document[held.start : span.end]
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def parts_of_names(people: Iterable[Span], known: Sequence[Mention]) -> set[Mention]:
    """Return the mentions that are only the first or the last word of a person's longer name."""
    found: set[Mention] = set()
    for span in people:
        within = [one for one in known if span.start <= one.first and one.last < span.end]
        inside = [one for one in within if one.form != "short" or one.kind != "person"]
        if len(inside) == 1 and len(span) > 1 and _is_part(span, inside[0]):
            found.add(inside[0])
    return found


def _is_part(span: Span, mention: Mention) -> bool:
    single = mention.first == mention.last and mention.form in _FORMS and mention.kind != "person"
    if not single or in_headline(span.doc, span.start_char):
        return False
    last = span[-1]
    if mention.last == last.i:
        return all(token.head == last and token.dep_ == "compound" for token in span[:-1])
    before = span.doc[span.start - 1].lower_ if span.start else ""
    first = span[0]
    names = mention.first == first.i and len(span) == 2 and first.dep_ == "compound"
    return names and before not in _PLACING


def _is_one(one: Span, other: Span) -> bool:
    """Tell whether two names beside each other are the pieces of one."""
    beside = text_of(one.doc)[one.end_char : other.start_char] == " "
    return beside and one[-1].dep_ == "compound" and one[-1].head.i >= other.start and len(one) < 4
