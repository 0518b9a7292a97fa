"""Ships, told by a common noun: "the frigate Aquitaine". One visits them as one visits plants."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc, Token

from kb.reading.data import nominals

_WITHIN: Final = frozenset({"the", "de", "la", "le", "del", "van", "von"})
"""Small words that a ship's name may hold, as in "Peter the Great"."""
_OTHERWISE: Final = frozenset({"DATE", "TIME", "NORP"})
_QUOTES: Final = frozenset("\"“”'‘’«»")
_LONGEST: Final = 6
"""Words of a ship's name."""
_CARRIED: Final = frozenset({"aircraft", "helicopter"})


def is_vessel(token: Token) -> bool:
    """Tell whether a common noun means a ship: "destroyer"; a carrier only of aircraft."""
    if not token.text.islower() or token.lemma_.lower() not in nominals()["vessels"]:
        return False  # nor is "an Aircraft Carrier Strike Group" a ship
    return token.lemma_.lower() != "carrier" or (token.i > 0 and token.nbor(-1).lower_ in _CARRIED)


def ship_name(token: Token) -> tuple[int, int] | None:
    """Return the first and last token of a ship's name; the token is of the noun before it or of the name."""
    for at in range(token.i, max(token.sent.start, token.i - _LONGEST) - 1, -1):
        if is_vessel(token.doc[at]):
            found = _after(token.doc, at, token.sent.end)
            return found if found is not None and (at == token.i or token.i <= found[1]) else None
    return None


def _after(doc: Doc, noun: int, end: int) -> tuple[int, int] | None:
    """Return the words with capitals that follow a noun at once, quoted or not."""
    first = noun + 1
    if first < end and doc[first].text in _QUOTES:
        first += 1
    last = first - 1
    while last + 1 < min(end, first + _LONGEST):
        step = 2 if doc[last + 1].lower_ in _WITHIN and last >= first else 1
        if last + step >= end or not _is_part(doc[last + step]):
            break
        last += step
    if last < first:
        return None
    joined = doc[first : last + 1].root.head.i == noun or first <= doc[noun].head.i <= last
    acts = last + 1 < end and doc[last + 1].pos_ in ("VERB", "AUX")
    return (first, last) if joined or not acts else None  # not in "the ship Ruritania sent"


def _is_part(token: Token) -> bool:
    capital = token.text[0].isupper() or (token.text[0].isdigit() and token.pos_ == "PROPN")
    return capital and token.ent_type_ not in _OTHERWISE and token.pos_ not in ("VERB", "AUX", "PRON")
