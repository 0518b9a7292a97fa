"""Common nouns that stand for somebody: offices, pairs of leaders, states' bodies, groups, vehicles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading import organs
from kb.reading.data import nominals
from kb.reading.extents import of_noun
from kb.reading.model import Party
from kb.reading.modifiers import modifier_states
from kb.reading.pair_nouns import definite, of_others, of_the_two, pair
from kb.reading.pairs import pair_of_states
from kb.reading.realms import realm_of
from kb.reading.styled import styled
from kb.reading.syntax import objects
from kb.reading.titled import counterpart, holder_in, titled
from kb.reading.tree import agents, owners

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_STATELY: Final = ("demonym", "name", "metonym")
_NOBODY: Final = frozenset({"official", "source", "diplomat", "spokesman", "spokesperson", "officer"})
"""Whom a text leaves unnamed."""
_DEFINITE: Final = frozenset({"the", "both", "these", "those", "his", "her", "their", "this", "that"})


def resolve(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whom a common noun stands for, () where it is nobody or nobody for certain."""
    plural = token.tag_ in ("NNS", "NNPS") or token.lower_ in ("two", "both") or is_office_plural(token)
    if plural and definite(token) and not (modifier_states(referents, token) or of_others(referents, token)):
        found = pair(referents, token, _lemma(token))
        if found:
            return found
    found = styled(referents, token) or _named_beside(referents, token) or _rider(referents, token)
    if found:
        return found
    return _several(referents, token) if plural else _one(referents, token)


def _named_beside(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return who is named in apposition, or who leads: "his father, X", "a delegation led by X"."""
    beside = [child for child in token.children if child.dep_ == "appos" and _person_at(referents, child)]
    if beside:
        return tuple(_with_states(referents, party, token) for party in referents.single(beside[0]))
    nouns = [token, *(noun for part in token.children if part.lower_ == "of" for noun in part.children)]
    led = [c for noun in nouns for c in noun.children if c.dep_ == "acl" and _leads(c) and agents(c)]
    if led and token.lemma_.lower() in ("delegation", "team", "group", "mission"):
        return referents.parties(agents(led[0]))
    return ()


def _leads(verb: Token) -> bool:
    return verb.lemma_ in ("lead", "head")


def _rider(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return who rides in a vehicle: whose it is."""
    if token.lemma_.lower() not in nominals()["vehicles"]:
        return ()
    carried = [c for c in token.children if c.dep_ == "acl" and c.lemma_ in ("carry", "bring")]
    riders = owners(token) or [guest for verb in carried for guest in objects(verb)]
    riders = riders or [noun for part in token.children if part.lower_ == "of" for noun in part.children]
    return tuple(
        _over(party, token, "vehicle") for party in referents.parties(riders) if party.kind == "person"
    )


def _several(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whom a plural stands for: the members of both delegations, states by their bodies, a group."""
    words, lemma, states = nominals(), _lemma(token), modifier_states(referents, token)
    start, end = of_noun(token)
    if lemma == "counterpart":  # "his" is not of whom he meets
        whose = {
            state for owner in owners(token) for party in referents.single(owner) for state in party.states
        }
        states = [state for state in states if state not in whose]
    each = counterpart(referents, token, states) if lemma == "counterpart" and states else ()
    each = each or _each(referents, token, states)
    if each:
        return each
    if lemma in ("member", "representative", "head", "participant") and not states and of_the_two(token):
        both = pair_of_states(referents, token)
        return tuple(referents.state_party(state, start, end, "state-pair") for state in both)
    if (lemma in words["bodies"] or token.lower_ in words["bodies"]) and states:
        return tuple(referents.state_party(state, start, end, "body") for state in states)
    grouped = lemma in words["groups"] or token.lower_ in words["groups"]
    return _group(referents, token, states) if grouped else ()


def _each(referents: Referents, token: Token, states: list[str]) -> tuple[Party, ...]:
    """Return the holders of one office in several states: "X and Y's presidents"."""
    words, lemma = nominals(), _lemma(token)
    start, end = of_noun(token)
    states = [*states, *(code for code in _joined_states(referents, token) if states and code not in states)]
    if len(states) < 2:
        return ()
    if lemma in words["persons"]:
        found = [holder_in(referents, token, state, lemma) for state in states]
        if all(found):
            return tuple(party for party in found if party is not None)
        return tuple(referents.state_party(state, start, end, "body") for state in states)
    if lemma in words["joint_bodies"]:
        return tuple(referents.state_party(state, start, end, "body") for state in states)
    return ()


def _joined_states(referents: Referents, token: Token) -> list[str]:
    """Return the states that the parser joined to an office and not to the state it is of: "of X and Y"."""
    if token.lemma_.lower() not in nominals()["persons"] and not is_office_plural(token):
        return []
    mentions = [referents.page.mention_at(child) for child in token.children if child.dep_ == "conj"]
    return [
        code for m in mentions if m is not None and m.form != "demonym" and (code := referents.state_of(m))
    ]


def is_office_plural(token: Token) -> bool:
    """Tell whether a word is the plural of an office that is written as a name: "Foreign Ministers of X"."""
    return (
        token.tag_ in ("NNP", "NNPS")
        and token.lower_[-1:] == "s"
        and token.lower_[:-1] in nominals()["persons"]
    )


def _lemma(token: Token) -> str:
    """Return a noun's lemma, lower case; the parser leaves a plural that is written as a name."""
    lemma = token.lemma_.lower()
    if is_office_plural(token):
        return token.lower_[:-1]
    if token.tag_ == "NNPS" and lemma.endswith("ies"):
        return f"{lemma[:-3]}y"
    return lemma[:-1] if token.tag_ == "NNPS" and lemma.endswith("s") and not lemma.endswith("ss") else lemma


def _one(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whom a singular stands for: an office's holder, a state by its body, an organ, an official."""
    words, lemma = nominals(), token.lemma_.lower()
    person = titled(referents, token, lemma) if lemma in words["persons"] else None
    if person is not None:
        return (person,)
    states = modifier_states(referents, token)
    start, end = of_noun(token)
    realm = realm_of(referents.page, token) if not states else None
    if realm is not None:
        return (referents.state_party(realm, start, end, "realm"),)
    if lemma == "counterpart" and states and (other := counterpart(referents, token, states)):
        return other
    if lemma == "delegation" and any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in token.children):
        return _group(referents, token, states)
    if lemma in words["bodies"]:
        if states:
            return tuple(referents.state_party(state, start, end, "body") for state in states)
        if definite(token) and lemma not in ("side", "state", "capital"):
            return ()
    named = [m for m in referents.page.mentions if m.kind == "person" and start < m.start and m.end == end]
    if lemma in words["persons"] and named:
        last = referents.page.doc[named[0].first : named[0].last + 1].root
        return tuple(_with_states(referents, party, token) for party in referents.single(last))
    name = _described(referents, start, end)
    if lemma in words["persons"] and states:
        return (Party(name, "group", start, end, None, tuple(states[:1]), "unnamed-official"),)
    if lemma in words["organs"] and states:
        body = organs.listed(referents, token, states[0])
        return (body or Party(name, "organisation", start, end, None, tuple(states), "organ"),)
    if lemma in (words["organs"] | words["leagues"]) and definite(token):
        back = organs.again if lemma in words["organs"] else organs.league
        found = back(referents, token)
        if found:
            return found
    if lemma in ("country", "nation", "homeland") and owners(token) and len(states) == 1:
        # a speaker's "our country" may be a state that is no more
        ours = owners(token)[0].lower_ == "our"
        return () if ours else (referents.state_party(states[0], start, end, "own-country"),)
    grouped = lemma in words["groups"] or token.lower_ in words["groups"]
    return _group(referents, token, states) if grouped else ()


def _person_at(referents: Referents, token: Token) -> bool:
    mention = referents.page.mention_at(token)
    return mention is not None and mention.kind in ("person", "organisation", "outlet")


def _with_states(referents: Referents, party: Party, token: Token) -> Party:
    return party if party.states else replace(party, states=tuple(modifier_states(referents, token)))


def _group(referents: Referents, token: Token, states: list[str]) -> tuple[Party, ...]:
    start, end = of_noun(token, joined=True)
    name = _described(referents, start, end)
    states = states or _demonyms(referents, token, start)
    bare = None if states else _told_before(referents, token)
    if bare is not None:
        return (replace(bare, start=start, end=end, rule="group-again"),)
    if token.lemma_.lower() in _NOBODY and not states:
        again = _spoken_of(referents, token) if name.lower() == token.lower_ else None
        if again is not None:
            return (replace(again, start=start, end=end),)
        states = [state for party in _of_body(referents, token) for state in party.states]
    return (Party(name, "group", start, end, None, tuple(states), "group"),) if name else ()


def _told_before(referents: Referents, token: Token) -> Party | None:
    """Return the group of which a bare "the envoys" speaks again: "Xian envoys" before it."""
    if token.tag_ not in ("NNS", "NNPS") or not definite(token):
        return None
    for other in referents.page.doc[: token.i]:
        if (
            other.lower_ == token.lower_
            and other.tag_ in ("NNS", "NNPS")
            and modifier_states(referents, other)
        ):
            found = referents.single(other)
            return found[0] if len(found) == 1 and found[0].kind == "group" else None
    return None


def _demonyms(referents: Referents, token: Token, start: int) -> list[str]:
    """Return the state that stands in a phrase before its noun: "Zemblan military officials"."""
    found = [m for m in referents.page.mentions if start <= m.start < token.idx and m.form in _STATELY]
    states = [state for mention in found if (state := referents.state_of(mention)) is not None]
    return states[:1] if len(set(states)) == 1 else []


def _spoken_of(referents: Referents, token: Token) -> Party | None:
    """Return the unnamed person whom the text introduced: "the official" after "a Zemblan official"."""
    for before in reversed(referents.page.doc[: token.i]):
        if before.lemma_ == token.lemma_ and before.tag_ == token.tag_:
            found = referents.single(before)
            return found[0] if len(found) == 1 and found[0].kind == "group" else None
    return None


def _of_body(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the body that an unnamed person is of: "an official of its defence ministry"."""
    of = [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "at", "in", "from", "for")]
    parties = referents.parties(t for c in of for t in c.children if t.dep_ == "pobj")
    return tuple(party for party in parties if party.kind in ("organisation", "state", "person"))[:1]


def _described(referents: Referents, start: int, end: int) -> str:
    words = referents.page.stored(start, end)
    for article in ("the ", "The ", "a ", "an ", "A ", "its ", "his ", "some ", "many ", "other "):
        if words.startswith(article) and article.strip() != "other":
            words = words[len(article) :]
    return words


def _over(party: Party, token: Token, rule: str) -> Party:
    return Party(party.name, party.kind, party.start, token.idx + len(token), party.iri, party.states, rule)
