"""The verbs of speech of a text with their subjects: who speaks, through whom, and where the words stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from kb.reading.coreference import Referents
from kb.reading.data import cues
from kb.reading.extents import of_noun
from kb.reading.model import Party
from kb.reading.outlets import as_outlet, as_reporter, is_outlet, outlets_at, unheard_of
from kb.reading.syntax import objects, subjects
from kb.reading.tree import agents, is_passive, owners
from kb.reading.unnamed_voices import unnamed

VOICES: Final = ("person", "group", "state", "organisation", "outlet")
_MISREAD: Final = ("appos", "conj", "dep", "npadvmod", "pobj", "dobj")
_NEAR: Final = 600
"""Characters in which a speaker still speaks to the same outlet."""
_CITING: Final = ("cite", "quote")


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of speech with its subject: who speaks, through whom, and where the words about it stand."""

    verb: int
    voices: tuple[Party, ...]
    first: int
    """Index of the first token of the tag: its subject or its verb."""
    last: int
    """Index of the last token of the tag."""
    ahead: bool
    """True where what is said follows the verb as its clause."""


def sayings(referents: Referents) -> list[Saying]:
    """Return the sayings of a page, in the order of the text."""
    found: list[Saying] = []
    for verb in referents.page.doc:
        if verb.pos_ == "VERB" and verb.lemma_ in cues("speech")["sharing"]:
            _carried(referents, verb, found)
        if verb.pos_ not in ("VERB", "AUX") or verb.lemma_ not in cues("speech")["verbs"]:
            continue
        said = _saying(referents, verb, found)
        if said is not None:
            found.append(_through_the_last(referents.page.doc, said, found))
    return found


def _through_the_last(doc: Doc, said: Saying, earlier: list[Saying]) -> Saying:
    """Return a saying with the outlet to which the same speaker spoke just before."""
    if not earlier or any(is_outlet(party) for party in said.voices):
        return said
    last, near = earlier[-1], doc[said.verb].idx - doc[earlier[-1].verb].idx < _NEAR
    outlet = [party for party in last.voices if is_outlet(party)]
    same = {p.name for p in last.voices if not is_outlet(p)} == {p.name for p in said.voices}
    return replace(said, voices=(*said.voices, *outlet)) if near and same else said


def _carried(referents: Referents, verb: Token, earlier: list[Saying]) -> None:
    """Give the last saying the outlet that carried it: "The statement was carried by X"."""
    papers = {head.lemma_.lower() for head in objects(verb)} & cues("speech")["documents"]
    outlet = outlets_at(referents, agents(verb)) if papers and earlier else []
    if outlet and not any(is_outlet(party) for party in earlier[-1].voices):
        earlier[-1] = replace(earlier[-1], voices=(*earlier[-1].voices, *outlet))


def _saying(referents: Referents, verb: Token, earlier: list[Saying]) -> Saying | None:
    heads = agents(verb) if is_passive(verb) else subjects(verb)
    heads = _before_tag(verb) or quoted_in(verb) or heads
    found = [party for party in referents.parties(heads) if party.kind in VOICES]
    if not found and any(head.lemma_.lower() in cues("speech")["documents"] for head in heads):
        found = _issuer(referents, heads, earlier)
    if not found:
        found = outlets_at(referents, heads) or _press_office(referents, heads)
    if not found and verb.lemma_ == "report":
        found = [named for head in heads if (named := unheard_of(referents, head)) is not None]
    found = found or unnamed(referents, verb, heads)
    if verb.lemma_ == "report":
        found = [as_reporter(party) for party in found]
    found = [as_outlet(referents, party) for party in found]
    if not found:
        return None
    cited = cited_by(referents, verb)
    found = cited + [party for party in found if not cited or is_outlet(party)]
    own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "agent")]
    own += _before_tag(verb)
    first = min([verb.i, *(child.left_edge.i for child in own)])
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i]
    last = max([verb.i, *(child.right_edge.i for child in own if child.i > verb.i)])
    return Saying(verb.i, (*found, *outlets_at(referents, told_to(verb))), first, last, bool(clauses))


def _press_office(referents: Referents, heads: list[Token]) -> list[Party]:
    """Return an office that speaks for another in its words: "press centre of the President's office"."""
    for head in heads:
        if head.lemma_.lower() in cues("speech")["press_offices"]:
            start, end = of_noun(head)
            name = referents.page.stored(start, end).removeprefix("the ").removeprefix("The ")
            return [Party(name, "organisation", start, end, None, (), "press-office")]
    return []


def _issuer(referents: Referents, heads: list[Token], earlier: list[Saying]) -> list[Party]:
    """Return whose a document is that says something; one without an owner goes on the last saying."""
    named = [p for head in heads for p in referents.parties(owners(head)) if p.kind in VOICES]
    return named or (list(earlier[-1].voices) if earlier else [])


def _before_tag(verb: Token) -> list[Token]:
    """Return the subject of a tag that the parser did not see as one: "…, the ministry reported Friday"."""
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    after = [child for child in verb.children if child.dep_ in ("dobj", "attr") and child.i > verb.i]
    tagged = verb.i > verb.sent.start and verb.nbor(-1).text in (",", '"') and verb.tag_ in ("VBD", "VBZ")
    if not own and tagged and after:
        return after[:1]
    if own or verb.i == verb.sent.start or verb.tag_ not in ("VBD", "VBN") or is_passive(verb):
        return []
    noun = verb.nbor(-1)
    first = noun.left_edge.i
    named = noun.pos_ in ("NOUN", "PROPN") and noun.dep_ in _MISREAD
    opens = first > verb.sent.start and verb.doc[first - 1].text in (",", '"')
    goes_on = [t for t in verb.doc[verb.i + 1 : verb.sent.end] if t.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    return [noun] if named and opens and not goes_on else []


def quoted_in(verb: Token) -> list[Token]:
    """Return who is quoted: "X was quoted by Y as saying that …"."""
    is_quoted = verb.lemma_ in _CITING and is_passive(verb)
    return [child for child in verb.children if is_quoted and child.dep_ == "nsubjpass"]


def cited_by(referents: Referents, verb: Token) -> list[Party]:
    """Return whom an outlet has a thing from: "the agency cites X", "reported the paper, citing X"."""
    below = [c for c in verb.children if c.dep_ in ("advcl", "prep", "acl") and c.lemma_ in _CITING]
    found: list[Party] = []
    for one in [verb] if verb.lemma_ in _CITING and not is_passive(verb) else below:
        heads = objects(one) or [c for c in one.children if c.dep_ == "pobj"]
        named = [p for p in referents.parties(heads) if p.kind in VOICES]
        inner = [t for head in heads for t in head.subtree if t.dep_ in ("pobj", "poss")]
        found += named or [p for p in referents.parties(inner) if p.kind in VOICES][:1]
    return [party for party in found if not is_outlet(party)]


def told_to(verb: Token) -> list[Token]:
    """Return to whom or in what something is said: "told X", "in an interview with X"."""
    heads = [c for c in verb.children if c.dep_ in ("dobj", "dative", "npadvmod") and c.pos_ != "ADP"]
    for part in verb.children:
        if part.dep_ in ("prep", "dative", "agent"):
            heads += [
                t for t in part.subtree if t.dep_ in ("pobj", "appos", "npadvmod", "nummod", "compound")
            ]
    return heads
