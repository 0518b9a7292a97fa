"""How sure a text is: reported, planned, speculated, requested; affirmed or negated."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kb.reading.data import cues
from kb.reading.syntax import carrier, intended
from kb.reading.tree import negated, of_nothing
from kb.records import Modality, Polarity

_STRENGTH = {Modality.REPORTED: 0, Modality.PLANNED: 1, Modality.SPECULATED: 2, Modality.REQUESTED: 2}
_CLAUSAL = frozenset(
    {
        "ccomp",
        "xcomp",
        "acl",
        "advcl",
        "pcomp",
        "relcl",
        "csubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "prep",
        "attr",
        "conj",
        "appos",
        "nsubj",
        "agent",
        "oprd",
        "amod",
    }
)


def modality_of(token: Token) -> tuple[Modality, Polarity, str]:
    """Return modality, polarity and a detail ("hypothetical") of an event, by what governs its trigger."""
    found, detail = Modality.REPORTED, ""
    negative = of_nothing(token)
    below = token
    for governor in chain(token):
        own = governor == token
        cue, says_no = _cue(governor, own=own)
        negative ^= says_no or governor.lower_ == "without"
        if _is_to(governor, below):
            cue = _stronger(cue, Modality.PLANNED)
        below = governor
        if cue is not None and _STRENGTH[cue] > _STRENGTH[found]:
            found = cue
        if _conditional(governor):
            found, detail = Modality.SPECULATED, "hypothetical"
    return found, Polarity.NEGATED if negative else Polarity.AFFIRMED, detail


def _is_to(governor: Token, below: Token) -> bool:
    """Tell whether an infinitive is what somebody is to do: "the minister is to travel"."""
    return (
        governor.lemma_ == "be"
        and below.dep_ == "xcomp"
        and below.tag_ == "VB"
        and any(child.dep_ == "aux" and child.lower_ == "to" for child in below.children)
        and not any(child.dep_ in ("acomp", "attr") for child in governor.children)
    )


def chain(token: Token) -> Iterator[Token]:
    """Yield a trigger and what governs it, up to another event's clause."""
    yield token
    current = token
    for _ in range(7):
        link, head = current.dep_, current.head
        if head == current or link not in _CLAUSAL:
            return
        if link == "conj":
            # a joined verb shares the auxiliaries of the first where it has no subject and no tense
            if any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in current.children) or current.tag_ in (
                "VBD",
                "VBZ",
                "VBP",
            ):
                return
            if current.pos_ in ("NOUN", "PROPN") and head.pos_ in ("NOUN", "PROPN"):
                current = head
                continue
        if link in ("advcl", "prep") and not _purpose(current, link):
            return
        if link in ("relcl", "nsubj", "agent", "appos") and current.pos_ in ("VERB", "AUX"):
            return
        if link in ("nsubj",) and not _happens(head):
            return
        if link in ("pobj", "prep") and head.pos_ == "ADP":
            if head.lower_ == "without":
                yield head
                return
            current = head
            continue
        if link == "prep" and head.pos_ == "NOUN" and not _cue_noun(head):
            return
        decision = intended(current)
        if decision is not None:
            yield decision
            return
        yield head
        if link == "ccomp" and head.pos_ == "VERB" and head.lemma_ in cues("speech")["verbs"]:
            return
        current = head


def _purpose(token: Token, link: str) -> bool:
    """An infinitive of purpose shares the certainty of what it is the purpose of."""
    if link == "prep":
        if token.i < token.head.i and token.head.lemma_ in cues("speech")["verbs"]:
            return False  # "in his talks with X, Y accused Z": the talks are no part of what is said
        return token.head.pos_ in ("NOUN", "VERB", "ADJ") and token.lower_ in (
            "of",
            "for",
            "to",
            "in",
            "about",
            "on",
            "with",
            "before",
            "until",
        )
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def _cue_noun(noun: Token) -> bool:
    lists = cues("nouns").values()
    return any(noun.lemma_.lower() in words for words in lists) or noun.lemma_.lower() in (
        "part",
        "series",
        "round",
        "visit",
    )


def _happens(verb: Token) -> bool:
    return verb.lemma_ in (
        "be",
        "take",
        "start",
        "restart",
        "begin",
        "resume",
        "happen",
        "occur",
        "cover",
        "continue",
        "include",
        "expect",
        "plan",
    )


def _cue(governor: Token, *, own: bool) -> tuple[Modality | None, bool]:
    """Return what a governor says of certainty, and whether it denies."""
    negative = negated(governor)
    found = _auxiliary(governor)
    lemma = governor.lemma_.lower()
    if governor.pos_ in ("VERB", "AUX", "ADJ") and not own:
        found = _stronger(found, _by(lemma, "verbs"))
        negative ^= lemma in cues("verbs")["negated"]
    if governor.pos_ == "NOUN":
        if not own:
            found = _stronger(found, _by(lemma, "nouns"))
            negative ^= lemma in cues("nouns")["negated"]
        for child in governor.children:
            if child.dep_ in ("amod", "compound"):
                found = _stronger(found, _by(child.lower_, "adjectives"))
        verb = carrier(governor)
        if verb is not None and own:
            found = _stronger(found, _auxiliary(verb))
            negative ^= negated(verb)
            if verb.lemma_ in cues("verbs")["planned"] or _itinerary(verb):
                found = _stronger(found, Modality.PLANNED)
    for child in governor.children:
        if child.dep_ in ("acomp", "amod") and governor.pos_ == "AUX":
            found = _stronger(found, _by(child.lower_, "adjectives"))
    return found, negative


def _itinerary(verb: Token) -> bool:
    subjects = [c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"]
    return any(noun in cues("nouns")["planned"] for noun in subjects)


def _auxiliary(verb: Token) -> Modality | None:
    past = any(child.dep_ == "aux" and child.lower_ in ("have", "had", "has") for child in verb.children)
    for child in verb.children:
        if child.dep_ == "aux":
            word = child.lower_
            if word in cues("auxiliaries")["planned"]:
                return Modality.PLANNED
            if word in cues("auxiliaries")["speculated"]:
                return Modality.SPECULATED
            if word == "would" and not past:
                return Modality.PLANNED
            if word in ("is", "are", "was", "were", "be") and verb.tag_ == "VB":
                return Modality.PLANNED
    return None


def _by(lemma: str, section: str) -> Modality | None:
    for name in ("requested", "speculated", "planned"):
        if lemma in cues(section).get(name, frozenset()):
            return Modality(name)
    return None


def _stronger(one: Modality | None, two: Modality | None) -> Modality | None:
    if one is None or two is None:
        return one or two
    return one if _STRENGTH[one] >= _STRENGTH[two] else two


def _conditional(verb: Token) -> bool:
    return any(
        child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether") for child in verb.children
    )


def accepted(token: Token) -> bool:
    """Tell whether the invitation to an event is said to be accepted, here or in the next sentence."""
    document, end = token.doc, token.sent.end
    following = document[end].sent if end < len(document) else token.sent
    for sentence in (token.sent, following):
        words = {part.lemma_.lower() for part in sentence}
        if "accept" in words and ("invitation" in words or "invite" in words):
            return not any(part.lemma_.lower() == "accept" and negated(part) for part in sentence)
    return False
