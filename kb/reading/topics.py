"""What a statement is about, and who goes along with whom."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.data import cues, nominals
from kb.reading.model import Party
from kb.reading.outlets import outlets_at
from kb.reading.pairs import pair_of_states, state_in_focus
from kb.reading.syntax import objects, subjects
from kb.reading.tree import agents, conjuncts, owners

_REACH = 90
"""Tokens after a visit's sentence in which the text may still say who went along."""
_FRIENDS = frozenset({"allies", "partners", "neighbours", "neighbors"})
"""Groups of other states, whosever they are: "allies of Zembla"."""
_WHEN = ("after", "before", "when", "while", "since", "as")
_QUALIFIES = ("compound", "amod", "nmod")
_LEADING = frozenset({"state", "organisation", "group"})


def topic(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the state, body or person that a statement is addressed to or about.

    The object where it is one; else the first state of the complement that is not the speaker's own, with
    those joined to it; else a body or a person of another state.
    """
    speakers = referents.parties(subjects(token) if token.pos_ == "VERB" else owners(token))
    own = {state for party in speakers for state in party.states}
    objects_ = referents.parties(objects(token)) if token.pos_ == "VERB" else ()
    told_to = token.lemma_ == "tell" and outlets_at(referents, objects(token))
    direct = [p for p in objects_ if p not in speakers and _foreign(p, own) and not told_to]
    if direct:
        return tuple(direct)
    if token.lemma_ in cues("speech")["asking"] and objects(token) and _to_do(token):
        return ()  # an order to one's own
    spoken_of = _of_clause(referents, token, own)
    if spoken_of:
        return spoken_of
    groups: list[tuple[Party, ...]] = []
    for head in complement(token):
        paired = head.lemma_.lower() in nominals()["state_pairs"] and head.tag_ == "NNS"
        if (referents.page.mention_at(head) is None and not paired) or _names_a_plan(referents, head):
            continue
        parties = [_whole(referents, t, p) for t in conjuncts(head) for p in referents.single(t)]
        found = tuple(p for p in parties if _foreign(p, own))
        groups += [found or _at_stake(referents, head, own)]
    return _leading(groups) or _interlocutor(referents, token, own)


def _to_do(verb: Token) -> bool:
    return any(child.dep_ == "xcomp" for child in verb.children)


def _leading(groups: list[tuple[Party, ...]]) -> tuple[Party, ...]:
    """Return the first of the groups of the best rank, with those that an earlier group names beside it."""
    for kind in ("actor", "organisation", "group"):
        first = next((group for group in groups if group and _rank(group[0]) == kind), None)
        if first is not None:
            wider = [group for group in groups if set(first) < set(group)]
            return wider[0] if wider else first
    return ()


def _of_clause(referents: Referents, token: Token, own: set[str]) -> tuple[Party, ...]:
    """Return the other state or body that does what is said: "demanded that the EU stop …"."""
    clauses = [child for child in token.children if child.dep_ == "ccomp" and child.i > token.i]
    doers = [c for clause in clauses[:1] for c in clause.children if c.dep_ == "nsubj"]
    named = [t for t in doers if referents.page.mention_at(t) is not None]
    found = tuple(party for party in referents.parties(named) if _foreign(party, own))
    return found if all(party.kind in ("state", "organisation") for party in found) else ()


def _whole(referents: Referents, head: Token, party: Party) -> Party:
    """Return the state of forces that only qualify a noun: in "Zemblan military aircraft" none is meant."""
    if party.kind == "organisation" and head.dep_ in _QUALIFIES and len(party.states) == 1:
        return referents.state_party(party.states[0], party.start, party.end, "modifier")
    return party


def _names_a_plan(referents: Referents, head: Token) -> bool:
    """Tell whether a capital only names what was agreed there: "the Strelsau peace plan"."""
    mention = referents.page.mention_at(head)
    governs = head.head.lemma_.lower() in nominals()["bodies"] | nominals()["organs"]
    return mention is not None and mention.form == "metonym" and head.dep_ in _QUALIFIES and not governs


def _interlocutor(referents: Referents, token: Token, own: set[str]) -> tuple[Party, ...]:
    """Return the other of two states, or the one that a text is about, where one judges without naming it."""
    words = {part.lemma_.lower() for part in complement(token)}
    stances = cues("stances")["all"]
    if len(own) != 1 or not (words & (cues("between")["all"] | stances) or token.lemma_ in stances):
        return ()
    both = pair_of_states(referents, token)
    others = [state for state in both if state not in own]
    if len(both) != 2 or len(others) != 1:
        others = state_in_focus(referents, token, own)
    return tuple(
        referents.state_party(state, token.idx, token.idx + len(token), "interlocutor") for state in others
    )


def _at_stake(referents: Referents, head: Token, own: set[str]) -> tuple[Party, ...]:
    """Return the state of a place that a statement is about: "a ceasefire in X"."""
    mention = referents.page.mention_at(head)
    kinds = ("settlement", "region", "facility")
    states = (
        {e.state for e in mention.entries if e.kind in kinds and e.state} - own
        if mention is not None
        else set()
    )
    if mention is None or len(states) != 1 or any(entry.kind == "person" for entry in mention.entries):
        return ()
    return (referents.state_party(states.pop(), mention.start, mention.end, "place"),)


def _rank(party: Party) -> str:
    if party.rule == "place":
        return "group"
    return "actor" if party.kind in ("state", "person") else party.kind


def complement(token: Token) -> Iterator[Token]:
    """Yield the tokens of what is said, then those of when: without the subject and joined verbs."""
    besides: list[Token] = []
    for child in token.children:
        if child.dep_ in ("nsubj", "conj", "cc", "aux", "auxpass", "punct", "poss", "agent"):
            continue
        timed = child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _WHEN for c in child.children)
        parts = sorted(child.subtree, key=lambda t: t.i)
        if timed:
            besides += parts
        else:
            yield from parts
    yield from besides


def _foreign(party: Party, own: set[str]) -> bool:
    """Tell whether a party may be what one takes a position on: not one's own, no crowd, no unknown body."""
    words = set(party.name.lower().split())
    if party.kind == "group" and words & _FRIENDS:
        return True
    if party.kind not in (*_LEADING, "person") or set(party.states) & own:
        return False
    if party.kind == "organisation":
        return bool(party.iri or party.states)
    crowd = party.kind == "group" and not party.states
    return not crowd or bool(words & cues("nations")["all"])


def companions(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return who accompanies the visitor: told in the same sentence, or later before another visit."""
    found: list[Party] = []
    for verb in _accompanied(token):
        passive = agents(verb)
        if passive:
            found += referents.parties(passive)
        elif objects(verb):
            guests = [c for c in verb.children if c.dep_ in ("nsubj", "attr")] or subjects(verb)
            found += referents.parties(_after_copula(verb, guests))
    return tuple(party for party in found if party.kind == "person")


def _accompanied(token: Token) -> Iterator[Token]:
    end, document = token.sent.end, token.doc
    for part in document[token.sent.start : min(end + _REACH, len(document))]:
        if part.i > token.i and part.pos_ == "VERB" and part.lemma_ in ("visit", "tour", "inspect", "travel"):
            return
        if part.lemma_.lower() == "accompany" and not _of_the_trip(part):
            yield part


def _of_the_trip(verb: Token) -> bool:
    """Tell whether a sentence speaks of the journey as such: kb.reading.company finds which it is."""
    nouns = [t for child in verb.children if child.lower_ == "on" for t in child.children]
    return any(t.lemma_ in ("trip", "journey") for t in nouns)


def _after_copula(verb: Token, guests: list[Token]) -> list[Token]:
    """Return the inverted subject of "Accompanying X were A and B" as well."""
    copulas = [child for child in verb.children if child.dep_ == "aux" and child.lemma_ == "be"]
    if verb.head != verb and verb.head.lemma_ == "be":
        copulas.append(verb.head)
    after = [c for be in copulas for c in be.children if c.dep_ in ("nsubj", "attr") and c.i > verb.i]
    return guests + after


def delegates(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return who takes part in talks beside the parties: "Y was represented by A and B", "A took part"."""
    document, found = token.doc, []
    for part in document[token.sent.end : min(token.sent.end + 2 * _REACH, len(document))]:
        if part.lemma_ == "represent" and part.pos_ == "VERB":
            found += agents(part)
        elif part.lower_ == "part" and part.head.lemma_ == "take":
            found += subjects(part.head)
        elif part.lemma_ in ("attend", "participate") and part.pos_ == "VERB":
            found += subjects(part)
    return tuple(party for party in referents.parties(found) if party.kind == "person")
