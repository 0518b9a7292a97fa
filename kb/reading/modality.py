"""How sure a text is: reported, planned, speculated, requested; affirmed or negated."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kb.reading.data import cues
from kb.reading.modality_cues import STRENGTH, conditional, cue_of, stronger, supposed
from kb.reading.syntax import intended
from kb.reading.tree import negated, of_nothing, once
from kb.records import Modality, Polarity

_CLAUSAL = frozenset({
    "ccomp", "xcomp", "acl", "advcl", "pcomp", "relcl", "csubj", "nsubjpass", "dobj", "pobj", "prep", "attr",
    "conj", "appos", "nsubj", "agent", "oprd", "amod",
})  # fmt: skip
_PURPOSE = frozenset({"of", "for", "to", "in", "about", "on", "with", "before", "until"})
_GOES_ON = frozenset({"part", "series", "round", "visit"})
_HAPPENS = frozenset({
    "be", "take", "start", "restart", "begin", "resume", "happen", "occur", "cover", "continue", "include",
    "expect", "plan",
})  # fmt: skip
_COURTESIES = frozenset({"thank", "greet", "congratulate"})
_ENDS = frozenset({"lift", "ease", "end", "remove", "relax", "suspend", "terminate"})
_JOURNEYS = ("visit", "trip", "tour", "stay")


@once
def modality_of(token: Token) -> tuple[Modality, Polarity, str]:
    """Return modality, polarity and a detail ("hypothetical") of an event, by what governs its trigger."""
    found, detail = Modality.REPORTED, ""
    negative = of_nothing(token)
    below = token
    for governor in chain(token):
        own = governor == token
        cue, says_no = cue_of(governor, below, own=own)
        negative ^= says_no or governor.lower_ == "without"
        if _is_to(governor, below):
            cue = stronger(cue, Modality.PLANNED)
        below = governor
        if cue is not None and STRENGTH[cue] > STRENGTH[found]:
            found = cue
        if conditional(governor) or supposed(governor):
            found, detail = Modality.SPECULATED, "hypothetical"
    if negative and found is Modality.SPECULATED and _denied(token):
        found, detail = Modality.REPORTED, ""
    if found is Modality.REPORTED and _still_ahead(token):
        found = Modality.PLANNED
    return found, Polarity.NEGATED if negative else Polarity.AFFIRMED, detail


def _denied(token: Token) -> bool:
    """Tell whether what others allege is denied: "denied reports claiming that X sold arms"."""
    return any(governor.lemma_ in ("deny", "dismiss", "reject", "refute") for governor in chain(token))


def position_of(token: Token) -> tuple[Modality, Polarity, str]:
    """Return modality and polarity of a position taken: taken now, also where it is on what will be.

    "X will support Y" is a promise made; "X will condemn Y in a speech" has still to be said.
    """
    modality, _, _ = modality_of(token)
    said = token.lemma_.lower() not in cues("attitudes")["all"]
    ahead = modality is Modality.PLANNED and said and _to_come(token)
    denied = said and token.pos_ == "VERB" and negated(token)
    return (
        Modality.PLANNED if ahead else Modality.REPORTED,
        Polarity.NEGATED if denied else Polarity.AFFIRMED,
        "",
    )


def _to_come(token: Token) -> bool:
    """Tell whether a verb of speech is itself in the future, by an auxiliary or as somebody's purpose."""
    helpers = {child.lower_ for child in token.children if child.dep_ == "aux"}
    return bool(helpers & {"will", "shall", "'ll", "to"})


def _still_ahead(token: Token) -> bool:
    """Tell whether an event is only what another is for: "arrived for talks", "ahead of his trip"."""
    head = token.head
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ != "pobj":
        return False
    if head.lower_ == "for":
        return token.lemma_ not in _JOURNEYS and head.head.lemma_ in cues("journeys")["all"]
    return head.lower_ == "of" and head.head.lower_ == "ahead"


def _is_to(governor: Token, below: Token) -> bool:
    """Tell whether an infinitive is what somebody is to do: "the minister is to travel", "is going to"."""
    going = governor.lower_ == "going" and any(
        c.dep_ == "aux" and c.lemma_ == "be" for c in governor.children
    )
    return (
        (governor.lemma_ == "be" or going)
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
            own = [c for c in current.children if c.dep_ in ("nsubj", "nsubjpass", "aux")]
            if any(c.lower_ != "to" for c in own) or current.tag_ in ("VBD", "VBZ", "VBP"):
                return
            if current.pos_ in ("NOUN", "PROPN") and head.pos_ in ("NOUN", "PROPN"):
                current = head
                continue
        if link in ("advcl", "prep") and not _purpose(current, link):
            return
        if link == "acl" and current == token and _is_done(current):
            return
        if link == "relcl" and head.lemma_.lower() in cues("evidence")["all"]:
            yield head  # "no proof X was sending …", a clause without "that"
            link = "acl"
        if link in ("relcl", "nsubj", "agent", "appos") and current.pos_ in ("VERB", "AUX"):
            return
        if link == "nsubj" and head.lemma_ not in _HAPPENS:
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
        tells = link == "ccomp" and head.pos_ == "VERB" and head.lemma_ in cues("speech")["verbs"]
        if tells or _is_courtesy(head):
            return
        current = head


def _is_courtesy(verb: Token) -> bool:
    """Tell whether a wish only opens what is said: "I would like to thank you for your visit"."""
    if verb.dep_ != "xcomp" or verb.head.lemma_ not in ("like", "want", "wish"):
        return False
    guest = any(child.dep_ == "dobj" and child.lower_ == "you" for child in verb.children)
    return verb.lemma_ in _COURTESIES or (guest and verb.lemma_ == "welcome")


def _is_done(participle: Token) -> bool:
    """Tell whether a participle tells what is to end, and so was done: "to lift the sanctions imposed"."""
    noun = participle.head
    return participle.tag_ == "VBN" and noun.dep_ == "dobj" and noun.head.lemma_ in _ENDS


def _purpose(token: Token, link: str) -> bool:
    """An infinitive of purpose shares the certainty of what it is the purpose of."""
    if link == "prep":
        if token.i < token.head.i and token.head.lemma_ in cues("speech")["verbs"]:
            return False  # "in his talks with X, Y accused Z": the talks are no part of what is said
        return token.head.pos_ in ("NOUN", "VERB", "ADJ") and token.lower_ in _PURPOSE
    ruled = (
        token.tag_ == "VBG" and token.head.lemma_ in cues("verbs")["negated"]
    )  # "ruled out sending troops"
    return ruled or any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def _cue_noun(noun: Token) -> bool:
    lists = cues("nouns").values()
    return any(noun.lemma_.lower() in words for words in lists) or noun.lemma_.lower() in _GOES_ON


def accepted(token: Token) -> bool:
    """Tell whether the invitation to an event is said to be accepted, here or in the next sentence."""
    document, end = token.doc, token.sent.end
    following = document[end].sent if end < len(document) else token.sent
    for sentence in (token.sent, following):
        words = {part.lemma_.lower() for part in sentence}
        if "positively" in words and "respond" in words:
            return True
        if "accept" in words and ("invitation" in words or "invite" in words):
            return not any(part.lemma_.lower() == "accept" and negated(part) for part in sentence)
    return False
