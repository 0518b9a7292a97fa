"""Outlets: those that the lexicon lists, those that their names show as such, and those left unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.data import cues, nominals
from kb.reading.extents import of_noun
from kb.reading.model import Mention, Party
from kb.reading.modifiers import modifier_states

_UNNAMED: Final = ("media", "medium")
_MODIFIES: Final = ("compound", "nmod", "amod", "appos")
_PRESS_OFFICE: Final = re.compile(
    rf"\b(?:press|media|information)[ -](?:{'|'.join(sorted(cues('speech')['press_offices']))})\b",
    re.IGNORECASE,
)
_ENDINGS: Final = ("news", "infos", "press", "media", "times", "tv")


def is_outlet(party: Party) -> bool:
    """Tell whether a party is an outlet."""
    return party.kind == "outlet"


def outlets_at(referents: Referents, heads: Iterable[Token]) -> list[Party]:
    """Return the first outlet that noun phrases name or describe, as a list of one or none."""
    for head in heads:
        mention = referents.page.mention_at(head)
        listed = _before_noun(referents, head)
        if listed is not None:
            return [listed]
        told = head.dep_ in ("dobj", "dative") and head.head.lemma_ == "tell" and head.pos_ == "PROPN"
        unlike = mention is None or (mention.kind in ("", "organisation") and not mention.entries)
        if told and (unlike or (mention is not None and mention.kind == "hardware")):
            start, end = of_noun(head)
            return [Party(referents.page.stored(start, end), "outlet", start, end, None, (), "told-to")]
        found = list(referents.parties([head]))
        if mention is not None and any(entry.kind == "outlet" for entry in mention.entries):
            found.insert(0, _as_listed(mention))
        outlets = [party for one in found if is_outlet(party := as_outlet(referents, one))]
        described = _described(referents, head) if mention is None else None
        outlets += [described] if described is not None else []
        if outlets:
            return outlets[:1]
    return []


def _before_noun(referents: Referents, head: Token) -> Party | None:
    """Return the outlet named before or after what it is: "the X newspaper", "the Y broadcaster X"."""
    nouns = cues("speech")["outlets"]
    inside = [t for t in head.children if t.dep_ in _MODIFIES and t.i < head.i]
    end = head.idx + len(head)
    if head.lemma_.lower() in nouns:
        after = [t for t in head.children if t.dep_ == "appos" and t.i == head.i + 1]
        named = [t for t in [*inside, *after] if t.pos_ in ("PROPN", "X")]
    else:
        named = [head] if head.pos_ == "PROPN" and any(t.lemma_.lower() in nouns for t in inside) else []
    for token in named:
        mention = referents.page.mention_at(token)
        if mention is not None and mention.kind == "outlet":
            return replace(referents.thing(mention), start=mention.start, end=end)
    own = [
        t for t in named if (m := referents.page.mention_at(t)) is None or m.kind not in ("state", "person")
    ]
    if not own:
        return None
    start = min(t.left_edge.idx if t != head else _name_start(head) for t in own)
    stop = max(t.idx + len(t) for t in own)
    return Party(referents.page.stored(start, stop), "outlet", start, end, None, (), "named-outlet")


def _name_start(head: Token) -> int:
    """Return where the capitalised words that end in a noun begin."""
    first = head
    while first.i > head.left_edge.i and first.nbor(-1).pos_ == "PROPN":
        first = first.nbor(-1)
    return first.idx


def as_reporter(party: Party) -> Party:
    """Return a body of no state that nobody knows as the outlet that it is where it reports."""
    organs = nominals()["organs"] | nominals()["bodies"]
    unknown = party.kind == "organisation" and party.iri is None and not party.states
    own = unknown and not organs & {word.lower() for word in party.name.split()}
    own = own and _PRESS_OFFICE.search(party.name) is None
    return replace(party, kind="outlet") if own else party


def _as_listed(mention: Mention) -> Party:
    """Return the outlet that a name may be of, where what it does is an outlet's: "AFP" is also an army's."""
    entry = next(entry for entry in mention.entries if entry.kind == "outlet")
    return Party(entry.name, "outlet", mention.start, mention.end, entry.iri or None, (), mention.form)


def unheard_of(referents: Referents, head: Token) -> Party | None:
    """Return a name that nobody knows as an outlet where it reports: "reported al-X on Monday"."""
    if head.pos_ != "PROPN" or referents.page.mention_at(head) is not None:
        return None
    start, end = _name_start(head), head.idx + len(head)
    return Party(referents.page.stored(start, end), "outlet", start, end, None, (), "unheard-of")


def as_outlet(referents: Referents, party: Party) -> Party:
    """Return a body whose name is that of a newspaper, agency or station as an outlet, by its full name."""
    inside = [m for m in referents.page.mentions if party.start <= m.start and m.end <= party.end]
    named = [m for m in inside if m.kind == "outlet"]
    if party.kind == "organisation" and party.iri is None and named:
        return replace(referents.thing(named[0]), start=party.start, end=party.end)
    if party.kind != "organisation" or not (_looks_like_one(party) or _told_as_one(referents, party)):
        return party
    words = set(party.name.split())
    for mention in referents.page.mentions:
        if mention.kind == "outlet" and words < set(mention.name.split()):
            known = referents.thing(mention)
            return replace(known, start=party.start, end=party.end)
    return replace(party, kind="outlet")


def _told_as_one(referents: Referents, party: Party) -> bool:
    """Tell whether the text calls a name that nobody knows an outlet: "state news agency X"."""
    nouns = "|".join(sorted(cues("speech")["outlets"]))
    named = rf"\b(?:{nouns}) {re.escape(party.name)}\b"
    return party.iri is None and re.search(named, referents.page.text) is not None


def _looks_like_one(party: Party) -> bool:
    """Tell whether a name is that of an outlet; the press service of a body speaks for it."""
    if _PRESS_OFFICE.search(party.name) is not None:
        return False
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", party.name)]
    named = cues("speech")["outlet_names"]
    return party.iri is None and any(word in named or word.endswith(_ENDINGS) for word in words)


def _described(referents: Referents, head: Token) -> Party | None:
    """Return an unnamed outlet in its words ("state media"), or that which "the newspaper" points back to."""
    lemma = head.lemma_.lower()
    press = lemma in _UNNAMED or (lemma in cues("speech")["outlets"] and head.tag_ == "NNS")
    definite = any(c.dep_ == "det" and c.lower_ == "the" for c in head.children)
    if lemma in cues("speech")["outlets"] and head.tag_ == "NN" and definite:
        states = modifier_states(referents, head)
        before = [m for m in referents.page.mentions if m.kind == "outlet" and m.start < head.idx]
        known = [referents.thing(m) for m in before]
        fits = [p for p in known if not states or set(states) & set(p.states)]
        return (
            replace(fits[-1], start=head.idx, end=head.idx + len(head), rule="outlet-again") if fits else None
        )
    if not press:
        return None
    start, end = of_noun(head)
    words = referents.page.stored(start, end)
    name = words.removeprefix("the ").removeprefix("The ")
    return Party(name, "outlet", start, end, None, (), "unnamed-outlet")
