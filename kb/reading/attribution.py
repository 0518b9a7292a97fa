"""In whose words a text says something, and through which outlet it has it. Its own voice is None."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.data import cues
from kb.reading.model import Party
from kb.reading.syntax import objects, preposition, subjects
from kb.reading.tree import agents, ancestors, is_passive

_VOICES: Final = ("person", "group", "state", "organisation", "outlet")


def voices(referents: Referents, token: Token) -> tuple[Party | None, Party | None]:
    """Return the speaker and the outlet behind what a trigger tells, each None where there is none."""
    found = _governing(referents, token)
    if not found:
        found = _according(referents, token) or _as_confirmed(referents, token) or _quoted(referents, token)
    speaker = _one_voice([party for party in found if not _is_outlet(party)])
    via = next((party for party in found if _is_outlet(party)), None)
    if via is None:
        via = _through(referents, token)
    return speaker, via


def _one_voice(found: list[Party]) -> Party | None:
    """Return the speaker; of several who speak together one voice under their names."""
    if len(found) < 2 or any(party.kind not in ("person", "state") for party in found):
        return found[0] if found else None
    names = " and ".join([", ".join(party.name for party in found[:-1]), found[-1].name])
    return Party(names, "group", found[0].start, found[-1].end, None, (), "joined-voice")


def _governing(referents: Referents, token: Token) -> list[Party]:
    """Climb to the nearest verb or noun of speech that governs the event."""
    below = token
    for governor in ancestors(token):
        if (
            governor.pos_ in ("VERB", "AUX")
            and governor.lemma_ in cues("speech")["verbs"]
            and _said(governor, below)
        ):
            found = [p for p in referents.parties(subjects(governor)) if p.kind in _VOICES]
            if found:
                return found + _told_to(referents, governor)
        if (
            governor.pos_ == "NOUN"
            and governor.lemma_.lower() in cues("speech")["nouns"]
            and _about(governor, below)
        ):
            found = _holders(referents, governor)
            if found:
                return found[:1]
        if governor.lemma_ in cues("speech")["sharing"] and _shares(governor):
            found = [p for p in referents.parties(subjects(governor)) if _is_outlet(p)]
            if found:
                return found[:1]
        below = governor
    return []


def _said(governor: Token, below: Token) -> bool:
    """What is below is the words said: a clause, an object, or the clause in which "X said" was put."""
    if below.dep_ == "prep":
        return below.lower_ in ("of", "about")
    if below.dep_ in ("advcl", "conj"):
        return governor.i > below.i or _clause(below)
    return below.dep_ in ("ccomp", "dobj", "xcomp", "dep", "parataxis", "nsubjpass")


def _clause(below: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in below.children)


def _about(noun: Token, below: Token) -> bool:
    return below.dep_ in ("acl", "relcl", "ccomp", "pobj", "prep", "pcomp") or below == noun


def _holders(referents: Referents, noun: Token) -> list[Party]:
    """Return who holds a belief or made a statement: "speculation among X", "Y's statement"."""
    heads = [child for child in noun.children if child.dep_ == "poss"]
    heads += list(preposition(noun, frozenset({"among", "by", "from"})))
    joined = _joined_group(referents, heads)
    return joined or [party for party in referents.parties(heads) if party.kind in _VOICES]


def _joined_group(referents: Referents, heads: list[Token]) -> list[Party]:
    """Return an unnamed group in all its words: "foreign governments and experts"."""
    for head in heads:
        found = [p for p in referents.parties([head]) if p.kind == "group"]
        if len(found) > 1:
            start, end = min(p.start for p in found), max(p.end for p in found)
            return [Party(referents.page.stored(start, end), "group", start, end, None, (), "group-joined")]
    return []


def _told_to(referents: Referents, governor: Token) -> list[Party]:
    """Return the outlet to which something was told: "told Reuters", "in an announcement to Russia-1"."""
    heads = [c for c in governor.children if c.dep_ in ("dobj", "dative", "pobj", "npadvmod")]
    for part in governor.children:
        if part.dep_ in ("prep", "dative"):
            heads += [
                t for t in part.subtree if t.dep_ in ("pobj", "appos", "npadvmod", "nummod", "compound")
            ]
    found: list[Party] = []
    for head in heads:
        mention = referents.page.mention_at(head)
        if mention is not None and mention.kind == "outlet":
            found.append(referents.thing(mention))
    return found[:1]


def _according(referents: Referents, token: Token) -> list[Party]:
    for part in token.sent:
        if part.lower_ == "according" or (part.lower_ == "per" and part.pos_ == "ADP"):
            heads = list(preposition(part, frozenset({"to"}))) or [
                t
                for child in part.head.children
                if child.lower_ == "to"
                for t in child.children
                if t.dep_ == "pobj"
            ]
            found = [p for p in referents.parties(heads) if p.kind in _VOICES]
            if not found:
                for head in heads:
                    inner = [t for t in head.subtree if t.dep_ in ("pobj", "poss")]
                    found = [p for p in referents.parties(inner) if p.kind in _VOICES]
            if found:
                return found[:2]
    return []


def _as_confirmed(referents: Referents, token: Token) -> list[Party]:
    """Return who confirmed: "…, as confirmed by X in an announcement to Y"; it covers the whole sentence."""
    for part in token.sent:
        speaks = part.lemma_ in cues("speech")["verbs"] and part.dep_ in (
            "advcl",
            "ccomp",
            "acl",
            "parataxis",
        )
        if speaks and any(c.dep_ in ("mark", "advmod", "prep") and c.lower_ == "as" for c in part.children):
            heads = agents(part) if is_passive(part) or agents(part) else subjects(part)
            found = [p for p in referents.parties(heads) if p.kind in _VOICES]
            if found:
                return found[:1] + _told_to(referents, part)
    return []


def _quoted(referents: Referents, token: Token) -> list[Party]:
    """Return who speaks a quotation in which an event is told."""
    inside = sum(1 for other in token.sent if other.i < token.i and other.text == '"') % 2 == 1
    if not inside:
        return []
    for part in token.sent:
        if part.lemma_ in cues("speech")["verbs"] and part.pos_ == "VERB" and part != token:
            found = [p for p in referents.parties(subjects(part)) if p.kind in _VOICES]
            if found:
                return found[:1]
    return []


def _shares(governor: Token) -> bool:
    return any(head.lemma_.lower() in cues("speech")["shared"] for head in objects(governor))


def _through(referents: Referents, token: Token) -> Party | None:
    """Return the outlet that reports a sentence: "X reported", "shared a video of"."""
    for part in token.sent:
        reports = part.lemma_ in ("report", "quote", "cite") or (
            part.lemma_ in cues("speech")["sharing"] and _shares(part)
        )
        if reports and part.pos_ == "VERB":
            for party in referents.parties(subjects(part)):
                if _is_outlet(party):
                    return party
    return None


def _is_outlet(party: Party) -> bool:
    return party.kind == "outlet"
