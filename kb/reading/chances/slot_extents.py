"""From which word to which a noun phrase may name an item: with numbers, owners, complements, or without."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc, Token

from kb.reading.chances.slot_wares import fits
from kb.reading.data import materiel
from kb.reading.extents import name_end
from kb.reading.items import LEADING, LOOSELY

BARE: Final = 0
"""Kind of the beginning at the noun itself, and of the end there."""
_COMPOUND, _ADJECTIVE, _ALL_ADJECTIVES, _ARTICLE, _LOOSE, _NUMBER = range(1, 7)
_PREPOSITIONS: Final = ("of", "on", "for", "to", "with", "in", "from", "by", "between", "under", "against",
                        "including", "as", "at", "into", "worth", "like", "such", "about")  # fmt: skip
_SIDES, _FIRST, _PURPOSE, _CLAUSE = 20, 21, 46, 47
"""Kinds of ends: before the parties, at the first noun, after a purpose, at the next comma or stop."""
_FAR: Final = 24
"""Tokens that an item's name holds at most."""
_COIN: Final = re.compile(
    r"(?:[A-Z]{1,3})?[$€£¥₹](?:\d[\d.,]*)?|[A-Z]{3}\d[\d.,]*|US|USD|EUR|GBP|CNY|RMB|Rs\.?"
)
"""A currency before a number, with or without it."""
_ENDING: Final = frozenset({"POS", "DT", "PRP$"})
_COUNTS: Final = frozenset({"det", "poss", "predet", "nummod", "quantmod"})
_APART: Final = frozenset({"POS", "CD", "DT", "PRP$", "CC", ","})
_AFTER: Final = frozenset({"prep", "relcl", "acl", "appos", "conj", "cc"})


def beginnings(head: Token) -> dict[int, int]:
    """Return the tokens at which an item's name may begin, with their kinds, from the noun to the left."""
    document, found = head.doc, {head.i: BARE}
    first = min(
        [head.i, *(c.left_edge.i for c in head.lefts if c.dep_ not in ("punct", "cc", "relcl", "preconj"))]
    )
    at = head.i
    while at > first and _is_part(document[at - 1]):
        at -= 1
    while at > first and "HYPH" in (document[at].tag_, document[at - 1].tag_):
        at -= 1  # "long-term" is no "-term"
    found.setdefault(at, _COMPOUND)
    while at > first and _qualifies(document[at - 1]):
        at -= 1
        if document[at].tag_ != "HYPH" and document[at + 1].tag_ != "HYPH":
            found.setdefault(at, _ADJECTIVE)
    if found.get(at) == _ADJECTIVE:
        found[at] = _ALL_ADJECTIVES
    at = _past(document, first, head.i)
    found.setdefault(at, _ARTICLE)
    while at < head.i and (document[at].lower_ in LOOSELY or document[at].tag_ in _ENDING):
        at += 1
    found.setdefault(at, _LOOSE)
    number = next((t.i for t in document[first : head.i] if t.like_num or t.is_currency), None)
    if number is not None:
        found.setdefault(number, _NUMBER)
    found = {_with_currency(head, at, first): kind for at, kind in found.items()}
    found.setdefault(head.i, BARE)
    return {at: kind for at, kind in found.items() if head.i - at <= _FAR}


def _with_currency(head: Token, at: int, first: int) -> int:
    """Return where a sum begins of which a token is the number, or its "million": "US$" before "6.5".

    "Nearly" before it is no part of it.
    """
    document = head.doc
    while (
        at < head.i
        and document[at].lower_ in LOOSELY
        and (document[at + 1].like_num or _COIN.fullmatch(document[at + 1].text))
    ):
        at += 1
    while at > first and (document[at].like_num or _COIN.fullmatch(document[at].text)):
        if not (_COIN.fullmatch(document[at - 1].text) or document[at - 1].like_num):
            break
        at -= 1
    return at


def _is_part(token: Token) -> bool:
    return (
        token.dep_ in ("compound", "nmod")
        or token.tag_ == "HYPH"
        or (token.tag_ in ("NNP", "NN") and token.dep_ != "poss")
        or _qualifies_part(token)
    )


def _qualifies_part(token: Token) -> bool:
    """Tell whether an adjective belongs to a noun inside the name: "nuclear energy agreement"."""
    inner = token.dep_ == "amod" and token.head.dep_ in ("compound", "nmod")
    return inner and token.lower_ not in LOOSELY


def _qualifies(token: Token) -> bool:
    return not (token.dep_ in _COUNTS or token.tag_ in _APART or token.lower_ in LOOSELY or token.is_punct)


def _past(document: Doc, at: int, end: int) -> int:
    """Return the first token that is neither an article nor an owner's word."""
    while at < end and (
        document[at].lower_ in LEADING
        or document[at].is_punct
        or document[at].dep_ in ("det", "predet")
        or document[at].tag_ in _ENDING
    ):
        at += 1
    return at


def endings(head: Token) -> dict[int, int]:
    """Return the tokens at which an item's name may end, with their kinds, the noun itself first."""
    found = {head.i: BARE}
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ != "between":
            _with_complement(child, found)
        elif _is_purpose(child):
            found.setdefault(child.right_edge.i, _PURPOSE)
    if fits(head, materiel()["instruments"]):
        found.setdefault(_clause_end(head), _CLAUSE)
    named = name_end(head) if fits(head, materiel()["instruments"]) else head.i
    if named > head.i:  # a paper's own name is not cut
        shorter = [kind for at, kind in found.items() if at <= named]
        found = {named: shorter[-1], **{at: kind for at, kind in found.items() if at > named}}
    return {at: kind for at, kind in found.items() if at - head.i <= _FAR}


def _with_complement(preposition: Token, found: dict[int, int]) -> None:
    """Add the ends of a complement: before the parties that it names, at its first noun, all of it."""
    word = preposition.lower_
    kind = _PREPOSITIONS.index(word) if word in _PREPOSITIONS else len(_PREPOSITIONS) - 1
    end = preposition.right_edge.i
    sides = next(
        (t.i for t in preposition.doc[preposition.i + 2 : end + 1] if t.lower_ in ("between", "with")), None
    )
    if sides is not None:
        found.setdefault(sides - 1, _SIDES)
    noun = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if noun is not None:
        longer = any(child.dep_ in _AFTER for child in noun.children)
        found.setdefault(noun.i if longer else noun.right_edge.i, _FIRST + kind)
    found.setdefault(end, 1 + kind)


def _is_purpose(child: Token) -> bool:
    """Tell whether a clause says what an item is for: "an agreement to build …"."""
    if child.dep_ in ("acl", "relcl") and child.tag_ == "VB":
        return True
    return child.dep_ in ("acl", "xcomp") and any(word.lower_ == "to" for word in child.lefts)


def _clause_end(head: Token) -> int:
    """Return the last token before the next sign that parts clauses."""
    document, end = head.doc, head.i
    while end + 1 < min(head.sent.end, head.i + _FAR):
        token = document[end + 1]
        if token.is_space or (token.is_punct and token.tag_ not in ("HYPH", "POS")):
            break
        end += 1
    return end
