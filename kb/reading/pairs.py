"""The two persons and the two states that a text is about: whom "the two leaders" and "both sides" mean."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spacy.tokens import Token

from kb.reading.antecedents import antecedents
from kb.reading.data import nominals
from kb.reading.model import Party
from kb.reading.names import Identity
from kb.reading.titles import find_titles

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_TOLD_BY_TITLE = frozenset({"HeadOfState", "HeadOfGovernment", "ForeignMinister", "DefenceMinister"})
_OFTEN = 2
"""How often a text names the one state that it is about."""
_NEAR = 2
"""How many sentences before may name the two of whom a text then says "the two"."""


def pair_of_people(referents: Referents, offset: int) -> list[Identity]:
    """Return the two persons, of two states, whom the text is about so far; [] where that is unclear."""
    near = _just_named(referents, offset)
    if len(near) == 2 and (None in (states := {person.state for person in near}) or len(states) == 2):
        return near
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
    alone = len(people) == 2 and not all(person.state for person in people.values())
    return list(people.values()) if alone else []


def titled_pair(referents: Referents, phrase: str, lemma: str, offset: int) -> list[Identity]:
    """Return the two before who bear the title of "the two ministers"; [] where no two do.

    Of more than two who bear it, the two of two states whom the text named last; of one state, where only two
    bear it: "the ministers" who travel together.
    """
    if lemma in nominals()["untitled_pairs"]:
        return []
    found = find_titles(phrase)
    roles = set(found[-1].title.roles) & _TOLD_BY_TITLE if found else set()
    borne = [
        office
        for office in referents.offices
        if office.start < offset and (roles & set(office.roles) if roles else office.key == lemma)
    ]
    borne.sort(key=lambda office: -office.start)
    people: dict[str, Identity] = {}
    everyone: dict[str, Identity] = {}
    for office in borne:
        person = referents.people.of(office.person)
        if person is None:
            continue
        everyone.setdefault(person.name, person)
        if person.state not in {p.state for p in people.values() if p.state}:
            people.setdefault(person.name, person)
    if len(people) < 2 and len(everyone) == 2:
        people = everyone
    if len(people) < 2:
        return []
    return sorted(list(people.values())[:2], key=lambda person: person.first)


def leaders_listed(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the three or more of whom the text just spoke as one list: "the leaders" after "A, B and C"."""
    if {"two", "both"} & {child.lower_ for child in token.children}:
        return ()
    for parties in antecedents(referents, token):
        people = [party for party in parties if party.kind == "person"]
        if len(people) == len(parties) > 1:
            return parties if len(people) > 2 else ()
    return ()


def _just_named(referents: Referents, offset: int) -> list[Identity]:
    """Return the persons whom the sentence so far and the two before name, in the order of the text."""
    document = referents.page.doc
    span = document.char_span(offset, offset + 1, alignment_mode="expand")
    if span is None:
        return []
    start = span.root.sent.start
    for _ in range(_NEAR):
        start = document[start - 1].sent.start if start else 0
    people = [
        referents.people.of(mention)
        for mention in referents.page.mentions_in(start, span.root.i)
        if mention.kind == "person"
    ]
    return list({person.name: person for person in people if person is not None}.values())


def pair_of_states(referents: Referents, token: Token) -> list[str]:
    """Return the two states that the text is about up to a token; [] where a third is as frequent."""
    ranked = _states_told(referents, token).most_common()
    if len(ranked) < 2 or (len(ranked) > 2 and ranked[1][1] == ranked[2][1]):
        people = pair_of_people(referents, token.idx)
        return [person.state for person in people if person.state]
    return [ranked[0][0], ranked[1][0]]


def counted_states(referents: Referents, token: Token, count: int) -> list[str]:
    """Return the states of whom a text says that they are so many: those it names most up to a token.

    [] where others are named as often, or too few are.
    """
    ranked = _states_told(referents, token).most_common()
    clear = len(ranked) == count or (len(ranked) > count and ranked[count - 1][1] > ranked[count][1])
    return sorted(state for state, _ in ranked[:count]) if clear else []


def state_in_focus(referents: Referents, token: Token, own: set[str]) -> list[str]:
    """Return the one state beside a speaker's own that the text is about so far: named twice as often."""
    counts = _states_told(referents, token)
    ranked = [(state, count) for state, count in counts.most_common() if state not in own]
    clear = ranked and ranked[0][1] >= _OFTEN and (len(ranked) < 2 or ranked[0][1] >= 2 * ranked[1][1])
    return [ranked[0][0]] if clear else []


def _states_told(referents: Referents, token: Token) -> Counter[str]:
    counts: Counter[str] = Counter()
    for mention in referents.page.mentions_in(0, token.i):
        state = referents.state_of(mention)
        if state is None and mention.kind == "person":
            person = referents.people.of(mention)
            state = person.state if person is not None else None
        if state is not None:
            counts[state] += 1
    return counts
