"""What kind of name an unknown name is: all its uses in the text vote, for a finder of names sees one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc, Span, Token

from kb.reading.data import nominals
from kb.reading.model import Mention
from kb.reading.name_spans import PARTICLES, TITLE_WORDS
from kb.reading.tree import text_of

_LONGEST: Final = 7
"""Words of a name, particles included."""
_OFFICE_OF: Final = re.compile(
    r"\b(?:[Mm]inister|[Ss]ecretary|[Dd]irector|[Hh]ead|[Cc]hief|[Cc]hair(?:man|woman|person)?|"
    r"[Mm]ayor|[Gg]overnor|[Pp]resident|[Gg]eneral|"
    r"[Aa]mbassador|[Cc]ommissioner|[Aa]dvis[eo]r|[Rr]epresentative|[Ee]nvoy|[Cc]ommander|[Ss]peaker) "
    r"(?:of|for|to|on) (?:the )?[A-Z][\w'’-]+,? "
    r"(?:(?:the|of|and|for|to|on|in) |[A-Z][\w'’-]+,? )*(?:H\.? ?E\.? )?$"
)
"""What may stand before a name: an office with what it is over."""
_APPOSED: Final = re.compile(
    r"^,? \(?(?:the |an? )?(?:[\w’'-]+ ){0,4}(?:minister|president|secretary|ambassador|director|chief|"
    r"spokes\w+|chair\w*|governor|mayor|general|envoy|commander|head|advis[eo]r|representative)\b",
    re.I,
)
"""What may stand after a person's name."""
_ARABIC: Final = re.compile(r"^[ae]lx[A-Z]")
"""A surname with its article, as the reading copy joins them."""
_NO_RANK: Final = frozenset(
    {"the", "his", "her", "state", "foreign", "defence", "defense", "deputy", "vice", "supreme", "press",
     "crown", "prime", "acting", "former", "assistant", "visiting", "he", "diplomat", "counterpart"}
)  # fmt: skip
"""Words of titles before which a name needs no person."""
_IN: Final = frozenset({"in", "near", "outside", "around", "at"})
_TO: Final = frozenset({"to", "from", "into", "via", "through", "towards", "toward"})


@dataclass(frozen=True, slots=True)
class Vote:
    """An unknown name and what the text takes it for: "person", "settlement", or "" where it does not say."""

    span: Span
    kind: str


def votes(document: Doc, known: Sequence[Mention]) -> list[Vote]:
    """Return the unknown names of a parsed text with the kind that their uses agree on, in order.

    ``known``: what the lexicon found; its tokens are part of no unknown name.
    """
    taken = {index for mention in known for index in range(mention.first, mention.last + 1)}
    offices = {mention.last + 1 for mention in known if mention.kind == "office"}
    spans, copy = list(_names(document, taken)), text_of(document)
    counts: dict[str, Counter[str]] = {}
    for span in spans:
        counts.setdefault(_key(span), Counter()).update(dict(_uses(span, copy, span.start in offices)))
    kinds = {name: _decided(name, found) for name, found in counts.items()}
    _share(kinds)
    _join(copy, spans, kinds)
    return [Vote(span, kinds[_key(span)]) for span in spans]


def _join(copy: str, spans: Sequence[Span], kinds: dict[str, str]) -> None:
    """Let a name of several words be a person where "and" or a comma joins it to one."""
    for one, other in pairwise(spans):
        between = copy[one.end_char : other.start_char].strip()
        pair = {kinds[_key(one)], kinds[_key(other)]}
        joined = between in ("and", ",", ", and") and " " in _key(one) and " " in _key(other)
        if joined and pair == {"", "person"}:
            kinds[_key(one)] = kinds[_key(other)] = "person"


def _share(kinds: dict[str, str]) -> None:
    """Let a surname be what its full name is."""
    for name in sorted(kinds, key=len):
        fuller = [
            other
            for other in kinds
            if kinds[other] == "person" and (other.endswith(f" {name}") or other.startswith(f"{name} "))
        ]
        if fuller and kinds[name] != "settlement":
            kinds[name] = "person"


def _decided(name: str, found: Mapping[str, int]) -> str:
    person, place = found.get("person", 0), found.get("place", 0) + found.get("label-place", 0)
    place += found.get("label-other", 0) * (" " not in name)
    if person > place and person > 1:
        return "person"
    return "settlement" if place > person and found.get("place", 0) > 1 else ""


def _key(span: Span) -> str:
    return " ".join(token.text for token in span if not token.is_space)


def _names(document: Doc, taken: set[int]) -> Iterator[Span]:
    """Yield the longest runs of capitalised words that may be one name."""
    start = None
    for token in [*document, None]:
        if (
            token is not None
            and token.i not in taken
            and (_is_part(token, start) or _is_joint(token, start, taken))
        ):
            start = token.i if start is None else start
            continue
        if start is not None:
            end = len(document) if token is None else token.i
            while end > start and (
                (not document[end - 1].text[:1].isupper() and not _ARABIC.match(document[end - 1].text))
                or document[end - 1].text in nominals()["after_names"]
            ):
                end -= 1
            span = document[start:end]
            if 0 < len(span) <= _LONGEST and any(part.pos_ == "PROPN" for part in span):
                yield span
        start = None


def _is_part(token: Token, start: int | None) -> bool:
    word = token.text
    if start is not None and _ARABIC.match(word):
        return True
    if not word[:1].isupper() or word.lower() in nominals()["no_name"] or token.ent_type_ in ("DATE", "TIME"):
        return False
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    given = after.lower_ in ("bin", "ibn", "ben")  # "Sultan bin Saad"
    if word.lower() in TITLE_WORDS and after.lower_ in ("of", "to", "for"):
        return False
    if word.lower().rstrip(".") in TITLE_WORDS and not given and (start is None or after.text[:1].isupper()):
        return False
    if not all(sign.isalpha() or sign in "'’-." for sign in word):
        return False
    if word.isupper() and ((len(word) > 2 and start is None) or word in ("H", "E", "HE", "HH")):
        return False
    if token.pos_ == "PROPN" or (not token.is_sent_start and token.pos_ in ("NOUN", "ADJ", "X", "VERB")):
        return True
    # the tagger guesses at a strange word that opens a sentence
    guessed = (
        token.pos_ not in ("DET", "ADP", "PRON", "CCONJ", "SCONJ") and after.pos_ == "PROPN" and len(word) < 5
    )
    three = after.i + 1 < len(token.doc) and after.nbor(1).pos_ == "PROPN" and len(after.text) > 1
    return guessed and (three or token.head in (after, after.head))


def _is_joint(token: Token, start: int | None, taken: set[int]) -> bool:
    """Tell whether a small word or a hyphen stands inside a name: "bin", "van der", "Jean-Paul"."""
    if start is None or token.i + 1 >= len(token.doc) or token.i + 1 in taken:
        return False
    after, small = token.nbor(1), PARTICLES
    if token.text == "-":
        return not token.whitespace_ and not token.nbor(-1).whitespace_ and after.text[:1].isupper()
    return token.lower_ in small and (after.text[:1].isupper() or after.lower_ in small)


def _uses(span: Span, copy: str, after_office: bool) -> Iterator[tuple[str, int]]:
    head, many = span.root, sum(token.text[:1].isupper() for token in span) > 1
    before = span.doc[span.start - 1] if span.start else None
    labels = {token.ent_type_ for token in span}
    person = place = 0
    if after_office or (before is not None and _ranked(span, copy, before, many)):
        person += 3
    if many and _APPOSED.match(copy[span.end_char : span.end_char + 80]):
        person += 2
    if labels == {"PERSON"}:
        person += 2 if many else 1
    if _acts(head) or _is_met(head):
        person += 2 if many else 1
    if head.dep_ == "pobj" and head.head.lower_ in _IN and head.head.i == span.start - 1:
        place += 2
    if head.dep_ == "pobj" and head.head.lower_ in _TO and head.head.i == span.start - 1:
        place += 1
    if head.dep_ == "dobj" and head.head.lemma_ in ("visit", "reach", "leave", "enter", "tour") and not many:
        place += 2
    yield "person", person
    yield "place", place
    yield "label-place", int(bool(labels & {"GPE", "LOC", "FAC"}))
    yield "label-other", int("ORG" in labels)


def _ranked(span: Span, copy: str, before: Token, many: bool) -> bool:
    """Tell whether a title stands before a name: "Minister X", "his counterpart, X", "head of Y, X"."""
    if _is_title(before):
        return True
    title = before.nbor(-1) if before.text == "," and before.i else before
    if many and (title.lower_ == "counterpart" or (title is not before and _is_title(title))):
        return True
    return many and bool(_OFFICE_OF.search(copy[max(0, span.start_char - 90) : span.start_char]))


def _is_title(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return word in TITLE_WORDS and word not in _NO_RANK


def _acts(head: Token) -> bool:
    """Tell whether a name is the subject of what only persons do."""
    return head.dep_ == "nsubj" and head.head.lemma_ in nominals()["personal_verbs"]


def _is_met(head: Token) -> bool:
    """Tell whether a name is whom somebody meets or speaks with."""
    verb = head.head.head if head.dep_ == "pobj" and head.head.lower_ in ("with", "by") else head.head
    if head.dep_ not in ("dobj", "pobj") or (head.dep_ == "pobj" and verb == head.head):
        return False
    return verb.lemma_.lower() in nominals()["meeting_words"]
