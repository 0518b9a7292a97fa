"""Whom a title without a name stands for: introduced in the text, or in office on the day."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading import home_offices
from kb.reading.antecedents import antecedents
from kb.reading.data import nominals, titles_of_one_state
from kb.reading.extents import of_noun
from kb.reading.lexicon_records import Entry
from kb.reading.model import Mention, OfficeMention, Party
from kb.reading.modifiers import modifier_states
from kb.reading.names import Identity
from kb.reading.titles import find_titles

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_DEPUTY = re.compile(r"\b(?:vice|deputy|assistant|under)\b", re.I)
"""Ranks that are another's than the principal's."""
_LEADING: Final = frozenset({"HeadOfGovernment", "HeadOfState"})
_PAIRED: Final = _LEADING | {"ForeignMinister", "DefenceMinister"}
"""Roles of which most states have one holder."""
_LEADERS = ("leader", "ruler", "head")


def office_holder(referents: Referents, mention: Mention) -> tuple[Party, ...]:
    """Return who holds a named office: the person introduced with it, else its holder on the day."""
    before = referents.page.doc[mention.first - 1] if mention.first else None
    if before is not None and before.lower_ in ("a", "an"):
        return ()  # "a president of X" is any of them
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


def holder_in(referents: Referents, token: Token, state: str, lemma: str) -> Party | None:
    """Return who holds one state's office of several: by the text's own naming, else on the day."""
    start, end = of_noun(token)
    for office in referents.offices:
        same = office.key == lemma or _same_portfolio(referents.page.text[start:end], office)
        if office.state == state and (same or (lemma in _LEADERS and _leads(office.roles))):
            person = referents.people.of(office.person)
            if person is not None:
                return referents.party(person, start, end, "title-introduced")
    return _by_office(referents, token, [state], start, end)


def counterpart(referents: Referents, token: Token, states: list[str]) -> tuple[Party, ...]:
    """Return whom "his Xian counterpart" stands for: who holds the same office in that state."""
    owners_ = [p for owner in token.children if owner.dep_ == "poss" for p in referents.single(owner)]
    whose = {party.name for party in owners_}
    own = [o for o in referents.offices if (one := referents.people.of(o.person)) and one.name in whose]
    start, end = of_noun(token)
    states = [state for state in states if state not in {office.state for office in own}]
    if not own and len(owners_) == 1:
        return _of_like_office(referents, owners_[0], states, start, end)
    found: list[Party] = []
    for state in states:
        for office in own:
            named = [o for o in referents.offices if o.state == state and set(o.roles) & set(office.roles)]
            people = {p.name: p for o in named if (p := referents.people.of(o.person)) is not None}
            held = _holders(referents, state, office.roles)
            if len(people) == 1:
                found.append(referents.party(next(iter(people.values())), start, end, "counterpart"))
                break
            if len(held) == 1:
                found.append(Party(held[0].name, "person", start, end, held[0].iri, (state,), "counterpart"))
                break
    return tuple(found) if len(found) == len(states) else ()


def _of_like_office(
    referents: Referents, party: Party, states: list[str], start: int, end: int
) -> tuple[Party, ...]:
    """Return who holds, in some states, the office of a person whom the text names by it alone."""
    lexicon, day = referents.page.lexicon, referents.page.article.published
    offices = lexicon.offices_of(party.iri, day) if party.iri and day else []
    roles = {role for office in offices for role in lexicon.roles(office.iri)} & _PAIRED
    if not roles or (len(roles) > 1 and roles != _LEADING):
        return ()  # which of the two the text means, nobody knows
    found: list[Party] = []
    for state in states:
        governs = roles == _LEADING and state in nominals()["led_by_government"]
        held = _holders(referents, state, ("HeadOfGovernment",) if governs else tuple(sorted(roles)[-1:]))
        found += [Party(one.name, "person", start, end, one.iri, (state,), "counterpart") for one in held]
    return tuple(found) if len(found) == len(states) else ()


def _holders(referents: Referents, state: str, roles: tuple[str, ...]) -> list[Entry]:
    """Return who holds offices of the first telling role in a state on the day of publication."""
    lexicon, day = referents.page.lexicon, referents.page.article.published
    role = next((role for role in roles if role != "OtherOffice"), None)
    if day is None or role is None:
        return []
    found = {h.iri: h for office in lexicon.offices(state, role) for h in lexicon.holders(office.iri, day)}
    return list(found.values())


def titled(referents: Referents, token: Token, lemma: str) -> Party | None:
    """Return the person whom a title without a name stands for."""
    states = modifier_states(referents, token)
    start, end = of_noun(token)
    introduced: dict[str, Identity] = {}
    later: dict[str, Identity] = {}
    phrase = referents.page.text[start:end]
    for office in referents.offices:
        if bool(_DEPUTY.search(phrase)) != bool(_DEPUTY.search(office.name)):
            continue
        same = (office.key == lemma and not _another_portfolio(phrase, office)) or _same_portfolio(
            phrase, office
        )
        fits = same or (lemma in _LEADERS and _leads(office.roles))
        if lemma == "general" and ("secretary" in phrase.lower()) != ("secretary" in office.name.lower()):
            continue  # a Secretary General is no general
        if not fits or (states and office.state not in states):
            continue
        person = referents.people.of(office.person)
        if person is None:
            continue
        if not states and office.person.start > token.idx:
            later[person.name] = person
        else:
            introduced[person.name] = person
    own = home_offices.own_title(referents, token, phrase) if not states else frozenset()
    if own:
        return _own(referents, token, introduced) or home_offices.holder(referents, own, start, end)
    chosen = _only(referents, token, introduced)
    if chosen is not None:
        return referents.party(chosen, start, end, "title-introduced")
    if len(later) == 1 and not introduced and not states:
        return referents.party(next(iter(later.values())), start, end, "title-introduced-later")
    found = _by_office(referents, token, states, start, end) if not introduced or states else None
    if found is None and not introduced:
        found = _by_turn(referents, token, states, start, end)
    return found or _again(referents, token, states, start, end)


def _again(referents: Referents, token: Token, states: list[str], start: int, end: int) -> Party | None:
    """Return whom the text called by a fuller title before: "the president" after "the Xian president"."""
    definite = any(child.dep_ == "det" and child.lower_ == "the" for child in token.children)
    if states or not definite or token.tag_ not in ("NN", "NNP"):
        return None
    for before in reversed(referents.page.doc[: token.i]):
        if before.lower_ == token.lower_ and before.i not in referents.title_of:
            fuller = referents.page.mention_at(before) is not None or modifier_states(referents, before)
            found = referents.single(before) if fuller else ()
            if len(found) == 1 and found[0].kind == "person":
                return replace(found[0], start=start, end=end, rule="title-again")
    return None


def _by_turn(referents: Referents, token: Token, states: list[str], start: int, end: int) -> Party | None:
    """Return the person of whom the text just spoke, where nothing says that he is of another state.

    "X left on Saturday. The Ruritanian leader had come …": of a state or a person that no list holds.
    """
    definite = any(child.dep_ == "det" and child.lower_ == "the" for child in token.children)
    if not definite or len(states) != 1 or token.tag_ not in ("NN", "NNP"):
        return None
    if all(person.iri is not None for person in referents.people.all()):
        return None
    for parties in antecedents(referents, token):
        for party in parties:
            if party.kind == "person" and (party.states in ((), (states[0],))) and party.iri is None:
                return Party(party.name, "person", start, end, None, (states[0],), "title-by-turn")
    before = [
        p for p in referents.people.named_before(token.idx) if p.iri is None and p.state in (None, states[0])
    ]
    names = [person.name for person in before]
    if not names:
        return None
    most = max(dict.fromkeys(names), key=names.count)
    return Party(most, "person", start, end, None, (states[0],), "title-by-turn")


def _same_portfolio(phrase: str, office: OfficeMention) -> bool:
    """Tell whether a defence chief is the defence minister or secretary whom the text names."""
    found = find_titles(phrase)
    roles = set(found[-1].title.roles) if found else set()
    return bool(roles & set(office.roles) & {"ForeignMinister", "DefenceMinister"})


def _another_portfolio(phrase: str, office: OfficeMention) -> bool:
    """Tell whether a title says another role than an office has: "the Foreign Minister" is no Prime one."""
    found = find_titles(phrase)
    said = set(found[-1].title.roles) - {"OtherOffice"} if found else set()
    held = set(office.roles) - {"OtherOffice"}
    return bool(said and held and not said & held)


def _leads(roles: tuple[str, ...]) -> bool:
    return bool({"HeadOfState", "HeadOfGovernment", "PartyStateLeader"} & set(roles))


def _only(referents: Referents, token: Token, introduced: dict[str, Identity]) -> Identity | None:
    """Return the only candidate, else the only one of the outlet's own state."""
    if len(introduced) == 1:
        return next(iter(introduced.values()))
    home = [person for person in introduced.values() if person.state and person.state == referents.page.home]
    return home[0] if len(home) == 1 else _last_spoken_of(referents, token, introduced)


def _own(referents: Referents, token: Token, introduced: dict[str, Identity]) -> Party | None:
    """Return who of the outlet's own state bears a title that is the outlet's own."""
    ours = [person for person in introduced.values() if person.state in (referents.page.home, None)]
    own = ours[0] if len(ours) == 1 else None
    if own is None and len(introduced) > 1:
        own = _last_spoken_of(referents, token, introduced)
    return referents.party(own, *of_noun(token), "title-introduced") if own is not None else None


def _last_spoken_of(referents: Referents, token: Token, introduced: dict[str, Identity]) -> Identity | None:
    """Return who of several of one title the text spoke of last, as what it was about."""
    if not introduced or token.dep_ not in ("nsubj", "nsubjpass"):
        return None
    for parties in antecedents(referents, token):
        here = [introduced[party.name] for party in parties if party.name in introduced]
        if here:
            return here[0] if len(here) == 1 else None
    return None


def _by_office(referents: Referents, token: Token, states: list[str], start: int, end: int) -> Party | None:
    """Return the holder, on the publication date, of the office that a title and a state name."""
    day = referents.page.article.published
    found = find_titles(referents.page.text[start:end])
    roles = found[-1].title.roles if found else ()
    only = titles_of_one_state().get(found[-1].text.lower()) if found else None
    state = states[0] if len(states) == 1 else (None if states else only or referents.page.home)
    if token.lemma_.lower() in ("head", "leader") and _of_state(referents, token):
        roles = ("HeadOfState",)
    if day is None or state is None or not roles:
        return None
    if token.lemma_.lower() in _LEADERS and state in nominals()["led_by_government"]:
        roles = ("HeadOfGovernment",)
    for role in roles:
        holders = {
            holder.iri: holder
            for office in referents.page.lexicon.offices(state, role)
            for holder in referents.page.lexicon.holders(office.iri, day)
        }
        if role == "OtherOffice":
            named = found[-1].title.text if found else ""
            offices = [
                o for o in referents.page.lexicon.offices(state, role) if o.name.lower().startswith(named)
            ]
            holders = {h.iri: h for o in offices for h in referents.page.lexicon.holders(o.iri, day)}
            holders = holders if " " in named else {}
        if len(holders) == 1:
            holder = next(iter(holders.values()))
            return Party(holder.name, "person", start, end, holder.iri, (state,), "title-on-date")
        if holders:
            return None
    return None


def _of_state(referents: Referents, token: Token) -> bool:
    """Tell whether somebody leads a state itself: "the head of the Republic of X", not of its army."""
    of = [child for child in token.children if child.dep_ == "prep" and child.lower_ == "of"]
    named = [
        referents.page.mention_at(noun) for child in of for noun in child.children if noun.dep_ == "pobj"
    ]
    return any(m is not None and m.form != "demonym" and referents.state_of(m) is not None for m in named)
