"""What goes, is shown, made or signed: hardware by its designation, else the noun phrase in its own words."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.data import materiel
from kb.reading.extents import of_item
from kb.reading.model import Party
from kb.reading.tree import conjuncts


def fillers(referents: Referents, tokens: Iterable[Token], nouns: str) -> tuple[Party, ...]:
    """Return the items that noun phrases name, hardware first; () where no noun is of the list asked for."""
    found: dict[str, Party] = {}
    for token in tokens:
        for party in hardware(referents, token):
            found.setdefault(party.name, party)
        if found:
            continue
        for head in conjuncts(token):
            described = _described(referents, head, nouns)
            if described is not None:
                found.setdefault(described.name, described)
    return tuple(found.values())


def hardware(referents: Referents, token: Token) -> list[Party]:
    """Return the hardware models that a noun phrase names."""
    found = []
    for part in sorted(token.subtree, key=lambda t: t.i):
        mention = referents.page.mention_at(part)
        if mention is not None and part.i == mention.first and _is_hardware(mention.form, mention.kind):
            found.append(referents.thing(mention))
    names = {party.name for party in found}
    return [p for p in found if not any(n != p.name and n.startswith(p.name) for n in names)]


def _is_hardware(form: str, kind: str) -> bool:
    return kind == "hardware" or form == "designation"


def _described(referents: Referents, head: Token, nouns: str) -> Party | None:
    words = materiel()[nouns]
    lemma = head.lemma_.lower()
    counted = any(child.pos_ in ("SYM",) or child.lower_ in ("million", "billion") for child in head.children)
    inner = [
        t
        for c in head.children
        if c.dep_ == "prep" and c.lower_ == "of"
        for t in c.children
        if t.dep_ == "pobj"
    ]
    fits = lemma in words or head.lower_ in words or counted or head.text in words
    if not fits and not any(t.lemma_.lower() in words for t in inner):
        return None
    start, end = of_item(head, instrument=nouns == "instruments")
    return Party(_trimmed(referents.page.stored(start, end)), "thing", start, end, None, (), "described")


def _trimmed(words: str) -> str:
    parts = words.split()
    while len(parts) > 1 and parts[0].lower() in (
        "a",
        "an",
        "the",
        "its",
        "his",
        "her",
        "their",
        "some",
        "any",
        "more",
        "over",
        "both",
        "no",
    ):
        parts = parts[1:]
    words = " ".join(parts)
    return words.removeprefix("number of ").removeprefix("series of ")
