"""States that no reference data hold, known from the text's own evidence: "the Ruritanian foreign minister".

Such a state has a code of its own for the length of one text ("?Ruritania"), so that every rule on states
holds for it; no claim shows the code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from kb.reading.data import nominals
from kb.reading.dates_words import date_words
from kb.reading.lexicon_records import Entry, Match
from kb.reading.model import Mention
from kb.reading.titles import find_titles

_ROLES: Final = frozenset({"HeadOfState", "HeadOfGovernment", "ForeignMinister", "DefenceMinister"})
_RANKS: Final = frozenset({"minister", "president", "premier", "ambassador", "envoy", "spokesman"})
"""Last words of the other titles that only a state gives."""
_OF_AREAS: Final = frozenset({"minister", "deputy minister", "chairman", "general secretary"})
"""Titles that "of X" gives an area or a body, no state: "Minister of Youth", "chairman of the Standing …"."""
_NAME: Final = r"(?:(?:North|South|East|West|New|Upper|Lower) )?[A-Z][a-zà-ÿ’'-]{2,}(?<![’'-])"
_DEMONYM: Final = re.compile(r"(?:ian|ean|an|ese|ish|i|ic|er)$")
_BEFORE: Final = re.compile(rf"(?P<name>{_NAME})(?P<owner>['’]s)? (?:(?:deputy|vice|acting|former) )?$")
_AFTER: Final = re.compile(
    rf"^ of (?:the )?(?:(?:Republic|Kingdom|Sultanate) of )?(?P<name>{_NAME})(?P<more> [A-Z])?"
)
_HELD: Final = re.compile(rf"^ (?:[A-Z][\w’'.-]+ ){{1,4}}of (?:the )?(?P<name>{_NAME})(?! [A-Z])")
"""A name between title and state: "President Varga of Keltria"."""
_LONG: Final = re.compile(
    rf"\b(?:Republic|Kingdom|Sultanate|Emirate|Principality|Commonwealth) of (?P<name>{_NAME})"
)
_OF: Final = re.compile(
    r"\b(?:[Gg]overnment|[Ee]mbassy|[Aa]mbassador|[Pp]eople|[Cc]apital|[Pp]arliament|[Aa]rmed [Ff]orces)"
    rf" (?:of|to) (?:the )?(?:(?:Republic|Kingdom) of )?(?P<name>{_NAME})"
)
_PAIR: Final = re.compile(
    r"\b(?P<name>[A-Z][a-zà-ÿ]{3,})(?:-| and )(?P<other>[A-Z][a-zà-ÿ]{3,}) "
    r"(?=(?i:relations|ties|talks|cooperation|relationship|summit|trade|border|presidents|leaders|governments|"
    r"foreign|defen[cs]e|ministers)\b)"
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that may name a state, with what speaks for it."""

    text: str
    sure: bool


def matches(text: str, outlet: str, known: Sequence[Match]) -> list[Match]:
    """Return where a text names states that are in no lexicon, by name or demonym, sorted by start.

    ``known``: what the lexicon finds in the text. Words that it accounts for are no evidence.
    """
    taken = bytearray(len(text))
    for match in known:
        taken[match.start : match.end] = b"\1" * (match.end - match.start)
    words = {word for source in (text, outlet) for word in _evidence(source)}
    listed = {match.text for match in known}
    words = {word for word in words if word.text not in listed}
    return _found(text, taken, _states(words, text))


def acting(document: Doc, text: str, mentions: Sequence[Mention]) -> list[Match]:
    """Return where a text names states that nothing but their acts tell: "X and Y signed", "arms to X".

    ``mentions``: what the text names. A name counts that the finder of names takes for a place.
    """
    points: Counter[str] = Counter()
    places: Counter[str] = Counter()
    taken = bytearray(len(text))
    barred = nominals()["not_states"] | nominals()["no_name"]
    for mention in mentions:
        doubtful = not mention.entries and mention.form == "ner" and len(mention.text.split()) < 3
        if not doubtful or any(word.lower() in barred for word in mention.text.split()):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            continue
        span = document[mention.first : mention.last + 1]
        places[mention.name] += 1 if mention.kind in ("settlement", "region") else -1
        points[mention.name] += _acts(span.root)
    names = {name for name in points if points[name] > 1 and places[name] >= 0 and name[:1].isupper()}
    forms = {name: {name: "name"} for name in names}
    for name in names:
        for word in set(re.findall(rf"\b{re.escape(name[:4])}[a-zà-ÿ]+\b", text)):
            if _DEMONYM.search(word) and _derived(name, word):
                forms[name][word] = "demonym"
    return _found(text, taken, forms)


def _acts(head: Token) -> int:
    """Return how strongly a name's use speaks for a state."""
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_ in nominals()["state_verbs"]:
        return 2
    if head.dep_ in ("poss", "compound", "nmod") and verb.lemma_.lower() in nominals()["state_owned"]:
        return 2
    if head.dep_ == "pobj" and verb.lower_ in ("between", "with", "against", "to", "from"):
        return 1 + (verb.head.lemma_.lower() in nominals()["state_dealings"])
    if head.dep_ in ("conj", "dobj", "nsubj", "nsubjpass"):
        return 1
    return 0


def _found(text: str, taken: bytearray, states: dict[str, dict[str, str]]) -> list[Match]:
    found: list[Match] = []
    for name, forms in sorted(states.items()):
        entry = _entry(name)
        for form, kind in sorted(forms.items(), key=lambda pair: (-len(pair[0]), pair[0])):
            for hit in re.finditer(rf"(?<![\w]){re.escape(form)}(?:(?<=[nri])s)?(?!\w)", text):
                if not any(taken[hit.start() : hit.end()]):
                    taken[hit.start() : hit.end()] = b"\1" * (hit.end() - hit.start())
                    found.append(Match(*hit.span(), hit[0], kind, (entry,), (kind,)))
    return sorted(found, key=lambda match: match.start)


def home(outlet: str, known: Sequence[Match], found: Sequence[Match]) -> Entry | None:
    """Return the unlisted state whose office or body an outlet is: "President of Keltria".

    ``known``: what the lexicon finds in the outlet's name; ``found``: the unlisted states of the text.
    """
    for match in found:
        if re.search(rf"\b{re.escape(match.text)}\b", outlet):
            return match.entries[0]
    listed = " ".join(match.text for match in known)
    words = {word for word in _evidence(outlet) if word.sure and word.text not in listed}
    names = sorted(_states(words, outlet))
    return _entry(names[0]) if names else None


def _entry(name: str) -> Entry:
    return Entry("", "state", name, f"?{name}", None, (), None)


def _states(words: set[_Word], text: str) -> dict[str, dict[str, str]]:
    """Return each state's forms with their kinds, by its name."""
    demonyms = sorted(word.text for word in words if _DEMONYM.search(word.text))
    plain = {word.text for word in words} - set(demonyms)
    found: dict[str, dict[str, str]] = {}
    for demonym in demonyms:
        name = next((name for name in sorted(plain) if _derived(name, demonym)), None) or _name_in(
            text, demonym
        )
        if name is not None:
            found.setdefault(name, {name: "name"})[demonym] = "demonym"
        elif any(word.sure for word in words if word.text == demonym):
            name = _stem(demonym)
            found.setdefault(name, {name: "name"})[demonym] = "demonym"
    for word in sorted(words, key=lambda one: one.text):
        if word.sure and word.text in plain and word.text not in found:
            found[word.text] = {word.text: "name"}
            for other in set(re.findall(rf"\b{re.escape(word.text[:4])}[a-z]+\b", text)):
                if _DEMONYM.search(other) and _derived(word.text, other):
                    found[word.text][other] = "demonym"
    return found


def _name_in(text: str, demonym: str) -> str | None:
    """Return the word of a text that a demonym is made of."""
    near = sorted(set(re.findall(rf"\b{re.escape(demonym[:4])}[a-zà-ÿ]*\b", text)))
    return next((word for word in near if word != demonym and _derived(word, demonym)), None)


def _derived(name: str, demonym: str) -> bool:
    """Tell whether a demonym is made of a name: Zembla, Zemblan; Norvland, Norvish; Kuvesh, Kuveshi."""
    for ending in ("land", "stan"):
        if name.endswith(ending) and len(name) > 7 and demonym.startswith(name[: -len(ending)]):
            return True
    stem = name.rstrip("aeio") if len(name.rstrip("aeio")) > 3 else name
    return name != demonym and demonym.startswith(stem) and len(demonym) - len(stem) <= 5


def _stem(demonym: str) -> str:
    for ending, back in (("ian", "ia"), ("ean", "ea"), ("an", "a"), ("ese", ""), ("i", ""), ("ish", "land")):
        if demonym.endswith(ending):
            return demonym[: -len(ending)] + back
    return demonym


def _evidence(text: str) -> Iterator[_Word]:
    """Yield the words of a text that something of a state stands beside."""
    barred = nominals()["not_states"] | _RANKS | date_words().months.keys()
    for word in _beside(text):
        if not any(part.lower() in barred for part in re.split(r"[ '’-]", word.text)):
            yield word


def _beside(text: str) -> Iterator[_Word]:
    for title in find_titles(text):
        if not _ROLES & set(title.title.roles) and title.title.text.split()[-1] not in _RANKS:
            continue
        area = title.title.text in _OF_AREAS
        after = (
            None
            if area
            else _AFTER.match(text[title.end : title.end + 60])
            or _HELD.match(text[title.end : title.end + 90])
        )
        if area and (held := _HELD.match(text[title.end : title.end + 90])):
            yield _Word(held["name"], sure=True)
        if after:
            yield _Word(after["name"], sure=True)
        before = _BEFORE.search(text[max(0, title.start - 40) : title.start])
        if before:
            of_people = _DEMONYM.search(before["name"]) and not before["owner"]
            led = title.title.text != "leader" or re.match(r" [A-Z]", text[title.end : title.end + 2])
            yield _Word(before["name"], sure=bool(of_people and led))
    for pattern in (_LONG, _OF):
        for hit in pattern.finditer(text):
            yield _Word(hit["name"], sure=True)
    for hit in _PAIR.finditer(text):
        both = bool(_DEMONYM.search(hit["name"]) and _DEMONYM.search(hit["other"]))
        for group in ("name", "other"):
            yield _Word(hit[group], sure=both)
    bodies = "|".join(sorted(nominals()["state_bodies"]))
    for hit in re.finditer(rf"\b(?P<name>{_NAME})(?P<owner>['’]s)? (?:{bodies})\b", text):
        yield _Word(hit["name"], sure=bool(_DEMONYM.search(hit["name"])) and not hit["owner"])
