"""Stretches of text that the parser is to see as one name: titles with their names, appositions, long names.

"Turkish Foreign Minister Hakan Fidan and Iraqi Foreign Minister Fuad Hussein" is parsed like "Fidan and
Hussein": what stands inside of a name says nothing of who did what to whom, and the parser trips over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kb.reading.data import nominals, unit_words
from kb.reading.lexicon_records import Match
from kb.reading.titles import find_titles, title_words

_WORDS: Final = unit_words()
_PARTICLES: Final = "|".join(sorted(nominals()["name_particles"] | _WORDS["particles"]))
_CAPITAL: Final = r"(?:[A-Z]\.(?:-?[A-Z]\.)*|[A-ZÀ-ÞĀ-Ž][\w'’]*(?:-[\w'’]+)*)"
_NAME: Final = re.compile(rf"{_CAPITAL}(?: (?:(?:{_PARTICLES})\b|{_CAPITAL}))*")
_WORD: Final = re.compile(r"[^\s,;:()\"“”]+")
_STYLE: Final = re.compile(
    r"(?:(?:His|Her|H\.) ?(?:Royal |Imperial )?(?:Highness|Majesty|Excellency|E\.)|HRH|H\.R\.H\."
    r"|(?:Mr|Mrs|Ms|Dr)\.?|Sir|(?:Adm(?:iral)?|Col(?:onel)?|Amb(?:assador)?)\.?"
    r"|(?:Maj|Lt|Capt|Cmdr|Brig|Cdr|Sgt)\.|Major|Captain|Commander|Commodore|Brigadier"
    r"|(?:Maj(?:or)?|Lt|Lieutenant|Brig(?:adier)?|Col(?:onel)?)?[. -]{0,2}Gen(?:eral)?\.?"
    r"|Marshal|Sheikh|Prince|Crown Prince|King),? "
)
_OF: Final = re.compile(r" (?:of|for|to)(?: the)? ")
_OF_STATE: Final = re.compile(r" of(?: the)? ")
_COUNTERPART: Final = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?:[\w.'-]+ ){0,4}(?:counterpart|opposite number|peer)\b"
)
_ACRONYM: Final = re.compile(r" \([A-Z]{2,8}\)")
_JUNIOR: Final = re.compile(r"(?:Jr|Sr)\.(?= [a-z])")
_QUALIFIERS: Final = _WORDS["qualifiers"]
_INSIDE: Final = _WORDS["inside"]
_STARTERS: Final = _WORDS["starters"]
_FOLDED_KINDS: Final = frozenset(
    {"state", "government", "facility", "settlement", "region", "organisation", "outlet", "person"}
)
_PLACES: Final = frozenset({"settlement", "facility"})
_WHERE: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|to|from|near|leaving|visiting) (?:the )?\Z")
_JOURNEY: Final = re.compile(
    r"\b(?:visit|trip|tour|travel|journey|stay|return|arrival|arriving|departure)(?:ing|ling|s)? "
    r"(?:to|in|from) (?:the )?\Z"
)
_LONGEST: Final = 220
_HEADLINE: Final = 160
"""Characters that no headline is longer than."""
_SMALL_WORD: Final = 4
"""Letters of a word that headlines may write small: "with", "from"."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One name for the parser: a stretch, and in it the name itself, whose last word stands for all."""

    start: int
    end: int
    name: int
    """Where the name begins."""
    name_end: int

    def moved(self, by: int) -> Unit:
        """Return the unit at other offsets."""
        return Unit(self.start + by, self.end + by, self.name + by, self.name_end + by)


def units(copy: str, matches: Sequence[Match]) -> tuple[Unit, ...]:
    """Return the units of a reading copy, sorted, none overlapping another; ``matches``: the lexicon's."""
    finder = _Finder(copy, matches)
    found = [
        finder.with_apposition(one) for one in (*finder.titled(), *finder.counterparts(), *finder.bare())
    ]
    found = [_with_dot(copy, unit) for unit in found if (unit.start, unit.end) != (unit.name, unit.name_end)]
    kept = _apart(sorted(found, key=lambda unit: (unit.start, -unit.end)))
    taken = [(unit.start, unit.end) for unit in kept]
    for unit in finder.long_names():
        if not any(unit.start < end and start < unit.end for start, end in taken):
            kept.append(unit)
    short = (unit for unit in kept if unit.end - unit.start <= _LONGEST)
    return tuple(sorted(short, key=lambda unit: unit.start))


def _with_dot(copy: str, unit: Unit) -> Unit:
    """Return a unit with the dot of "Jr.", which ends no sentence before a small letter."""
    dot = _JUNIOR.match(copy, unit.end - len("Jr"))
    return Unit(unit.start, unit.end + 1, unit.name, unit.name_end) if dot is not None else unit


def _apart(units_: Sequence[Unit]) -> list[Unit]:
    kept: list[Unit] = []
    for unit in units_:
        if not kept or unit.start >= kept[-1].end:
            kept.append(unit)
    return kept


class _Finder:
    def __init__(self, copy: str, matches: Sequence[Match]) -> None:
        self._copy = copy
        self._titles = find_titles(copy)
        self._title_at = {title.start: title for title in self._titles}
        self._persons = {m.start: m for m in matches if any(e.kind == "person" for e in m.entries)}
        self._offices = {m.end: m.start for m in reversed(matches) if m.form == "title"}
        self._others = [m for m in matches if m.start not in self._persons and m.form != "title"]
        self._other_at = {m.start: m for m in self._others}
        self._other_ending = {m.end: m for m in self._others}
        self._names: dict[int, int] = {}

    def titled(self) -> Iterable[Unit]:
        """Yield names with titles before them: "the Turkish Foreign Minister Hakan Fidan"."""
        for title in self._titles:
            first = self._left(
                min(title.start, self._offices.get(title.end, title.start)), plural=title.plural
            )
            name = self._name_after(title.end)
            if name is not None:
                self._names[name[0]] = name[1]
                yield Unit(first, self._state_after(name[1]), *name)
            elif (apposed := self._name_apposed(title.end)) is not None:
                start, end = apposed
                self._names[start] = end
                closes = self._copy[end : end + 1] == "," and not self._lists(end)
                yield Unit(first, end + closes, start, end)

    def counterparts(self) -> Iterable[Unit]:
        """Yield names between commas after "counterpart": "his Zemblan counterpart, Irina Sand,"."""
        for found in _COUNTERPART.finditer(self._copy):
            apposed = self._name_apposed(found.end())
            if apposed is not None and apposed[0] not in self._names:
                start, end = apposed
                self._names[start] = end
                closes = self._copy[end : end + 1] == "," and not self._lists(end)
                yield Unit(found.start(), end + closes, start, end)

    def bare(self) -> Iterable[Unit]:
        """Yield names without titles: they matter where an apposition follows."""
        for match in self._persons.values():
            if " " in match.text and match.start not in self._names:
                self._names[match.start] = match.end
                yield Unit(match.start, self._state_after(match.end), match.start, match.end)
        for found in _NAME.finditer(self._copy):
            start, end = found.span()
            if self._copy[end : end + 2] == ", " and start not in self._names:
                cut = self._name_at(start)
                if cut is not None and cut == end and " " in self._copy[start:end]:
                    self._names[start] = end
                    yield Unit(start, end, start, end)

    def long_names(self) -> Iterable[Unit]:
        """Yield the names of bodies, states and places that have several words."""
        for match in self._others:
            kinds = {entry.kind for entry in match.entries}
            if kinds <= _FOLDED_KINDS and match.form in ("name", "metonym") and " " in match.text:
                head = re.split(r" (?:of|for|in) |, ", match.text)[0]
                yield Unit(match.start, match.end, match.start, match.start + len(head))

    def _name_after(self, end: int) -> tuple[int, int] | None:
        """Return the name that follows a title, with "of X" between or without."""
        place = self._of_chain(end)
        if self._copy[place : place + 1] != " ":
            return None
        start = place + 1
        while (style := _STYLE.match(self._copy, start)) is not None:
            start = style.end()
        stop = self._name_at(start)
        if stop is None or (
            place != end and start not in self._persons and " " not in self._copy[start:stop]
        ):
            return None
        return start, stop

    def _name_apposed(self, end: int) -> tuple[int, int] | None:
        """Return the name that follows a title after a comma: "the Foreign Minister of X, Y Z,"."""
        place = self._of_chain(end)
        if self._copy[place : place + 2] != ", ":
            return None
        start = place + 2
        while (style := _STYLE.match(self._copy, start)) is not None:
            start = style.end()
        stop = self._name_at(start)
        if stop is None or " " not in self._copy[start:stop]:
            return None
        return (start, stop) if self._copy[stop : stop + 1] in (",", ".", ";", ")", "") else None

    def _lists(self, comma: int) -> bool:
        """Tell whether a comma goes on with a list: "X, Y, and Z"."""
        after = self._copy[comma + 1 : comma + 12].lstrip()
        return after[:1].isupper() or after.startswith(("the ", "his "))

    def _of_chain(self, end: int) -> int:
        """Return where "of the Republic of X" after a title ends: at the end of what the lexicon knows."""
        while True:
            link = _OF.match(self._copy, end)
            if link is None:
                return end
            match = self._other_at.get(link.end())
            if match is None:
                return end
            end = match.end

    def _name_at(self, start: int) -> int | None:
        """Return where a person's name that begins at an offset ends, None where none does."""
        known = self._persons.get(start)
        found = _NAME.match(self._copy, start)
        if found is None:
            return known.end if known is not None else None
        end, place = start, start
        most = 2 if self._in_headline(start) else len(found[0])
        for word in found[0].split(" ")[:most]:
            bare = word.removesuffix("'s").removesuffix("’s")
            stops = bare in _STARTERS or bare.lower() in title_words() or place in self._title_at
            other = self._other_at.get(place)
            if stops or (
                other is not None
                and (place > start or other.end > place + len(word))
                and place not in self._persons
            ):
                break
            end = place + len(bare)
            place += len(word) + 1
            if bare != word:
                break
        if known is not None:
            return max(known.end, end) if " " in known.text else end if end > start else known.end
        return end if end > start else None

    def _in_headline(self, start: int) -> bool:
        """Tell whether a line's words all have capitals, so that the verb may look like part of a name."""
        first, last = self._copy.rfind("\n", 0, start) + 1, self._copy.find("\n", start)
        line = self._copy[first : last if last >= 0 else len(self._copy)]
        if len(line) > _HEADLINE:
            return False
        long = [word for word in _WORD.findall(line) if len(word) > _SMALL_WORD and word[:1].isalpha()]
        capitals = sum(1 for word in long if word[:1].isupper())
        return capitals > len(long) * 0.8

    def _left(self, start: int, *, plural: bool) -> int:
        """Return where the words that qualify a title begin: demonyms, bodies, "vice", the article."""
        while True:
            before = self._copy[max(0, start - 60) : start]
            other = self._other_ending.get(start - 1) or self._other_ending.get(start - 3)
            office = self._offices.get(start - 1, self._offices.get(start - len("'s "), start))
            if office < start:
                start = office
                continue
            if other is not None and self._is_where(other):  # "in Moscow President Varga"
                return start
            if other is not None and before.endswith((" ", "-", "'s ", "’s ")) and "\n" not in before[-3:]:
                if any(entry.kind in ("state", "government", "organisation") for entry in other.entries):
                    start = other.start
                    continue
                return start
            word = re.search(r"(?:^|(?<=[\s(\"]))([\w.'’-]+)[ -]$", before)
            if word is None or "\n" in word[0]:
                return start
            joined = self._other_ending.get(start - len(" and ")) if plural and word[1] == "and" else None
            if joined is not None and joined.form == "demonym":
                start = joined.start
                continue
            lower = word[1].lower().removesuffix("'s").removesuffix("’s")
            if lower in _QUALIFIERS or (
                lower in title_words() and lower not in _INSIDE and word[1] not in _STARTERS
            ):
                start -= len(word[0])
                continue
            return start - len(word[0]) if word[0] in ("the ", "The ") else start

    def _is_where(self, place: Match) -> bool:
        """Tell whether a place stands for itself, not for its government: a town after a preposition, a
        state after a journey ("during his visit to Zembla President Varga").
        """
        kinds = {entry.kind for entry in place.entries}
        pattern, room = (_WHERE, 12) if kinds & _PLACES else (_JOURNEY, 24)
        where = bool(kinds & _PLACES) or (place.form == "name" and "state" in kinds)
        return where and pattern.search(self._copy, max(0, place.start - room), place.start) is not None

    def _state_after(self, end: int) -> int:
        """Return where "of India" after a name ends."""
        link = _OF_STATE.match(self._copy, end)
        match = self._other_at.get(link.end()) if link is not None else None
        stately = match is not None and any(entry.kind == "state" for entry in match.entries)
        return match.end if match is not None and stately and match.form == "name" else end

    def with_apposition(self, unit: Unit) -> Unit:
        """Return a unit with the offices that follow between commas: ", Minister of Defence of X,"."""
        copy, place = self._copy, unit.end
        if copy[place : place + 2] != ", ":
            return unit
        place += 2
        first, has_title, count = place, False, 0
        while (word := _WORD.match(copy, place)) is not None and count < 18:
            bare = word[0].rstrip(".")
            if bare == "and" and self._person_at(place + len("and ")):
                place -= 1
                break
            ends = word[0].endswith(".") and len(bare) > 3
            match = self._other_at.get(place)
            title = self._title_at.get(place)
            if title is not None:
                if self._name_after(title.end) is not None:
                    return unit
                has_title, place = True, title.end
            elif match is not None:
                place = match.end
            elif place in self._persons:
                return unit
            elif self._may_stand_inside(bare):
                place += len(bare)
            else:
                return unit
            count += 1
            acronym = _ACRONYM.match(copy, place)
            place = acronym.end() if acronym is not None else place
            if ends or copy[place : place + 1] in (",", ";", ")", "."):
                break
            if copy[place : place + 1] not in (" ", "-") and copy[place : place + 2] not in ("'s", "’s"):
                return unit
            place += 1 if copy[place] in " -" else 0
        if not has_title or place == first or not copy.startswith((",", ".", ";", ")", " and "), place):
            return unit
        closes = copy[place] == "," and not self._lists(place)
        return Unit(unit.start, place + closes, unit.name, unit.name_end)

    def _person_at(self, place: int) -> bool:
        """Tell whether a person is named here, with a style or by a name that the lexicon knows."""
        style = _STYLE.match(self._copy, place)
        return place in self._persons or (style is not None and self._name_at(style.end()) is not None)

    def _may_stand_inside(self, word: str) -> bool:
        if word[:1].isupper() and word not in _STARTERS:
            return True
        known = (_INSIDE, _QUALIFIERS, title_words(), nominals()["office_heads"])
        return any(word.lower() in words for words in known)
