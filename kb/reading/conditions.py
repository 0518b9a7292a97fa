"""The conditions of a frame beyond its roles: modifiers, prepositions, objects, clauses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.frames import Frame
from kb.reading.model import NOWHERE, Party, Spot
from kb.reading.role_walks import heads
from kb.reading.sides import is_paper
from kb.reading.syntax import carrier, objects, preposition, subjects
from kb.reading.tree import ancestors, is_going_to, is_passive, owners, text_of

_ALSO: Final = frozenset({"or_adjectives", "complements"})
"""What may stand where a preposition is asked for."""
_MODIFYING: Final = frozenset({"amod", "compound", "nmod"})
_WITH = frozenset({"with"})
_BULLET: Final = re.compile(r"[\s\d.()\-*•·▪●]*(?:[ivxIVX]{1,4}[.)]\s*)?(?:an? |the )?(?:[\w-]+ ){0,3}?")
_SIGNED: Final = re.compile(r"\bsign|agreements?\b|documents?\b|memorand|MoU|accords?\b", re.IGNORECASE)
_SHARES: Final = frozenset(
    {"most", "much", "part", "rest", "half", "some", "all", "couple", "bulk", "remainder"}
)
_LIST: Final = 1500
"""Characters before a line of a list in which the text says what the list is of."""


def allows(
    frame: Frame, token: Token, referents: Referents, roles: Mapping[str, tuple[Party, ...]], spot: Spot
) -> bool:
    """Tell whether a trigger meets the conditions of its frame that ``begins`` does not ask for."""
    if frame.requires and not _required(frame.requires, token, referents, roles, spot):
        return False
    return not (frame.unless and _barred(frame.unless, token, referents))


def begins(frame: Frame, token: Token) -> bool:
    """Tell whether the words beside a trigger are those of its frame: what is asked first, being cheap."""
    if frame.preposition and token.head.lower_ not in frame.preposition:
        return False
    if frame.modifiers and not ((_modifiers(token) | _inner_modifiers(token)) & frame.modifiers):
        return False
    if frame.objects and not _object_lemmas(token) & frame.objects:
        return False
    asked = frame.requires.get("prepositions") if _ALSO.isdisjoint(frame.requires) else None
    return not asked or any(_prepositional(token, rule) for rule in asked)


def _object_lemmas(token: Token) -> set[str]:
    """Return the lemmas of what a verb has as objects, of the whole too where that is a share of it."""
    found = objects(token) or [child for child in token.children if child.dep_ == "npadvmod"]
    wholes = [t for head in found if head.lower_ in _SHARES for t in preposition(head, frozenset({"of"}))]
    return {head.lemma_.lower() for head in (*found, *wholes)}


def _lemmas(tokens: list[Token]) -> set[str]:
    return {token.lemma_.lower() for token in tokens}


def _faces(token: Token, paths: tuple[str, ...], referents: Referents) -> bool:
    """Tell whether a person, or a group of persons, stands at the end of one of some paths."""
    faced = referents.parties(head for path in paths for head in heads(token, path))
    return any(party.kind in ("person", "group") and not is_paper(party) for party in faced)


def _modifiers(token: Token) -> set[str]:
    before = [child for child in token.children if child.dep_ in _MODIFYING]
    words = {child.lower_ for child in before}
    if token.pos_ == "VERB":
        below = [token, *(child for child in token.children if child.dep_ == "prep")]
        words |= {child.lower_ for one in below for child in one.children if child.dep_ == "advmod"}
    if token.dep_ in ("compound", "nmod"):  # "Joint Military Exercise Silver Bear" is one name to the parser
        words |= {child.lower_ for child in token.head.children if child.i < token.i}
    verb = carrier(token)
    return (
        words | {child.lower_ for child in verb.children if child.dep_ in ("amod", "advmod")}
        if verb is not None
        else words
    )


def _inner_modifiers(token: Token) -> set[str]:
    """Return what modifies a noun's modifiers: "maritime" of "a maritime special-operations exercise"."""
    before = (child for child in token.children if child.dep_ in _MODIFYING)
    return {inner.lower_ for child in before for inner in child.children if inner.dep_ in _MODIFYING}


def _required(
    conditions: Mapping[str, tuple[str, ...]],
    token: Token,
    referents: Referents,
    roles: Mapping[str, tuple[Party, ...]],
    spot: Spot,
) -> bool:
    held = []
    if "prepositions" in conditions:
        held.append(any(_prepositional(token, rule) for rule in conditions["prepositions"]))
    if "or_adjectives" in conditions:
        held.append(
            any(c.dep_ == "acomp" and c.lower_ in conditions["or_adjectives"] for c in token.children)
        )
    if "complements" in conditions:
        held.append(any(c.dep_ in conditions["complements"] for c in token.children))
    if (held and not any(held)) or ("passive" in conditions and not is_passive(token)):
        return False
    if "objects" in conditions:
        nouns = objects(token) + list(preposition(token, frozenset({"in"})))
        if not {t.lemma_.lower() for t in nouns} & set(conditions["objects"]):
            return False
    if "clause" in conditions and not any(c.dep_ in ("acl", "ccomp", "relcl") for c in token.children):
        return False
    if "infinitives" in conditions and not any(
        c.dep_ in ("xcomp", "ccomp") and c.lemma_ in conditions["infinitives"] for c in token.children
    ):
        return False
    if "words" in conditions and not {t.lower_ for t in token.subtree} & set(conditions["words"]):
        return False
    if "carriers" in conditions:
        verb = carrier(token)
        if (verb or token.head).lemma_ not in conditions["carriers"]:
            return False
    if "listed" in conditions and not _is_listed(token):
        return False
    if "nowhere" in conditions and spot != NOWHERE:
        return False
    if "bodies" in conditions and not _lemmas(subjects(token)) & set(conditions["bodies"]):
        return False
    if "facing" in conditions and not _faces(token, conditions["facing"], referents):
        return False
    if "two_states" in conditions and len({s for party in roles["agents"] for s in party.states}) < 2:
        return False
    if "any" in conditions:
        return any((key == "spot" and spot != NOWHERE) or roles.get(key) for key in conditions["any"])
    return True


def _is_listed(token: Token) -> bool:
    """Tell whether a noun opens a line of a list of papers that were signed: "2. Memorandum of …"."""
    text = text_of(token.doc)
    start = text.rfind("\n", 0, token.idx) + 1
    opens = _BULLET.fullmatch(text[start : token.left_edge.idx]) or _BULLET.fullmatch(text[start : token.idx])
    told = any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in token.sent if word.i > token.i)
    return bool(opens) and not told and _SIGNED.search(text, max(0, start - _LIST), start) is not None


def _barred(conditions: Mapping[str, tuple[str, ...]], token: Token, referents: Referents) -> bool:
    if set(conditions.get("modifiers", ())) & _modifiers(token):
        return True
    if any(_prepositional(token, rule) for rule in conditions.get("prepositions", ())):
        return True
    passively = conditions.get("passively", ()) if is_passive(token) else ()
    if any(_prepositional(token, rule) for rule in passively):
        return True
    fronted = () if is_passive(token) else conditions.get("fronted", ())
    if any(_prepositional(token, rule, before=token.i) for rule in fronted):
        return True
    below = {child.dep_ for child in token.children}
    below -= {"oprd"} if "dobj" not in below else set()  # alone it is an object that the parser misread
    if below & set(conditions.get("objects_with", ())):
        return True
    if "passive" in conditions and is_passive(token):
        return True
    if "about_to" in conditions and is_going_to(token):
        return True
    if token.pos_ == "NOUN" and _only_vowed(token, conditions.get("vowed", ())):
        return True
    verb = carrier(token) if "carriers" in conditions else None
    if verb is not None and verb.lemma_ in conditions["carriers"] and not list(preposition(token, _WITH)):
        return True
    if "objects_alone" in conditions and _does_alone(token, conditions["objects_alone"], referents):
        return True
    if "owners" in conditions and _is_owned(token, referents):
        return True
    asked = (t for t in token.subtree if t.tag_ == "TO" and t.head.tag_ == "VB" and t.head != token)
    if "asks" in conditions and any(asked):
        return True
    if "matters" in conditions and _is_matter(token, conditions["matters"]):
        return True
    if "object_person" in conditions and token.lemma_ == "welcome":
        return any(p.kind == "person" for p in referents.parties(objects(token)))
    return False


def _does_alone(token: Token, nouns: tuple[str, ...], referents: Referents) -> bool:
    """Tell whether one party alone signs or adopts what one party can: a plan, a law, a resolution."""
    papers = {t.lemma_.lower() for t in objects(token)}
    return bool(papers) and papers <= set(nouns) and len(referents.parties(subjects(token))) == 1


def _is_owned(token: Token, referents: Referents) -> bool:
    """Tell whether a noun says whose it is; a "their" of which the text tells too little says nothing."""
    own = owners(token)
    vague = [t for t in own if t.lower_ == "their" and len(referents.single(t)) < 2]
    return len(own) > len(vague)


def _only_vowed(token: Token, verbs: tuple[str, ...]) -> bool:
    """Tell whether talks are only to go on or to begin, which is no meeting: "vowed to continue talks"."""
    verb = carrier(token)
    if verb is None or verb.lemma_ not in verbs:
        return False
    told = (verb, verb.head) if verb.dep_ == "conj" else (verb,)
    helped = any(
        c.tag_ == "MD" or (c.dep_ == "aux" and c.lemma_ == "do") for one in told for c in one.children
    )
    return verb.tag_ == "VB" and not helped


def _is_matter(token: Token, nouns: tuple[str, ...]) -> bool:
    """Tell whether an event is only named as a matter to talk about: "the issues were the signing of …"."""
    for above in ancestors(token):
        if above.lemma_.lower() in nouns:
            return True
        if above.pos_ in ("VERB", "AUX"):
            return any(t.lemma_.lower() in nouns for t in [*subjects(above), *objects(above)] if t != token)
    return False


def _prepositional(token: Token, rule: str, before: int | None = None) -> bool:
    """Tell whether "in>favour|support" holds: a preposition with one of some nouns; * is any.

    ``before``: a token that the noun must stand before.
    """
    name, _, nouns = rule.partition(">")
    wanted = set(nouns.split("|"))
    return any(
        "*" in wanted or head.lemma_.lower() in wanted or head.lower_ in wanted
        for head in preposition(token, frozenset({name}))
        if before is None or head.i < before
    )
