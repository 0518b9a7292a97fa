"""What the words about a trigger say of certainty: auxiliaries, verbs, nouns, adjectives, conditions."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kb.reading.data import cues
from kb.reading.syntax import carrier
from kb.reading.tree import negated
from kb.records import Modality

STRENGTH: Final = {
    Modality.REPORTED: 0,
    Modality.PLANNED: 1,
    Modality.SPECULATED: 2,
    Modality.REQUESTED: 2,
}


def cue_of(governor: Token, below: Token, *, own: bool) -> tuple[Modality | None, bool]:
    """Return what a governor says of certainty, and whether it denies."""
    negative = negated(governor) or _yet(governor, below)
    found = _auxiliary(governor)
    lemma = governor.lemma_.lower()
    if not own and lemma == "call" and not calls_for(governor, below):
        return found, negative
    if not own and _doubted(governor):
        return Modality.SPECULATED, False
    if governor.pos_ in ("VERB", "AUX", "ADJ") and not own:
        found = stronger(found, _by(lemma, "verbs"))
        negative ^= lemma in cues("verbs")["negated"]
    if governor.pos_ == "NOUN":
        if not own:
            found = stronger(found, _by(lemma, "nouns")) if _means(governor, below) else found
            negative ^= lemma in cues("nouns")["negated"]
        for child in governor.children:
            if child.dep_ in ("amod", "compound"):
                found = stronger(found, _by(child.lower_, "adjectives"))
            if own and child.dep_ == "det" and child.lower_ == "any" and not negative:
                found = Modality.SPECULATED
        verb = carrier(governor)
        if verb is not None and own:
            found = stronger(found, _auxiliary(verb))
            negative ^= negated(verb)
            meant = verb.lemma_ in cues("verbs")["planned"] and verb.lemma_ != "undertake"
            if meant or _itinerary(verb):
                found = stronger(found, Modality.PLANNED)
    for child in governor.children:
        if child.dep_ in ("acomp", "amod") and governor.pos_ == "AUX":
            found = stronger(found, _by(child.lower_, "adjectives"))
        if child.dep_ == "advmod" and child.lower_ in cues("adverbs")["speculated"]:
            found = stronger(found, Modality.SPECULATED)
        beside = child.dep_ == "attr" and child != below and not own
        if beside and child.lemma_.lower() in cues("evidence")["all"]:
            negative ^= negated(child)
    return found, negative


def calls_for(verb: Token, below: Token) -> bool:
    """Tell whether to call is to ask: "called for talks", "called on X to go"; not "called it a threat"."""
    return below.dep_ == "xcomp" or any(
        child.dep_ == "prep" and child.lower_ in ("for", "on", "upon") for child in verb.children
    )


def _means(noun: Token, below: Token) -> bool:
    """Tell whether a noun says how sure its event is; "commitment to the treaty" only names what is so."""
    return noun.lemma_.lower() not in ("commitment", "agreement") or (
        below.pos_ != "ADP" and (below.pos_ in ("VERB", "AUX") or noun.lemma_.lower() != "commitment")
    )


def _yet(governor: Token, below: Token) -> bool:
    """Tell whether an infinitive is what has "yet to" be done."""
    return (
        governor.lemma_ == "have"
        and below.dep_ == "xcomp"
        and any(child.lower_ == "yet" for part in (governor, below) for child in part.children)
    )


def _doubted(governor: Token) -> bool:
    """Tell whether a clause is said not to be sure: "it is not certain that", "it is unclear whether"."""
    for child in governor.children:
        if child.dep_ in ("acomp", "attr") and governor.lemma_ in ("be", "remain", "become"):
            if child.lower_ in cues("adjectives")["unsure"]:
                return True
            if negated(governor) and child.lower_ in cues("adjectives")["sure"]:
                return True
    return False


def supposed(verb: Token) -> bool:
    """Tell whether a verb says what would follow from a condition: "would supply arms if …"."""
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return bool(helpers & {"would", "will", "could", "might", "'d", "'ll"}) and any(
        child.dep_ == "advcl" and conditional(child) and not _whether(child) for child in verb.children
    )


def _whether(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "whether" for child in clause.children)


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
            if word in cues("auxiliaries")["requested"]:
                return Modality.REQUESTED
            if word == "to" and verb.dep_ == "ROOT" and verb.tag_ == "VB":
                return Modality.PLANNED  # a headline's future: "X to buy jets"
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


def stronger(one: Modality | None, two: Modality | None) -> Modality | None:
    """Return the one of two cues that says more."""
    if one is None or two is None:
        return one or two
    return one if STRENGTH[one] >= STRENGTH[two] else two


def conditional(verb: Token) -> bool:
    """Tell whether a verb stands in a condition: "if X supplies arms"."""
    return any(
        child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether") for child in verb.children
    )
