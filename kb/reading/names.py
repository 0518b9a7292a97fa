"""Who is who: each person named in a text is one identity, under whatever short form the text uses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kb.reading.lexicon_records import Entry
from kb.reading.model import Mention, OfficeMention
from kb.reading.page import Page

_PARTICLES: Final = frozenset(
    {"bin", "al", "ibn", "de", "del", "della", "der", "da", "von", "van", "mr", "mrs", "ms", "dr", "jr", "sr"}
)
_SHE: Final = frozenset({"mrs", "ms", "miss", "queen", "princess", "lady", "her"})
_HE: Final = frozenset({"mr", "king", "prince", "sir", "lord", "sheikh", "his", "emir", "sultan"})


_INITIAL: Final = re.compile(r"[A-Z]\.?")


@dataclass(frozen=True, slots=True)
class Identity:
    """A person of this text."""

    name: str
    iri: str | None
    state: str | None
    gender: str | None
    first: int
    """Offset of the first mention."""
    rule: str


class People:
    """The persons of a text and which mention is whose."""

    def __init__(self, page: Page, offices: tuple[OfficeMention, ...]) -> None:
        self._page = page
        self._offices = {office.person: office for office in offices}
        self._of: dict[Mention, Identity] = {}
        self._all: dict[str, Identity] = {}
        self._spelt: dict[str, list[list[str]]] = {}
        people = [m for m in page.mentions if _is_person(m)]
        for mention in sorted(people, key=lambda m: (not _full(m), m not in self._offices, m.start)):
            self._place(mention)
        self._order = sorted(
            ((m.start, self._of[m]) for m in people if m in self._of), key=lambda pair: pair[0]
        )

    def of(self, mention: Mention) -> Identity | None:
        """Return whose name a mention is, None where that is open."""
        found = self._of.get(mention)
        return self._all.get(_key(found), found) if found is not None else None

    def named_before(self, offset: int) -> list[Identity]:
        """Return the persons named before an offset, a person for each naming, in order."""
        return [self._all.get(_key(person), person) for start, person in self._order if start < offset]

    def all(self) -> list[Identity]:
        """Return every person of the text, in order of first mention."""
        return sorted(self._all.values(), key=lambda person: person.first)

    def _place(self, mention: Mention) -> None:
        known = [e for e in mention.entries if e.kind == "person" and self._likely(mention, e)]
        known = known or self._by_initials(mention)
        known = [e for e in known if not self._other_sex(mention, e.gender)]
        person = self._from_lexicon(mention, known) if known else self._from_text(mention)
        if person is None:
            return
        kept = self._all.get(_key(person))
        if kept is None:
            self._all[_key(person)] = person
        elif (
            mention.start < kept.first
            or (kept.gender is None and person.gender)
            or (kept.state is None and person.state)
        ):
            self._all[_key(person)] = replace(
                kept,
                first=min(kept.first, mention.start),
                gender=kept.gender or person.gender,
                state=kept.state or person.state,
            )
        self._of[mention] = person
        self._spelt.setdefault(_key(person), []).append(_words(mention.text))

    def _by_initials(self, mention: Mention) -> list[Entry]:
        """Return whom initials and a surname name: "B. N. Varga", where the lexicon's short form fits."""
        *given, last = mention.text.replace(".", ". ").split()
        if not mention.entries and len(given) > 1 and not _INITIAL.fullmatch(given[0]):
            return self._without_initials(given, last)
        if mention.entries or not given or not all(_INITIAL.fullmatch(word) for word in given):
            return []
        found = [entry for match in self._page.lexicon.matches(last) for entry in match.entries]
        return [e for e in found if e.kind == "person" and e.name[:1] == given[0][:1]]

    def _without_initials(self, given: list[str], last: str) -> list[Entry]:
        """Return whom a name means that has an initial more than the lexicon's: "Boris N. Varga"."""
        plain = " ".join([*(word for word in given if not _INITIAL.fullmatch(word)), last])
        found = [match for match in self._page.lexicon.matches(plain) if match.text == plain]
        return [e for match in found for e in match.entries if e.kind == "person" and match.form == "name"]

    def _likely(self, mention: Mention, entry: Entry) -> bool:
        """Tell whether a short form may mean a person whom the text does not introduce by the full name.

        News names so only those who are in office that week; and never one, where somebody else of the text
        is called so: "President Mohamed" after Mohamed bin Zayed is no minister of that name elsewhere.
        """
        if _full(mention) or entry.iri in self._all or self._holds(entry, self._offices.get(mention)):
            return True
        words = _words(mention.text)
        if any(_alias(words, _words(person.name)) for person in self._all.values()):
            return False
        day, offices = self._page.article.published, self._page.lexicon.offices_of
        return day is None or not offices(entry.iri, None) or bool(offices(entry.iri, day))

    def _holds(self, entry: Entry, office: OfficeMention | None) -> bool:
        """Tell whether somebody holds the office named beside a short form: "President Varga" is not Mrs."""
        day = self._page.article.published
        if office is None or office.iri is None or day is None:
            return False
        return any(held.iri == office.iri for held in self._page.lexicon.offices_of(entry.iri, day))

    def _from_lexicon(self, mention: Mention, known: list[Entry]) -> Identity | None:
        if len(known) == 1:
            entry, rule = known[0], "name" if _full(mention) else "short-name"
        else:
            chosen = self._choose(mention, known)
            if chosen is None:
                return None
            entry, rule = chosen
        state, gender = self._acts_for(entry) or self._state(mention), entry.gender or self._gender(mention)
        return Identity(entry.name, entry.iri, state, gender, mention.start, rule)

    def _acts_for(self, entry: Entry) -> str | None:
        """Return the state that a person speaks for: none while in office at a body of many states."""
        held = self._page.lexicon.offices_of(entry.iri, self._page.article.published)
        day = self._page.article.published
        return None if day is not None and held and not any(o.state for o in held) else entry.state

    def _choose(self, mention: Mention, known: list[Entry]) -> tuple[Entry, str] | None:
        """Choose among several of one short name: by office, by introduction, by office on the day."""
        office = self._offices.get(mention)
        if office is not None and not office.inferred:
            known = [entry for entry in known if entry.state in (None, office.state)] or known
            held = [
                e
                for e in known
                if any(
                    o.iri == office.iri
                    for o in self._page.lexicon.offices_of(e.iri, self._page.article.published)
                )
            ]
            if len(held) == 1 and office.iri:
                return held[0], "short-name-by-office"
        introduced = [entry for entry in known if entry.iri in self._all]
        if len(introduced) == 1:
            return introduced[0], "short-name-introduced"
        pool = introduced or known
        day = self._page.article.published
        if day is not None:
            serving = [entry for entry in pool if self._page.lexicon.offices_of(entry.iri, day)]
            if len(serving) == 1:
                return serving[0], "short-name-in-office"
            for roles in ({"HeadOfState", "PartyStateLeader"}, {"HeadOfGovernment"}):
                leading = [entry for entry in serving if self._roles(entry) & roles]
                if leading:
                    return (leading[0], "short-name-of-leader") if len(leading) == 1 else None
        earlier = [e for e in introduced if self._all[e.iri].first < mention.start]
        return (earlier[0], "short-name-introduced-first") if len(earlier) == 1 else None

    def _roles(self, person: Entry) -> set[str]:
        """Return the roles that a person held on the publication day: news names all but leaders in full."""
        lexicon, day = self._page.lexicon, self._page.article.published
        return {role for office in lexicon.offices_of(person.iri, day) for role in lexicon.roles(office.iri)}

    def _from_text(self, mention: Mention) -> Identity | None:
        words = _words(mention.text)
        for person in self._introduced(mention):
            if self._other_sex(mention, person.gender):
                continue
            for theirs in (_words(person.name), *self._spelt.get(_key(person), [])):
                if words == theirs or (len(words) < len(theirs) and _alias(words, theirs)):
                    return person
        office = self._offices.get(mention)
        held = self._holder(office) if office is not None and len(words) == 1 else None
        if held is not None:
            return Identity(
                held.name, held.iri, held.state, held.gender, mention.start, "name-by-office-holder"
            )
        # A lexicon's person who was not meant has left a full name on the mention: keep the text's word.
        name = mention.text if mention.entries else mention.name
        return Identity(
            name, None, self._state(mention), self._gender(mention), mention.start, "name-in-text"
        )

    def _holder(self, office: OfficeMention) -> Entry | None:
        """Return the office's holder where the name beside the title is a form the lexicon lacks."""
        if office.iri is None or self._page.article.published is None:
            return None
        holders = self._page.lexicon.holders(office.iri, self._page.article.published)
        word = _words(office.person.text)[-1:]
        fitting = [holder for holder in holders if word and word[0] in _words(holder.name)]
        return fitting[0] if len(fitting) == 1 else None

    def _introduced(self, mention: Mention) -> list[Identity]:
        if len(_words(mention.text)) == 1:  # a family name alone is his of whom the text spoke first
            return sorted(self._all.values(), key=lambda person: person.first)
        earlier = [person for person in self._all.values() if person.first <= mention.start]
        later = [person for person in self._all.values() if person.first > mention.start]
        return sorted(earlier, key=lambda person: -person.first) + sorted(
            later, key=lambda person: person.first
        )

    def _state(self, mention: Mention) -> str | None:
        office = self._offices.get(mention)
        return office.state if office is not None else None

    def _other_sex(self, mention: Mention, gender: str | None) -> bool:
        """Tell whether a title contradicts: "Mrs Varga" is not he."""
        before = self._page.text[max(0, mention.start - 6) : mention.start].lower().rstrip(" .").split()[-1:]
        if gender == "male":
            return bool(set(before) & {"mrs", "ms", "miss", "madam", "madame"})
        return gender == "female" and before == ["mr"]

    def _gender(self, mention: Mention) -> str | None:
        before = (
            self._page.text[max(0, mention.start - 24) : mention.start].lower().replace(".", " ").split()[-3:]
        )
        if _SHE & set(before):
            return "female"
        return "male" if _HE & set(before[-1:]) or {"his", "highness"} <= set(before) else None


def _alias(words: list[str], full: list[str]) -> bool:
    """A shorter form: the last words, the first one, or first and last."""
    if not words or not full:
        return False
    return full[-len(words) :] == words or (len(words) == 1 and words[0] == full[0]) or set(words) < set(full)


def _words(name: str) -> list[str]:
    plain = name.lower().replace(",", " ").replace(".", " ").replace("-", " ").replace("’", "'").split()
    return [word for word in plain if word not in _PARTICLES]


def _full(mention: Mention) -> bool:
    return mention.form == "name" or (
        mention.form not in ("short", "titled") and len(_words(mention.text)) > 1
    )


def _is_person(mention: Mention) -> bool:
    return mention.kind == "person" or (
        bool(mention.entries) and all(entry.kind == "person" for entry in mention.entries)
    )


def _key(person: Identity) -> str:
    return person.iri or person.name
