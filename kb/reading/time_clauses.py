"""What the verbs around a phrase of time tell of it: whose it is, and whether it lies behind or ahead."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kb.edtf_bounds import bounds
from kb.reading.data import cues
from kb.reading.syntax import carrier
from kb.reading.time_anchors import begins_anew
from kb.reading.time_records import Tense, TimeMention
from kb.reading.tree import ancestors

_GOES: Final = frozenset(
    {"leave", "depart", "fly", "travel", "arrive", "visit", "go", "come", "head", "return", "land", "tour"}
)
_NOW: Final = frozenset({"is", "are", "'s", "'re"})
_DONE: Final = frozenset({"sign", "reach", "conclude", "adopt", "impose", "renew", "seal", "ratify"})
"""As participles these tell what lies behind: "a pact signed on Monday"; not "a summit hosted on Monday"."""
_DECIDED: Final = frozenset({"decision", "announcement"})
_ANNOUNCED: Final = frozenset({"announce", "declare", "inform", "notify", "report"})


def is_due(verb: Token) -> bool:
    """Tell whether a verb in the present tense may tell of a journey to come: "leaves", "is flying"."""
    pays = any(child.dep_ == "dobj" and child.lemma_.lower() == "visit" for child in verb.children)
    return is_on_the_way(verb) or (verb.tag_ in ("VBZ", "VBP") and (verb.lemma_ in _GOES or pays))


def is_on_the_way(verb: Token) -> bool:
    """Tell whether somebody is about to go: "is flying to X"."""
    helped = any(child.dep_ == "aux" and child.lower_ in _NOW for child in verb.children)
    return verb.tag_ == "VBG" and verb.lemma_ in _GOES and helped


def told_as_past(root: Token, token: Token) -> bool:
    """Tell whether a date stands with another verb in the past, not with what that announces or demands."""
    if any(above.lemma_.lower() in _DECIDED and above.is_ancestor(token) for above in ancestors(root)):
        return True
    verb = next((above for above in ancestors(root) if above.pos_ == "VERB" or begins_anew(above)), None)
    if verb is None or verb == token or token.is_ancestor(verb) or carrier(token) == verb:
        return False
    past = verb.tag_ == "VBD" and not any(child.tag_ == "MD" for child in verb.children)
    return past and verb.is_ancestor(token)


def tense_of(root: Token | None, told: Tense) -> Tense:
    """Return the tense in which a date is read: that of the verb with which it stands, if that shows it."""
    preceding = False
    for above in ancestors(root) if root is not None else ():
        if above.lower_ in ("after", "following", "since"):
            return told
        preceding |= above.dep_ == "prep" and above.lower_ == "before"
        if above.dep_ == "acl" and above.tag_ == "VBN":
            helped = any(child.dep_ in ("aux", "auxpass") for child in above.children)
            return "past" if above.lemma_ in _DONE and not helped else told
        if above.pos_ in ("VERB", "AUX"):
            helpers = {child.lower_ for child in above.children if child.dep_ == "aux"}
            if helpers & {"will", "'ll", "shall"} or (preceding and above.lower_ in ("comes", "come")):
                return "future"
            return "past" if above.tag_ == "VBD" and above.lemma_ in _GOES and not helpers else told
    return told


def telling(token: Token) -> Token | None:
    """Return the verb by which somebody tells what a verb says: "X did Y, the ministry said on Z"."""
    near = [token.head] if token.dep_ == "ccomp" else []
    near += [child for child in token.children if child.dep_ == "parataxis"]
    near += [verb for verb in token.sent if verb.i > token.i and _ends_the_sentence(verb)]
    return next((verb for verb in near if verb.lemma_ in cues("speech")["verbs"] | _ANNOUNCED), None)


def _ends_the_sentence(verb: Token) -> bool:
    """Tell whether a verb with a subject of its own stands after a comma, and no other verb after it."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    if verb.pos_ != "VERB" or not subjects or verb.doc[max(subjects[0].left_edge.i - 1, 0)].text != ",":
        return False
    return not any(word.pos_ in ("VERB", "AUX") for word in verb.doc[verb.i + 1 : verb.sent.end])


def since_event(root: Token | None) -> bool:
    """Tell whether a date is that of an event since which something holds: "since the invasion in May"."""
    above = list(ancestors(root))[:4] if root is not None else []
    return any(part.dep_ in ("prep", "mark") and part.lower_ == "since" for part in above)


def bounded(mention: TimeMention) -> str | None:
    """Return a date with its open side: "since 2011" is 2011/.., "by 2030" is ../2030."""
    edtf = mention.edtf
    if edtf is None or "/" in edtf:
        return edtf
    if mention.relation == "since":
        return f"{edtf}/.."
    if mention.relation in ("by", "until", "till"):
        return f"../{edtf}"
    return edtf


def finer(mention: TimeMention, other: TimeMention) -> bool:
    """Tell whether a phrase says a day or month within what another says: "last year …, in November"."""
    if mention.edtf is None or other.edtf is None or len(other.edtf) > len("2024-05"):
        return False
    mine, theirs = bounds(mention.edtf), bounds(other.edtf)
    if None in (mine.earliest, mine.latest, theirs.earliest, theirs.latest):
        return False
    inside = theirs.earliest <= mine.earliest and mine.latest <= theirs.latest  # type: ignore[operator]
    return inside and (len(mention.edtf) >= len("2024-05-16") or len(mention.edtf) > len(other.edtf))


def is_fixed_for(root: Token) -> bool:
    """Tell whether something is scheduled for a time, and does not last for it."""
    return root.head.dep_ == "prep" and root.head.head.lemma_ in cues("verbs")["planned"]
