"""One copy of a mould: who plays which part, on which day, and how each gap reads then."""

from __future__ import annotations

import calendar
import hashlib
import random
import re
import string
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Final

from pyoxigraph import Literal

from kb.namespaces import LG, PREFIXES
from tests.bench.moulds import Gap, Mould, own_id
from tests.bench.world import BUSY, LEADING, OTHERS, World

_FIRST: Final = 1995
_LAST: Final = 2025
_FRESH_FACILITY: Final = 6.0
"""How readily a state gets a facility that no reference data know: the first six visits are as likely to go
to a new one as to a known one, later ones less and less."""
_UNKNOWN_PERSON: Final = 0.15
_SYLLABLES: Final = tuple(
    "an bo chi da el fu go ha in jo ka lu mi no or pe qu ra su ti un va wen xi yo za".split()  # noqa: SIM905 (easier to read)
)
_DAY_FORM: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_DATE: Final = f"^^<{PREFIXES['xsd']}date>"
_TYPE, _LABEL = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['rdfs']}label>"
_SOURCE, _TRUE = f"<{PREFIXES['dct']}source>", f'"true"^^<{PREFIXES["xsd"]}boolean>'


@dataclass(slots=True)
class Stage:
    """What all copies share: the pools, and what earlier copies have added to them."""

    world: World
    rng: random.Random
    evenness: float
    facilities: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    visits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    persons: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    people: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    hardware: list[str] = field(default_factory=list)
    pairs: tuple[tuple[str, str], ...] = ()
    sums: list[float] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pairs, shares = self.world.pairs(self.evenness)
        self.sums = list(accumulate(shares))
        self.weights = list(accumulate(self.world.weight[code] for code in self.world.states))
        self.hardware = sorted({thing for pool in self.world.hardware.values() for thing in pool})
        for person, code in sorted(self.world.home.items()):
            if person.startswith(PREFIXES["person"]):
                self.people[code].append(person)

    def pair(self) -> list[str]:
        """Draw two states, in either order; the first is mostly the one that travels."""
        found = list(self.pairs[bisect(self.sums, self.rng.random() * self.sums[-1])])
        return found[::-1] if self.rng.random() < (0.2 if tuple(found) == BUSY else 0.5) else found

    def state(self) -> str:
        """Draw one state, the better known the likelier."""
        return self.world.states[bisect(self.weights, self.rng.random() * self.weights[-1])]

    def skewed(self, pool: list[str] | tuple[str, ...]) -> str:
        """Draw from a pool, the first ones likelier."""
        return pool[int(len(pool) * self.rng.random() ** 2)]


@dataclass(slots=True)
class Cast:
    """One copy. ``fill`` says how a gap reads; ``extras`` are descriptions that its article must add."""

    stage: Stage
    mould: Mould
    number: int
    states: dict[str, str] = field(default_factory=dict)
    dyads: set[tuple[str, str]] = field(default_factory=set)
    extras: list[str] = field(default_factory=list)
    months: int = 0
    day: str = ""
    letters: dict[int, int] = field(default_factory=dict)
    outlet: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    known: dict[tuple[Gap, str], str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        rng = self.stage.rng
        drawn = self.stage.pair()
        while len(drawn) < len(self.mould.states):
            other = self.stage.state()
            if other not in drawn:
                drawn.append(other)
        self.states = dict(zip(self.mould.states, drawn, strict=False))
        self._choose_day(drawn[:2])
        vowels, consonants = "aeiou", "bcdfghjklmnpqrstvwxyz"
        mixed = "".join(rng.sample(vowels, 5)) + "".join(rng.sample(consonants, len(consonants)))
        plain = vowels + consonants
        self.letters = str.maketrans(plain + plain.upper(), mixed + mixed.upper())
        self.outlet = rng.choice(self.stage.world.outlets or ("Daily News",))

    def _choose_day(self, pair: list[str]) -> None:
        """Shift the copy to a time, the later the likelier, in which both states have a known leader."""
        old = self.mould.published
        for _ in range(12):
            year = _LAST - int((_LAST - _FIRST + 1) * self.stage.rng.random() ** 1.5)
            month = old.month if self.mould.whole_years else self.stage.rng.randint(1, 12)
            self.months = (year - old.year) * 12 + month - old.month
            self.day = _shifted(old, self.months).isoformat()
            if all(self._in_office(code, LEADING) for code in pair):
                return

    def _in_office(self, code: str, roles: tuple[str, ...]) -> list[str]:
        """Return who held an office of one of these roles on the copy's day."""
        return [
            held.person
            for held in self.stage.world.tenures[code]
            if held.since <= self.day <= held.until and held.role in roles
        ]

    def fill(self, gap: Gap, text: str) -> str:
        """Return a gap's term as N-Triples writes it."""
        found = self.known.get((gap, text))
        if found is None:
            found = self.known[gap, text] = _FILLERS[gap](self, text)
        return found

    def fresh_id(self, old: str) -> str:
        """Return the copy's own identifier for one of the mould."""
        found = self.ids.get(old)
        if found is None:
            digits = f"{self.stage.rng.getrandbits(4 * len(old)):0{len(old)}x}"
            found = self.ids[old] = "c" + digits[1:] if old[0] == "c" and len(old) == 17 else digits
        return found

    def _fresh(self, iri: str) -> str:
        old = own_id(iri)
        assert old is not None
        return f"<{iri.replace(old, self.fresh_id(old), 1)}>"

    def _key(self, text: str) -> str:
        return f'"{self.fresh_id(text)}"'

    def _doc(self, text: str) -> str:
        return f'"{text}-{self.number}"'

    def _on(self, text: str) -> str:
        return f'"{_shifted(date.fromisoformat(text), self.months).isoformat()}"{_DATE}'

    def _edtf(self, text: str) -> str:
        return f'"{_DAY_FORM.sub(self._moved, text)}"'

    def _moved(self, found: re.Match[str]) -> str:
        year, month, day = found.groups()
        moved = _shifted(date(int(year), int(month or 1), int(day or 1)), self.months)
        if day:
            return moved.isoformat()
        return moved.strftime("%Y-%m") if month else str(moved.year)

    def _words(self, text: str) -> str:
        return str(Literal(text.translate(self.letters)))

    def _state(self, iri: str) -> str:
        return f"<{PREFIXES['state']}{self.code(iri.rpartition('/')[2])}>"

    def code(self, old: str) -> str:
        """Return the code of the state that stands for another one."""
        if old not in self.states:
            self.states[old] = old if old not in self.states.values() else self.stage.state()
        return self.states[old]

    def _code(self, text: str) -> str:
        return f'"{self.code(text)}"' if text in self.stage.world.labels else f'"{text}"'

    def _of_state(self, iri: str) -> str:
        before, _, old = iri.rpartition("/")
        return f"<{before}/{self.code(old)}>" if old in self.stage.world.labels else f"<{iri}>"

    def _dyad(self, iri: str) -> str:
        one, other = sorted(self.code(old) for old in iri.rpartition("/")[2].split("-"))
        self.dyads.add((one, other))
        return f"<{PREFIXES['dyad']}{one}-{other}>"

    def _home(self, iri: str) -> str:
        old = self.stage.world.home.get(iri)
        return self.stage.state() if old is None else self.code(old)

    def _person(self, iri: str) -> str:
        code = self._home(iri)
        role = self.stage.world.roles.get(iri, {}).get(self.stage.world.home.get(iri, ""), "")
        pools = [self._in_office(code, (role,))] if role else []
        pools += [self._in_office(code, LEADING)] if role in LEADING else [self._in_office(code, OTHERS)]
        for pool in [*pools, self.stage.people[code]]:
            free = [person for person in pool if person not in self.used]
            if free and (role in LEADING or self.stage.rng.random() > _UNKNOWN_PERSON):
                chosen = self.stage.rng.choice(free)
                self.used.add(chosen)
                return f"<{chosen}>"
        return self._unknown_person(code)

    def _unknown_person(self, code: str) -> str:
        rng, known = self.stage.rng, self.stage.persons[code]
        if not known or rng.random() < 0.3:
            known.append(f"{PREFIXES['person']}x-{rng.getrandbits(48):012x}")
        chosen = f"<{rng.choice(known)}>"
        name = " ".join(_name(chosen, n) for n in range(2))
        self._describe(chosen, "Person", f'{_LABEL} "{name}"@en')
        return chosen

    def _facility(self, iri: str) -> str:
        rng, code = self.stage.rng, self._home(iri)
        known, added = self.stage.world.facilities.get(code, ()), self.stage.facilities[code]
        self.stage.visits[code] += 1
        if not known or rng.random() < _FRESH_FACILITY / (_FRESH_FACILITY + self.stage.visits[code]):
            added.append(f"{PREFIXES['fac']}x-{rng.getrandbits(48):012x}")
        if rng.random() >= len(added) / (len(added) + len(known)):
            return f"<{self.stage.skewed(known)}>"
        chosen = f"<{rng.choice(added)}>"
        said = [f'{_LABEL} "Works {_name(chosen, 0)}"@en', f"<{LG}inState> <{PREFIXES['state']}{code}>"]
        if towns := self.stage.world.places.get(code):
            said.append(f"<{LG}locatedIn> <{towns[int(chosen[-5:-1], 16) % len(towns)]}>")
        self._describe(chosen, "Facility", *said)
        return chosen

    def _place(self, iri: str) -> str:
        world = self.stage.world
        for gap, facility in self.mould.gaps:  # the town of the facility that the event was at
            if gap is Gap.FACILITY and world.within.get(facility) == iri:
                chosen = self.fill(gap, facility)[1:-1]
                if chosen in world.within:
                    return f"<{world.within[chosen]}>"
        towns = world.places.get(self._home(iri))
        return f"<{self.stage.skewed(towns) if towns else iri}>"

    def _hardware(self, iri: str) -> str:
        world = self.stage.world
        pool = world.vessels if iri in world.vessels else world.hardware.get(self._home(iri), ())
        pool = pool or tuple(self.stage.hardware)
        return f"<{self.stage.skewed(pool) if pool else iri}>"

    def _office(self, iri: str) -> str:
        code, role = self.stage.world.office_of.get(iri, ("", ""))
        return f"<{self.stage.world.offices.get((self.code(code), role), iri) if code else iri}>"

    def _unnamed_office(self, iri: str) -> str:
        before, _, old = iri.rpartition("/")
        where = " ".join(self.states.values())
        return f"<{before}/x-{hashlib.sha256(f'{old} {where}'.encode()).hexdigest()[:12]}>"

    def _name_of_office(self, iri: str) -> str:
        return f'"Office of {_name(self.fill(Gap.UNNAMED_OFFICE, iri), 0)}"@en'

    def _outlet(self, _text: str) -> str:
        return str(Literal(self.outlet))

    def _describe(self, subject: str, kind: str, *said: str) -> None:
        article = self._fresh(self.mould.articles[0])
        every = (f"{_TYPE} <{LG}{kind}>", f"{_SOURCE} {article}", f"<{LG}unresolved> {_TRUE}", *said)
        self.extras += [f"{subject} {each}" for each in every]


def _shifted(day: date, months: int) -> date:
    """Return a day so many months later; the last of a month stays the last of a month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    last = calendar.monthrange(year, month)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, last if was_last else min(day.day, last))


def _name(iri: str, part: int) -> str:
    """Return a made-up name, always the same for the same IRI."""
    digest = hashlib.sha256(f"{iri} {part}".encode()).digest()
    return string.capwords("".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest[:3]))


_FILLERS: Final = {
    Gap.FRESH: Cast._fresh,
    Gap.KEY: Cast._key,
    Gap.DOC: Cast._doc,
    Gap.DAY: Cast._on,
    Gap.EDTF: Cast._edtf,
    Gap.WORDS: Cast._words,
    Gap.STATE: Cast._state,
    Gap.CODE: Cast._code,
    Gap.OF_STATE: Cast._of_state,
    Gap.DYAD: Cast._dyad,
    Gap.PERSON: Cast._person,
    Gap.FACILITY: Cast._facility,
    Gap.PLACE: Cast._place,
    Gap.HARDWARE: Cast._hardware,
    Gap.OFFICE: Cast._office,
    Gap.UNNAMED_OFFICE: Cast._unnamed_office,
    Gap.NAME_OF_OFFICE: Cast._name_of_office,
    Gap.OUTLET: Cast._outlet,
}
