"""What goes, is shown, made or signed: hardware by its designation, else the noun phrase in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.data import materiel
from kb.reading.extents import of_item
from kb.reading.model import Party
from kb.reading.tree import conjuncts

_GOODS: Final = frozenset({"materiel", "freight", "hardware", "shows", "aid", "arms"})
"""Lists whose items are named without number, owner and measure: "30 new tanks" are "tanks"."""
_BY_HEAD: Final = frozenset({"freight", "marching", "instruments"})
"""Lists of which the head itself must be: an aircraft of a named type that lands is no freight."""
LEADING: Final = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "some", "any", "more",
    "over", "both", "no"})  # fmt: skip
"""Words that name nothing, before an item that keeps its number."""
LOOSELY: Final = frozenset({"about", "around", "approximately", "roughly",
     "nearly", "almost", "another", "additional", "new",
    "further", "several", "these", "those", "many", "up", "to", "than", "at", "least", "made", "built",
    "first", "second", "last", "extra", "other", "necessary", "unspecified", "such"})  # fmt: skip
"""Words that name no kind of goods."""
_BEFORE: Final = frozenset({"nummod", "quantmod", "det", "predet", "poss"})
_MADE: Final = ("-made", "-built", "-supplied", "-donated", "-funded", "-designed")
_NAMED_AFTER: Final = 4
"""Tokens after "exercise" in which its name may stand."""


def fillers(referents: Referents, tokens: Iterable[Token], nouns: str) -> tuple[Party, ...]:
    """Return the items that noun phrases name, each by its designation or in its own words.

    () where no noun is of the list asked for.
    """
    found: dict[str, Party] = {}
    for token in tokens:
        joined = conjuncts(token)
        for head in joined:
            if not _may_name(referents, head, nouns):
                continue
            others = [other for other in joined if other != head]
            for party in hardware(referents, head, others):
                found.setdefault(party.name, party)
            if any(p.start >= head.left_edge.idx and p.end <= _end(head, others) for p in found.values()):
                continue
            for described in _described(referents, head, nouns):
                found.setdefault(described.name, described)
    return tuple(found.values())


def _may_name(referents: Referents, head: Token, nouns: str) -> bool:
    """Tell whether a noun phrase may name an item: its head is of the list, a measure or hardware."""
    words, mention = materiel()[nouns], referents.page.mention_at(head)
    if nouns in _BY_HEAD:
        return _fits(head, words) or any(_fits(t, words) for t in _inner(head))
    named = mention is not None and _is_hardware(mention.form, mention.kind)
    hung = any(
        c.dep_ in ("compound", "nmod", "appos", "amod", "nummod") and _names(referents, c)
        for c in head.children
    )
    measured = head.lemma_.lower() in materiel()["measures"] or head.like_num or is_money(head)
    return named or hung or _fits(head, words) or measured or any(_fits(t, words) for t in _inner(head))


def _names(referents: Referents, token: Token) -> bool:
    mention = referents.page.mention_at(token)
    return mention is not None and _is_hardware(mention.form, mention.kind)


def _end(head: Token, others: list[Token]) -> int:
    """Return the offset at which a noun phrase ends, the nouns joined to it left out."""
    after = [other.left_edge.idx for other in others if other.i > head.i]
    last = head.right_edge
    return min([last.idx + len(last), *after])


def hardware(referents: Referents, token: Token, others: Iterable[Token] = ()) -> list[Party]:
    """Return the hardware models that a noun phrase names; ``others``: nouns joined to it, not asked."""
    apart = {part.i for other in others if token.is_ancestor(other) for part in other.subtree}
    found = []
    for part in sorted(token.subtree, key=lambda t: t.i):
        mention = referents.page.mention_at(part)
        begins = mention is not None and part.i == mention.first and part.i not in apart
        if mention is not None and begins and _is_hardware(mention.form, mention.kind):
            found.append(referents.thing(mention))
    names = {party.name for party in found}
    return [p for p in found if not any(n != p.name and n.startswith(p.name) for n in names)]


def event_name(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the name of an exercise: "the exercise Steppe Eagle", "Zapad-2021 drills"."""
    for first, last in _proper_runs(token):
        run = token.doc[first : last + 1]
        if any(_known_otherwise(referents, t) for t in run):
            continue
        start, end = run[0].idx, run[-1].idx + len(run[-1])
        return (Party(referents.page.stored(start, end), "thing", start, end, None, (), "named-event"),)
    return ()


def _known_otherwise(referents: Referents, token: Token) -> bool:
    mention = referents.page.mention_at(token)
    known = mention is not None and bool(mention.entries)
    return known and mention is not None and mention.kind != "hardware"


def _proper_runs(token: Token) -> Iterator[tuple[int, int]]:
    """Yield the stretches of capitalised words right after an event's noun, and right before it."""
    document, end = token.doc, token.sent.end
    first = token.i + 1
    while first < end and document[first].text in ("“", '"', "'", "‘", "”", "named", "called", "dubbed"):
        first += 1
    last = first
    while last < min(end, first + _NAMED_AFTER) and _proper(document[last]):
        last += 1
    if last > first:
        yield first, last - 1
    last = first = token.i - 1
    while first >= token.sent.start and token.i - first <= _NAMED_AFTER and _proper(document[first]):
        first -= 1
    if first < last:
        yield first + 1, last


def _proper(token: Token) -> bool:
    shaped = token.text[0].isupper() or (token.like_num and token.nbor(-1).text[0].isupper())
    return (
        token.pos_ in ("PROPN", "NUM", "NOUN") and shaped and token.ent_type_ != "DATE"
    ) or token.text == "-"


def _is_hardware(form: str, kind: str) -> bool:
    return kind == "hardware" or form == "designation"


def _described(referents: Referents, head: Token, nouns: str) -> list[Party]:
    words = materiel()[nouns]
    measured = [t for t in _inner(head) if _fits(t, words)]
    if nouns in _GOODS:
        if measured and head.lemma_.lower() in materiel()["measures"]:
            return [_goods(referents, noun) for noun in conjuncts(measured[0])]
        return [_goods(referents, head)] if _fits(head, words) or is_money(head) else []
    if not (_fits(head, words) or measured):
        return []
    start, end = of_item(head, instrument=nouns == "instruments")
    name = _without_parties(referents, head) if nouns == "instruments" else ""
    said = name or _trimmed(referents.page.stored(start, end))
    return [Party(said, "thing", start, end, None, (), "described")]


def _without_parties(referents: Referents, head: Token) -> str:
    """Return the name of a paper that says between whom it is, without that; "" for one that does not."""
    parts = [child for child in head.rights if child.dep_ == "prep"]
    if not any(part.lower_ == "between" for part in parts):
        return _up_to_parties(referents, head)
    kept = [part for part in parts if part.lower_ in ("on", "of", "for", "concerning", "regarding", "about")]
    first, stop = head.left_edge, head
    names = [_trimmed(referents.page.stored(first.idx, stop.idx + len(stop)))]
    for part in kept:
        last = next((t.nbor(-1) for t in part.subtree if t.lower_ == "between"), part.right_edge)
        names.append(referents.page.stored(part.idx, last.idx + len(last)))
    name = " ".join(names)
    return name if " " in name else ""  # "agreements" alone would name nothing


def _up_to_parties(referents: Referents, head: Token) -> str:
    """Return a paper's name up to the parties at its end: "Memorandum on trade" of "… between X and Y"."""
    ends = [t for t in head.subtree if t.lower_ == "between" and t.right_edge.i >= head.right_edge.i]
    return _trimmed(referents.page.stored(head.left_edge.idx, ends[0].idx)).strip() if ends else ""


def _fits(head: Token, words: frozenset[str]) -> bool:
    lemma = head.lemma_.lower()  # of a name it keeps the plural: "Accords"
    return not words.isdisjoint((lemma, lemma.removesuffix("s"), head.lower_, head.text))


def is_money(head: Token) -> bool:
    """Tell whether a head is a sum: "$3 billion", "90 million euros"; "1.2 million tourists" are none."""
    coined = head.lemma_.lower() in materiel()["currencies"]
    return any(c.pos_ == "SYM" or c.is_currency or (coined and c.like_num) for c in head.children)


def _inner(head: Token) -> list[Token]:
    return [
        noun
        for child in head.children
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "worth")
        for first in child.children
        if first.dep_ == "pobj"
        for noun in (first, *_inner(first))
    ]


def _goods(referents: Referents, head: Token) -> Party:
    """Return goods by their kind: numbers, measures, owners and makers stand before it and do not name it."""
    start, end = of_item(head, instrument=False)
    left = [t for t in head.doc[head.left_edge.i : head.i] if t.idx >= start]
    while left and not is_money(head) and _says_no_kind(referents, left[0]):
        left = left[1:]
    start = left[0].idx if left else head.idx
    return Party(_trimmed(referents.page.stored(start, end)), "thing", start, end, None, (), "described")


def _says_no_kind(referents: Referents, token: Token) -> bool:
    mention = referents.page.mention_at(token)
    of_state = mention is not None and referents.state_of(mention) is not None
    counted = token.like_num or token.is_currency or token.dep_ in _BEFORE
    worded = token.lower_.endswith(_MADE) or token.lower_ in LEADING | LOOSELY
    return of_state or counted or worded or token.tag_ in ("POS", "HYPH", ",") or token.is_punct


def _trimmed(words: str) -> str:
    parts = words.split()
    while len(parts) > 1 and parts[0].lower() in LEADING:
        parts = parts[1:]
    words = " ".join(parts)
    return words.removeprefix("number of ").removeprefix("series of ")
