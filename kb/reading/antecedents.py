"""What may stand behind a pronoun or a title: the subjects and names before it, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from spacy.tokens import Span, Token

from kb.reading.model import Party

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

REACH: Final = 3
"""How many sentences a pronoun looks back."""


def antecedents(referents: Referents, token: Token) -> Iterator[tuple[Party, ...]]:
    """Yield what may stand behind a pronoun, the likeliest first: subjects before others, near before far.

    A pronoun in what stands before its clause's subject looks forward to it: "Since his arrival, X …".
    """
    for subject in _fronted(token):
        found = referents.parties([subject])
        if found:
            yield found
    for distance, sentence in enumerate(back(token.sent)):
        if distance > REACH:
            return
        for candidate in subject_tokens(sentence):
            if candidate.i < token.i and not _inside(candidate, token):
                found = referents.parties([candidate])
                if found:
                    yield found
        for mention in referents.page.mentions_in(sentence.start, min(sentence.end, token.i)):
            head = referents.page.doc[mention.first : mention.last + 1].root
            if not _inside(head, token):
                found = referents.single(head)
                if found:
                    yield found


def _fronted(token: Token) -> list[Token]:
    root = token.sent.root
    own = [child for child in root.children if child.dep_ in ("nsubj", "nsubjpass") and child.i > token.i]
    inside = [c for c in root.children if c.dep_ in ("prep", "advcl") and c.i < root.i and token in c.subtree]
    return own if inside and token.i - token.sent.start < 15 and own and own[0].i > inside[0].i else []


def subject_tokens(sentence: Span) -> list[Token]:
    """Return the subjects of a sentence, that of its main clause first."""
    found = [
        token
        for token in sentence
        if token.dep_ in ("nsubj", "nsubjpass") and token.lower_ not in ("who", "which", "that", "what")
    ]
    root = sentence.root
    if root.pos_ == "NOUN" and any(child.dep_ == "acl" and child.tag_ == "VBN" for child in root.children):
        found.append(root)  # "The two officials condemned …", read as "officials who were condemned"
    return sorted(found, key=lambda token: (_depth(token), token.i))


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token:
        token, depth = token.head, depth + 1
    return depth


def back(sentence: Span) -> Iterator[Span]:
    """Yield a sentence and those before it, the nearest first."""
    yield sentence
    document, start = sentence.doc, sentence.start
    while start > 0:
        previous = document[start - 1].sent
        start = previous.start
        if not previous.text.isspace():
            yield previous


def _inside(candidate: Token, token: Token) -> bool:
    """A phrase does not stand behind a pronoun that is part of it."""
    return candidate == token or (
        candidate.is_ancestor(token) and token.dep_ == "poss" and token.head == candidate
    )
