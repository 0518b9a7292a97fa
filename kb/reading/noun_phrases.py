"""Common nouns that stand for somebody: offices, pairs of leaders, states' bodies, unnamed groups, vehicles."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.extents import of_noun
from kb.reading.model import Mention, Party
from kb.reading.names import Identity
from kb.reading.syntax import owners
from kb.reading.titles import find_titles

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_DEFINITE: Final = frozenset({"the", "both", "these", "those", "two", "his", "her", "their", "this", "that"})


def resolve(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whom a common noun stands for, () where it is nobody or nobody for certain."""
    beside = [child for child in token.children if child.dep_ == "appos" and _person_at(referents, child)]
    if beside:
        return tuple(_with_states(referents, party, token) for party in referents.single(beside[0]))
    lemma, plural = token.lemma_.lower(), token.tag_ in ("NNS", "NNPS") or token.lower_ in ("two", "both")
    words = nominals()
    if plural and _definite(token) and not modifier_states(referents, token):
        pair = _pair(referents, token, lemma)
        if pair:
            return pair
    if lemma in words["vehicles"] and owners(token):
        return tuple(_over(party, token, "vehicle") for party in referents.parties(owners(token)))
    if not plural and lemma in words["persons"]:
        person = _titled(referents, token, lemma)
        if person is not None:
            return (person,)
    states = modifier_states(referents, token)
    if plural and lemma in ("member", "representative", "head", "participant") and not states:
        inner = [
            t
            for c in token.children
            if c.dep_ == "prep" and c.lower_ == "of"
            for t in c.children
            if t.dep_ == "pobj"
        ]
        if any(t.lemma_.lower() in words["state_pairs"] for t in inner):
            start, end = of_noun(token)
            return tuple(
                referents.state_party(s, start, end, "state-pair") for s in pair_of_states(referents, token)
            )
    if lemma in words["bodies"] and states:
        return tuple(referents.state_party(state, *of_noun(token), "body") for state in states)
    if lemma in words["organs"] and states and not plural:
        start, end = of_noun(token)
        return (
            Party(
                _described(referents, start, end), "organisation", start, end, None, tuple(states), "organ"
            ),
        )
    if lemma in ("country", "nation", "homeland") and not plural and owners(token) and len(states) == 1:
        return (referents.state_party(states[0], *of_noun(token), "own-country"),)
    if (
        lemma in words["bodies"]
        and not plural
        and _definite(token)
        and lemma not in ("side", "state", "capital")
    ):
        return ()
    if lemma in words["groups"] or token.lower_ in words["groups"]:
        return _group(referents, token, states)
    return ()


def office_holder(referents: Referents, mention: Mention, token: Token) -> tuple[Party, ...]:
    """Return who holds a named office: the person introduced with it, else its holder on the day."""
    offices = [entry for entry in mention.entries if entry.kind == "office"]
    named = {o.person for o in referents.offices if o.iri and o.iri in {entry.iri for entry in offices}}
    people = {person.name: person for person in (referents.people.of(m) for m in named) if person is not None}
    if len(people) == 1:
        return (
            referents.party(next(iter(people.values())), mention.start, mention.end, "office-introduced"),
        )
    day = referents.page.article.published
    if day is None or len(offices) != 1:
        return ()
    holders = referents.page.lexicon.holders(offices[0].iri, day)
    if len(holders) != 1:
        return ()
    holder = holders[0]
    return (Party(holder.name, "person", mention.start, mention.end, holder.iri,
                  tuple(filter(None, [holder.state])), "office-on-date"),)  # fmt: skip


def modifier_states(referents: Referents, token: Token) -> list[str]:
    """Return the states that qualify a noun: demonym, possessive, "of X"; sorted as they stand."""
    found: list[tuple[int, str]] = []
    for child in _modifiers(token):
        mention = referents.page.mention_at(child)
        state = referents.state_of(mention) if mention is not None else None
        if state is None and mention is not None and child.dep_ == "poss":
            parties = referents.single(child)
            state = parties[0].states[0] if parties and parties[0].states else None
        if state is None and child.dep_ == "poss" and child.pos_ == "PRON":
            parties = referents.single(child)
            state = parties[0].states[0] if len(parties) == 1 and parties[0].states else None
        if state is not None:
            found.append((child.i, state))
    return list(dict.fromkeys(state for _, state in sorted(found)))


def _modifiers(token: Token) -> list[Token]:
    found = []
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod", "poss", "det", "conj", "nummod", "npadvmod"):
            found.append(child)
            found += [t for t in child.children if t.dep_ in ("conj", "compound", "amod", "npadvmod", "poss")]
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and child.i > token.i:
                found.remove(child)
        elif child.dep_ == "prep" and child.lower_ in ("of", "from", "in"):
            for place in child.children:
                if place.dep_ == "pobj":
                    found.append(place)
                    found += [t for t in place.children if t.dep_ in ("compound", "conj", "amod")]
    return found


def _person_at(referents: Referents, token: Token) -> bool:
    mention = referents.page.mention_at(token)
    return mention is not None and mention.kind in ("person", "organisation", "outlet")


def _with_states(referents: Referents, party: Party, token: Token) -> Party:
    return party if party.states else replace(party, states=tuple(modifier_states(referents, token)))


def _definite(token: Token) -> bool:
    """Tell whether a plural points back: "the leaders", "both", "the two"; not "Asian leaders"."""
    children = {
        child.lower_ for child in token.children if child.dep_ in ("det", "nummod", "poss", "predet", "amod")
    }
    return bool(children & _DEFINITE) or token.lower_ in ("two", "both")


def _pair(referents: Referents, token: Token, lemma: str) -> tuple[Party, ...]:
    words = nominals()
    start, end = of_noun(token)
    if lemma in words["pairs"] or token.lower_ in ("two", "both"):
        pair = pair_of_people(referents, token.idx)
        return tuple(referents.party(person, start, end, "pair") for person in pair)
    if lemma in words["state_pairs"]:
        states = pair_of_states(referents, token)
        return tuple(referents.state_party(state, start, end, "state-pair") for state in states)
    return ()


def pair_of_people(referents: Referents, offset: int) -> list[Identity]:
    """Return the two persons, of two states, whom the text is about up to an offset; [] where that is unclear."""
    named = referents.people.named_before(offset)
    counts = Counter(person.name for person in named if person.state)
    people = {person.name: person for person in named}
    ranked = sorted(counts, key=lambda name: (-counts[name], people[name].first))
    for index, name in enumerate(ranked[1:], start=1):
        if people[name].state != people[ranked[0]].state:
            rivals = [
                n
                for n in ranked[index + 1 :]
                if counts[n] == counts[name] and people[n].state != people[ranked[0]].state
            ]
            clear = not rivals or people[name].first < min(people[n].first for n in rivals)
            return [people[ranked[0]], people[name]] if clear else []
    return []


def pair_of_states(referents: Referents, token: Token) -> list[str]:
    """Return the two states that the text is about up to a token; [] where a third is as frequent."""
    counts: Counter[str] = Counter()
    for mention in referents.page.mentions_in(0, token.i):
        state = referents.state_of(mention)
        if state is None and mention.kind == "person":
            person = referents.people.of(mention)
            state = person.state if person is not None else None
        if state is not None:
            counts[state] += 1
    ranked = counts.most_common()
    if len(ranked) < 2 or (len(ranked) > 2 and ranked[1][1] == ranked[2][1]):
        people = pair_of_people(referents, token.idx)
        return [person.state for person in people if person.state]
    return [ranked[0][0], ranked[1][0]]


def _titled(referents: Referents, token: Token, lemma: str) -> Party | None:
    """Return the person whom a title without a name stands for."""
    states = modifier_states(referents, token)
    start, end = of_noun(token)
    introduced: dict[str, Identity] = {}
    for office in referents.offices:
        fits = office.key == lemma or (lemma in ("leader", "ruler", "head") and _leads(office.roles))
        if not fits or (states and office.state not in states):
            continue
        if not states and office.person.start > token.idx:
            continue
        person = referents.people.of(office.person)
        if person is not None:
            introduced[person.name] = person
    chosen = _only(referents, token, introduced)
    if chosen is not None:
        return referents.party(chosen, start, end, "title-introduced")
    return _by_office(referents, token, states, start, end) if not introduced or states else None


def _leads(roles: tuple[str, ...]) -> bool:
    return bool({"HeadOfState", "HeadOfGovernment", "PartyStateLeader"} & set(roles))


def _only(referents: Referents, token: Token, introduced: dict[str, Identity]) -> Identity | None:
    """Return the only candidate, else the only one of the outlet's own state, else the latest subject among them."""
    if len(introduced) == 1:
        return next(iter(introduced.values()))
    home = [person for person in introduced.values() if person.state and person.state == referents.page.home]
    return home[0] if len(home) == 1 else None


def _by_office(referents: Referents, token: Token, states: list[str], start: int, end: int) -> Party | None:
    """Return the holder, on the publication date, of the office that a title and a state name."""
    day = referents.page.article.published
    state = states[0] if len(states) == 1 else (referents.page.home if not states else None)
    found = [t for t in find_titles(referents.page.text[start:end]) if not t.plural]
    if day is None or state is None or not found:
        return None
    for role in found[-1].title.roles:
        holders = {
            holder.iri: holder
            for office in referents.page.lexicon.offices(state, role)
            for holder in referents.page.lexicon.holders(office.iri, day)
        }
        if role != "OtherOffice" and len(holders) == 1:
            holder = next(iter(holders.values()))
            return Party(holder.name, "person", start, end, holder.iri, (state,), "title-on-date")
        if holders:
            return None
    return None


def _group(referents: Referents, token: Token, states: list[str]) -> tuple[Party, ...]:
    start, end = of_noun(token, joined=True)
    name = _described(referents, start, end)
    return (Party(name, "group", start, end, None, tuple(states), "group"),) if name else ()


def _described(referents: Referents, start: int, end: int) -> str:
    words = referents.page.stored(start, end)
    for article in ("the ", "The ", "a ", "an ", "A ", "its ", "his ", "some ", "many ", "other "):
        if words.startswith(article) and article.strip() != "other":
            words = words[len(article) :]
    return words


def _over(party: Party, token: Token, rule: str) -> Party:
    return Party(party.name, party.kind, party.start, token.idx + len(token), party.iri, party.states, rule)
