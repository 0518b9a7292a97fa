"""Who or what a noun phrase stands for. Each link records its rule; what stays ambiguous stays unresolved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from spacy.tokens import Token

from kb.reading import noun_phrases, organs, pronouns
from kb.reading.data import nominals
from kb.reading.lexicon_records import Entry
from kb.reading.model import Mention, OfficeMention, Party
from kb.reading.names import Identity, People
from kb.reading.offices_acting import begins_the_clause
from kb.reading.page import Page
from kb.reading.quotations import Quotations
from kb.reading.titled import office_holder
from kb.reading.tree import conjuncts, sentence_bounds, sentence_start
from kb.reading.turns import Turns

_LISTED = re.compile(r"^(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?$")
"""What stands between the names of a list."""
_STATELY = ("state", "government")


class Referents:
    """Resolves the noun phrases of one page, each once."""

    def __init__(self, page: Page, offices: tuple[OfficeMention, ...]) -> None:
        self.page = page
        self.offices = tuple(office for office in offices if not begins_the_clause(page, office))
        self.people = People(page, self.offices)
        self.title_of = {office.title: office for office in self.offices}
        self._known: dict[int, tuple[Party, ...]] = {}
        self._open: set[int] = set()
        self._lists: dict[int, list[Token]] = {}

    @cached_property
    def quotations(self) -> Quotations:
        """Return where the text quotes."""
        return Quotations(self.page)

    @cached_property
    def turns(self) -> Turns:
        """Return who has the floor where, in a transcript."""
        return Turns(self)

    def parties(self, tokens: Iterable[Token]) -> tuple[Party, ...]:
        """Return whom some noun phrases stand for, what is joined by "and" included, none twice."""
        found: dict[tuple[str, str | None], Party] = {}
        for token in tokens:
            listed = self._lists.get(token.i)
            if listed is None:
                listed = self._lists[token.i] = self._listed(token)
            for head in listed:
                for party in self.single(head):
                    found.setdefault((party.name, party.iri), party)
        return tuple(found.values())

    def _listed(self, token: Token) -> list[Token]:
        """Return what is joined to a noun; between two names of persons or states an apposition is a list."""
        told_by_name = self._told_by_name(token)
        if told_by_name:
            return told_by_name
        found = conjuncts(token)
        found += self._enumerated(found)
        for head in list(found):
            for names in (self._names_person, self._names_state):
                beside = [c for c in head.children if c.dep_ == "appos" and names(c) and names(head)]
                found += [joined for child in beside for joined in conjuncts(child)]
        found += self._swallowed(token)
        told = [head for head in found[1:] if not self._speaks(head) and not self._of_office(head)]
        return [*self._headed(token), *found[:1], *told]

    def _told_by_name(self, token: Token) -> list[Token]:
        """Return who a plural noun says are several, each by name: "the two countries, X and Y, signed"."""
        if token.tag_ != "NNS":
            return []
        for child in token.children:
            named = conjuncts(child) if child.dep_ == "appos" else []
            if len(named) > 1 and all(self._names_state(t) or self._names_person(t) for t in named):
                return named
        return []

    def _swallowed(self, head: Token) -> list[Token]:
        """Return the person before "and" whom the parser made part of the next one's name."""
        mention = self.page.mention_at(head)
        if mention is None or mention.kind != "person":
            return []
        found = []
        for other in self.page.mentions_in(sentence_start(head), mention.first):
            root = self.page.doc[other.first : other.last + 1].root
            inside = mention.first <= root.head.i <= mention.last and root.dep_ in (
                "nmod",
                "compound",
                "amod",
            )
            if other.kind == "person" and inside and " and " in self.page.text[other.end : mention.start]:
                found.append(root)
        return found

    def _speaks(self, head: Token) -> bool:
        """Tell whether a name at the end of a list is not of it but says so: "between A and B, C said"."""
        mention = self.page.mention_at(head)
        after = self.page.doc[mention.last + 1] if mention and mention.last + 1 < len(self.page.doc) else None
        comma = mention is not None and "," in self.page.text[max(0, mention.start - 60) : mention.start]
        return after is not None and comma and after.lower_ in ("said", "says", "told", "announced", "added")

    def _of_office(self, head: Token) -> bool:
        """Tell whether a word of a list is what an office is over: "A, Minister of Trade, Energy and …"."""
        mention = self.page.mention_at(head)
        known = mention is not None and (mention.kind == "person" or bool(mention.entries))
        return not known and any(o.person.end < head.idx < o.end for o in self.offices)

    def _headed(self, token: Token) -> list[Token]:
        """Return who opens a headline's list before its subject: "X, Y and Z sign a pact"."""
        found: list[Token] = []
        last = self.page.mention_at(token)
        people = last is not None and last.kind == "person" and token.head.tag_ in ("VBP", "VB")
        if token.dep_ != "nsubj" or last is None or not (people or self.state_of(last) is not None):
            return found
        for mention in reversed(list(self.page.mentions_in(sentence_start(token), last.first))):
            between = self.page.text[mention.end : last.start].strip()
            head = self.page.doc[mention.first : mention.last + 1].root
            other = self._names_state(head) and self.state_of(mention) != self.state_of(last)
            other = self._names_person(head) and mention.name != last.name if people else other
            if between != "," or not other or head.dep_ in ("pobj", "poss"):
                break
            found.insert(0, head)
            last = mention
        opens = last.start == self.page.doc[sentence_start(token)].idx
        return found if opens else []

    def _enumerated(self, heads: list[Token]) -> list[Token]:
        """Return the names that go on a list after the parser lost it: "A, B, the C and D"."""
        last = self.page.mention_at(heads[-1])
        found: list[Token] = []
        if last is None or len(heads) < 2:
            return found
        for mention in self.page.mentions_in(last.last + 1, sentence_bounds(heads[-1])[1]):
            head = self.page.doc[mention.first : mention.last + 1].root
            joined = _LISTED.match(self.page.text[last.end : mention.start])
            if (
                not joined
                or mention.kind != last.kind
                or head.dep_ not in ("conj", "appos", "npadvmod", "dep")
            ):
                break
            found.append(head)
            last = mention
        return found

    def _names_state(self, token: Token) -> bool:
        mention = self.page.mention_at(token)
        return mention is not None and mention.form != "demonym" and self.state_of(mention) is not None

    def _names_person(self, token: Token) -> bool:
        mention = self.page.mention_at(token)
        return mention is not None and mention.kind == "person"

    def single(self, token: Token) -> tuple[Party, ...]:
        """Return whom one noun phrase stands for; a group may be several."""
        if token.i in self._known:
            return self._known[token.i]
        if token.i in self._open:  # "his" inside the phrase that it refers to
            return ()
        self._open.add(token.i)
        found = self._resolve(token)
        self._open.discard(token.i)
        self._known[token.i] = found
        return found

    def _resolve(self, token: Token) -> tuple[Party, ...]:
        mention = self.page.mention_at(token)
        office = self.title_of.get(token.i) or self._twin(token)
        if office is not None and not _same(mention, office.person) and not _for_another(token, office):
            return self._person(office.person, "office-beside-name")
        if mention is not None and (mention.entries or not noun_phrases.is_office_plural(token)):
            return self._named(mention, token)
        if token.pos_ == "PRON" or (token.dep_ == "poss" and token.tag_ == "PRP$"):
            return pronouns.resolve(self, token)
        return noun_phrases.resolve(self, token)

    def _administration(self, mention: Mention) -> str | None:
        """Return the state of "the Varga administration": that of the person whose it is."""
        name, _, body = mention.name.rpartition(" ")
        if body.lower() not in ("administration", "government", "cabinet"):
            return None
        known = {
            entry.state
            for match in self.page.lexicon.matches(name)
            for entry in match.entries
            if entry.kind == "person"
        }
        named = {person.state for person in self.people.all() if person.name.endswith(name)}
        states = (named or known) - {None}
        return states.pop() if len(states) == 1 else None

    def _twin(self, token: Token) -> OfficeMention | None:
        """Return whose a first of two titles is: "Deputy Prime Minister and Foreign Minister X"."""
        if token.lemma_.lower() not in nominals()["persons"] or self._names_person(token):
            return None
        for office in self.offices:
            between = self.page.text[token.idx + len(token) : office.start]
            if token.idx < office.start and between.strip() == "and" and token.text[:1].isupper():
                own = any(m.start == office.start for m in self.page.mentions) or office.key == token.lower_
                return None if own else office  # "the President and US President X" are two
        return None

    def _named(self, mention: Mention, token: Token) -> tuple[Party, ...]:
        if mention.kind == "person" or (mention.entries and all(e.kind == "person" for e in mention.entries)):
            return self._person(mention, "")
        if mention.form == "title" or mention.kind == "office":
            return office_holder(self, mention)
        seated = [entry for entry in mention.entries if entry.kind == "organisation"]
        seat = mention.form == "metonym" or {entry.kind for entry in mention.entries} == {
            "facility",
            "organisation",
        }
        if seat and len(seated) == 1 and mention.entries[0].kind != "state":
            body = seated[0]  # "the Pentagon said": what has its seat there
            states = (body.state,) if body.state else ()
            return (Party(body.name, "organisation", mention.start, mention.end, body.iri, states, "seat"),)
        state = self.state_of(mention)
        if state is not None:
            return (self.state_party(state, mention.start, mention.end, mention.form),)
        reign = (
            self._administration(mention) if mention.kind == "organisation" and not mention.entries else None
        )
        if reign is not None:
            return (self.state_party(reign, mention.start, mention.end, "administration"),)
        persons = [entry for entry in mention.entries if entry.kind == "person"]
        if persons and len(mention.entries) > 1 and self.people.of(mention) is not None:
            return self._person(mention, "")
        return (organs.unowned(self, mention, token) or self.thing(mention),)

    def _person(self, mention: Mention, rule: str) -> tuple[Party, ...]:
        person = self.people.of(mention)
        if person is None:
            return ()
        return (self.party(person, mention.start, mention.end, rule or person.rule),)

    def party(self, person: Identity, start: int, end: int, rule: str) -> Party:
        """Return a person as a filler."""
        return Party(
            person.name, "person", start, end, person.iri, (person.state,) if person.state else (), rule
        )

    def state_of(self, mention: Mention) -> str | None:
        """Return the state that a mention names as an actor: by name, demonym, government or capital."""
        if mention.form in ("metonym", "demonym", "name", "short"):
            for kind in _STATELY:
                codes = {entry.state for entry in mention.entries if entry.kind == kind and entry.state}
                if len(codes) == 1:
                    return codes.pop()
        if mention.form == "metonym":
            codes = {entry.state for entry in mention.entries if entry.state}
            return codes.pop() if len(codes) == 1 else None
        return None

    def state_party(self, iso3: str, start: int, end: int, rule: str) -> Party:
        """Return a state as a filler, under its short English name."""
        entry = self.state(iso3)
        return Party(
            entry.name if entry else iso3,
            "state",
            start,
            end,
            (entry.iri or None) if entry else None,
            (iso3,),
            rule,
        )

    def state(self, code: str) -> Entry | None:
        """Return the state of a code, None for a code that neither lexicon nor text has."""
        return self.page.state(code)

    def thing(self, mention: Mention) -> Party:
        """Return what is neither person nor state as a filler."""
        if mention.entries:
            entry = mention.entries[0]
            same = len(mention.entries) == 1
            iri = (entry.iri or None) if same else None
            states = (entry.state,) if entry.state else ()
            return Party(entry.name, entry.kind, mention.start, mention.end, iri, states, mention.form)
        return self._body(mention)

    def _body(self, mention: Mention) -> Party:
        """Return an organisation that only the text knows: by its longest name, and the state it is of."""
        name, states = mention.name, self._beside(mention)
        for other in self.page.mentions:
            longer = other.kind == mention.kind and other.name.startswith(f"{mention.name} ")
            if mention.kind == "organisation" and (longer or other.name == name):
                name = other.name if longer else name
                states = states or self._beside(other)
        return Party(name, mention.kind, mention.start, mention.end, None, states, mention.form)

    def _beside(self, mention: Mention) -> tuple[str, ...]:
        """Return the state whose demonym stands just before a name, or that the name holds."""
        near = self.page.mentions_in(max(mention.first - 3, 0), mention.first)
        found = [
            state for other in near if other.form in ("demonym", "name") and (state := self.state_of(other))
        ]
        inside = [
            s
            for m in self.page.lexicon.matches(mention.text)
            for s in {e.state for e in m.entries if e.kind == "state"}
        ]
        states = [state for state in (*inside, *found[-1:]) if state]
        return tuple(sorted(set(states)))


def _same(mention: Mention | None, other: Mention) -> bool:
    return mention is not None and mention.start == other.start


def _for_another(token: Token, office: OfficeMention) -> bool:
    """Tell whether a title is of somebody who only serves whom it names next: "the spokesman for X"."""
    return any(
        part.dep_ == "pobj" and part.idx <= office.person.end and part.idx >= office.person.start
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in ("for", "to")
        for part in child.children
    )
