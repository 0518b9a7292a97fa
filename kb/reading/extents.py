"""How far a noun phrase reaches: the words that name it, without the clauses that tell more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

_NEAR: Final = frozenset({"of", "in", "from", "on", "to", "at"})
_LINKS: Final = frozenset({"of", "on", "for", "and", "the", "in", "to", "against", "&"})
"""Small words inside the name of a paper."""
_LISTED: Final = 6
"""Words after a comma inside a paper's name in which an "and" ends its list."""
_NAME: Final = 24
"""Words of a paper's name."""
_LONG: Final = 12
"""Tokens after a noun that still name it."""


def of_noun(token: Token, *, joined: bool = False) -> tuple[int, int]:
    """Return the offsets of a noun with what stands before it and the "of", "in" or "from" right after it.

    ``joined``: with a noun joined to it that follows at once ("governments and experts").
    """
    right = token
    for child in token.children:
        if (
            child.i == right.i + 1
            and child.dep_ == "prep"
            and (child.lower_ in _NEAR or (joined and child.lower_ == "with"))
            and not any(noun.ent_type_ in ("DATE", "TIME") for noun in child.children)
        ):
            right = max([right, *_objects(child)], key=lambda t: t.i)
        if joined and child.dep_ == "conj" and child.i - token.i <= 3 and child.pos_ == "NOUN":
            right = child
    return _offsets(_left(token), right if right.i - token.i <= _LONG else token)


def of_item(token: Token, *, instrument: bool) -> tuple[int, int]:
    """Return the offsets of an item's words; of an instrument's, with all that says what it is on."""
    right = token
    for child in token.rights:
        of = child.dep_ == "prep" and (
            child.lower_ == "of"
            if not instrument
            else child.lower_ not in {"during", "after", "in", "at", "with"}
        )
        if of or (instrument and child.dep_ == "acl" and child.i == right.i + 2):
            right = child.right_edge
    if instrument and right == token:
        right = _matter(token) or right
    if instrument:
        right = token.doc[max(right.i, name_end(token))]
    return _offsets(_left(token), right)


def name_end(head: Token) -> int:
    """Return the last word of a paper's own name, written with capitals: "Treaty of Friendship and Trade"."""
    document, end, at = head.doc, head.i, head.i + 1
    if not head.text[:1].isupper() or head.text.isupper():
        return end
    while at < min(head.sent.end, head.i + _NAME):
        word = document[at]
        placed = word.ent_type_ == "GPE" and document[at - 1].lower_ == "in"
        if word.text[:1].isupper() and word.ent_type_ not in ("PERSON", "DATE") and not placed:
            end = at
        elif word.lower_ not in _LINKS and word.tag_ != "HYPH" and not _goes_on(document, at):
            break
        at += 1
    return end


def _goes_on(document: Doc, comma: int) -> bool:
    """Tell whether a comma parts the words of a list within a name: "Friendship, Trade and Cooperation"."""
    after = list(document[comma + 1 : comma + 1 + _LISTED])
    joint = next((at for at, word in enumerate(after[:-1]) if word.lower_ == "and"), None)
    return (
        document[comma].text == ","
        and joint is not None
        and after[joint + 1].text[:1].isupper()
        and all(word.text[:1].isupper() or word.text in (",", "-") for word in after[:joint])
    )


def _matter(token: Token) -> Token | None:
    """Return the end of what an instrument is on where the parser hung that under the verb."""
    for child in token.head.children:
        if token.head.pos_ == "VERB" and child.i == token.i + 1 and child.lower_ == "on":
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.ent_type_ not in ("DATE", "TIME"):
                    inside = [c.right_edge for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"]
                    return max([noun, *inside], key=lambda t: t.i)
    return None


def _left(token: Token) -> Token:
    before = [child for child in token.lefts if child.dep_ not in ("punct", "cc", "relcl")]
    return min([token, *(child.left_edge for child in before)], key=lambda t: t.i)


def _objects(preposition: Token) -> Iterator[Token]:
    """Yield the nouns after a preposition, what is joined to them and what names them further."""
    for child in preposition.children:
        if child.dep_ in ("pobj", "conj", "nummod", "npadvmod"):
            yield child
            yield from _objects(child)
        elif child.dep_ == "prep" and (child.lower_ in ("of", "in") or preposition.pos_ == "ADP"):
            yield from _objects(child)


def _offsets(left: Token, right: Token) -> tuple[int, int]:
    while right.i > left.i and (right.is_punct or right.is_space or right.tag_ == "POS"):
        right = right.nbor(-1)
    return left.idx, right.idx + len(right)
