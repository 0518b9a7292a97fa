"""The states that qualify a noun: demonym, possessive, "of X"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading.tree import conjuncts

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_OF: Final = frozenset({"of", "from", "in"})
_JOINING: Final = frozenset({"and", ",", "or", "&"})
_QUARTERS: Final = frozenset({"North", "South", "East", "West"})


def modifier_states(referents: Referents, token: Token, links: frozenset[str] = _OF) -> list[str]:
    """Return the states that qualify a noun: demonym, possessive, "of X"; sorted as they stand.

    ``links``: the prepositions that count; "troops in X" are of X only where "in" is one.
    """
    found: list[tuple[int, str]] = []
    for child in _modifiers(token, links):
        mention = referents.page.mention_at(child)
        state = referents.state_of(mention) if mention is not None else None
        if child.text in _QUARTERS:
            state = _quarter(referents, child) or state
        if state is None and mention is not None and child.dep_ == "poss":
            parties = referents.single(child)
            state = parties[0].states[0] if parties and parties[0].states else None
        if state is None and child.dep_ == "poss" and child.pos_ == "PRON":
            parties = referents.single(child)
            state = parties[0].states[0] if len(parties) == 1 and parties[0].states else None
        if state is not None:
            found.append((child.i, state))
    found += _listed_before(referents, token, found)
    return list(dict.fromkeys(state for _, state in sorted(found)))


def _listed_before(referents: Referents, token: Token, found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the adjectives that stand in one list with the first before a noun: "X, Y and Z troops"."""
    listed: list[tuple[int, str]] = []
    at = min((index for index, _ in found if index < token.i), default=-1)
    while at > 1 and token.doc[at - 1].lower_ in _JOINING:
        at -= 2 if token.doc[at - 2].text != "," else 3
        mention = referents.page.mention_at(token.doc[at]) if at >= 0 else None
        state = referents.state_of(mention) if mention is not None and mention.form == "demonym" else None
        if mention is None or state is None or token.doc[at].tag_ in ("NNS", "NNPS"):
            break
        listed.append((at, state))
        at = mention.first
    return listed


def _modifiers(token: Token, links: frozenset[str]) -> list[Token]:
    found = []
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod", "poss", "det", "conj", "nummod", "npadvmod"):
            found.append(child)
            found += [
                t
                for one in conjuncts(child)
                for t in one.children
                if t.dep_ in ("conj", "compound", "amod", "nmod", "npadvmod", "poss")
            ]
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and child.i > token.i:
                found.remove(child)
        elif child.dep_ == "prep" and child.lower_ in links:
            for place in child.children:
                if place.dep_ == "pobj":
                    named = [*conjuncts(place), *_inner(place)]
                    found += named
                    found += [t for one in named for t in one.children if t.dep_ in ("compound", "amod")]
    return found


def _inner(place: Token) -> list[Token]:
    """Return the states of "ministers of foreign affairs of X and Y"."""
    if place.pos_ == "PROPN" and place.text != "Affairs":
        return []
    below = [t for c in place.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children]
    return [joined for t in below if t.dep_ == "pobj" for joined in conjuncts(t)]


def _quarter(referents: Referents, token: Token) -> str | None:
    """Return the state of "South" in "South and North Yland": its last word stands with the other."""
    for child in token.children:
        if child.dep_ == "conj":
            matches = referents.page.lexicon.matches(f"{token.text} {child.text}")
            codes = {e.state for match in matches for e in match.entries if e.kind == "state" and e.state}
            return codes.pop() if len(codes) == 1 else None
    return None
