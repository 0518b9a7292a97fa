"""What a match of a row of the grammar of time means: one function for each way of saying it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, cast

from kb.edtf_bounds import is_valid
from kb.reading.dates_words import date_words
from kb.reading.time_calendar import Part, Unit, Which
from kb.reading.time_counted import Ago, FromEvent, Period, Season, Weekend
from kb.reading.time_meanings import (
    DayOfMonth,
    Fixed,
    Slashed,
    Vague,
    Weekdays,
    YearlessDays,
    YearlessMonth,
)
from kb.reading.time_parts import HalfOf, WeekOf
from kb.reading.time_records import Basis, Meaning
from kb.reading.time_within import InMonth, InWeek, InYear

Build = Callable[[re.Match[str]], Meaning | None]

WORDS: Final = date_words()
_RUN: Final = re.compile(r"\d(?:st|nd|rd|th)\s+(?:to|and|until|till|through)\s+(?:the\s+)?$")
_COUNTED_FROM_NOW: Final = frozenset(
    {"in", "over", "for", "during", "within", "throughout", "by", "of", "until", "till", "through", "from"}
)


def _day(text: str) -> int:
    return int(text.rstrip("stndrh"))


def days(match: re.Match[str]) -> Meaning | None:
    """Read one day or a run of days, with or without a year, whichever groups the row has."""
    found = match.groupdict()
    month, day = WORDS.month(found["m1"]), _day(found["d1"])
    last_month = WORDS.month(found.get("m2") or found["m1"])
    last_day = _day(found.get("d2") or found["d1"])
    if _joins_two_dates(match, last_month == month and last_day == day + 1):
        return None
    if _word_after(match) in WORDS.not_days_before:
        return None
    year = found.get("y2") or found.get("y1")
    if year is None:
        is_possible = is_valid(f"2000-{month:02}-{day:02}") and is_valid(
            f"2000-{last_month:02}-{last_day:02}"
        )
        named = found.get("named")
        weekday = WORDS.weekdays.index(named.lower()) if named else None
        return YearlessDays((month, day), (last_month, last_day), weekday) if is_possible else None
    first = f"{found.get('y1') or year}-{month:02}-{day:02}"
    last = f"{year}-{last_month:02}-{last_day:02}"
    return _fixed(first if first == last else f"{first}/{last}")


def week_of(match: re.Match[str]) -> Meaning | None:
    """Read the week of a day."""
    day = days(match)
    return WeekOf(day) if day is not None else None


def _joins_two_dates(match: re.Match[str], consecutive: bool) -> bool:
    """Tell whether an "and" joins two dates that are no run: "on Monday and Friday"."""
    return " and " in match[0] and not consecutive and _word_before(match) != "between"


def _fixed(edtf: str, basis: Basis = Basis.EXPLICIT) -> Meaning | None:
    return Fixed(edtf, basis) if is_valid(edtf) else None


def numeric_day(match: re.Match[str]) -> Meaning | None:
    return _fixed(f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}")


def month_of_year(match: re.Match[str]) -> Meaning | None:
    last = match.groupdict().get("m2")
    first = f"{match['y']}-{WORDS.month(match['m1']):02}"
    if last:
        return _fixed(f"{first}/{match['y']}-{WORDS.month(last):02}")
    return _halved(_fixed(first, Basis.PART_OF_PERIOD if match["part"] else Basis.EXPLICIT), match["part"])


def _halved(month: Meaning | None, part: str | None) -> Meaning | None:
    """Return the half of a month where a phrase names one, else the month."""
    words = (part or "").lower().split()
    if month is None or "half" not in words:
        return month
    return HalfOf(month, "first" if "first" in words else "second")


def yearless_month(match: re.Match[str]) -> Meaning | None:
    name, which, part = match["m1"].lower(), match["which"], match["part"]
    before = _word_before(match)
    if name in WORDS.doubtful_months and not which and not part and before not in WORDS.doubtful_leads:
        return None
    if before[:1].isdigit():  # "31 September": a day that does not exist is no month either
        return None
    return _halved(YearlessMonth(WORDS.month(name), _which(which), "some" if part else ""), part)


def bare_year(match: re.Match[str]) -> Meaning | None:
    text, start, end = match.string, match.start(), match.end()
    before, after = _word_before(match), re.findall(r"\w+", text[end : end + 40])[:3]
    is_listed = re.search(r"\b\d{4}, $", text[max(0, start - 8) : start]) is not None
    is_strong = before in WORDS.strong_year_leads or bool(match["part"]) or text[start - 1 : start] == "("
    counted = WORDS.not_years_before.intersection(after[:1] if is_strong else after)
    if counted or before in WORDS.not_years_after:
        return None
    is_subject = {"saw", "was", "marked", "brought", "s"}.intersection(after[:1])
    if not (is_strong or is_subject or is_listed or before in WORDS.weak_year_leads):
        return None
    return _fixed(match["y"], Basis.PART_OF_PERIOD if match["part"] else Basis.EXPLICIT)


def years(match: re.Match[str]) -> Meaning | None:
    first, last = match["y1"], match["y2"]
    if len(last) == 2:
        last = first[:2] + last
    is_said = match["dash"] is not None or _word_before(match) in ("from", "between")
    return _fixed(f"{first}/{last}") if is_said and int(first) < int(last) else None


def decade(match: re.Match[str]) -> Meaning | None:
    return _fixed(match["y"][:3] + "X", Basis.DECADE)


def season_of_year(match: re.Match[str]) -> Meaning | None:
    return _fixed(f"{match['y']}-{WORDS.seasons[match['season'].lower()]}", Basis.SEASON)


def season(match: re.Match[str]) -> Meaning:
    return Season(WORDS.seasons[match["season"].lower()], _which(match.groupdict().get("which")))


def slashed_day(match: re.Match[str]) -> Meaning | None:
    first, second = int(match["a"]), int(match["b"])
    return Slashed(first, second, int(match["y"])) if min(first, second) in range(1, 13) else None


def day_of_month(match: re.Match[str]) -> Meaning:
    return DayOfMonth(_day(match["d1"]))


def weekday(match: re.Match[str]) -> Meaning | None:
    first = WORDS.weekdays.index(match["w1"].lower())
    last = WORDS.weekdays.index((match.groupdict().get("w2") or match["w1"]).lower())
    if _joins_two_dates(match, (last - first) % 7 == 1):
        return None
    return Weekdays(first, last, _which(match["which"]))


def weekend(match: re.Match[str]) -> Meaning:
    return Weekend(_which(match["which"]))


def _which(word: str | None) -> Which:
    last = word.split()[-1].lower() if word else ""
    return "last" if last == "past" else cast(Which, last)


def in_year(match: re.Match[str]) -> Meaning | None:
    found = match.groupdict()
    first, last = found.get("d1"), found.get("d2")
    day, last_day = (_day(each) if each else None for each in (first, last))
    if day and last_day and _joins_two_dates(match, last_day == day + 1):
        return None
    return InYear(WORDS.month(match["m1"]), day, _shift(match), last_day)


def in_month(match: re.Match[str]) -> Meaning | None:
    before = match.string[max(0, match.start() - 30) : match.start()]
    return None if _RUN.search(before) else InMonth(_day(match["d1"]), _shift(match))


def in_week(match: re.Match[str]) -> Meaning | None:
    first, last = (WORDS.weekdays.index((name or match["w1"]).lower()) for name in match.group("w1", "w2"))
    return None if _joins_two_dates(match, last - first == 1) else InWeek(first, _shift(match), last)


def _shift(match: re.Match[str]) -> int:
    return {"last": -1, "next": 1}.get(match["which"].lower(), 0)


def period(match: re.Match[str]) -> Meaning:
    shift = _shift(match)
    part = (match["part"] or "").lower().split()
    exact: Part = cast(Part, part[0]) if part and part[0] in ("earlier", "later") else "some"
    return Period(_unit(match), shift, exact if part else "")


def ago(match: re.Match[str]) -> Meaning:
    is_vague = match["about"] and match["unit"].lower() != "fortnight"
    return Vague() if is_vague else Ago(*_counted(match))


def ahead(match: re.Match[str]) -> Meaning:
    unit, count = _counted(match)
    return Ago(unit, -count)


def _counted(match: re.Match[str]) -> tuple[Unit, int]:
    count = WORDS.number(match["n"])
    return ("week", 2 * count) if match["unit"].lower() == "fortnight" else (_unit(match), count)


def from_event(match: re.Match[str]) -> Meaning:
    count = WORDS.number(match["n"])
    return FromEvent(_unit(match), count if match["way"].startswith(("later", "after")) else -count)


def neighbour(match: re.Match[str]) -> Meaning:
    way = match["way"].lower()
    count = 0 if "same" in way or way == "that" else -1 if way in ("previous", "preceding", "before") else 1
    part_of_day = match["unit"].lower() in ("morning", "afternoon", "evening", "night")
    return FromEvent("day" if part_of_day else _unit(match), count)


def next_one(match: re.Match[str]) -> Meaning | None:
    """Read what follows a date told before: not "in the next year", which counts from now."""
    return None if _word_before(match) in _COUNTED_FROM_NOW else neighbour(match)


def _unit(match: re.Match[str]) -> Unit:
    return cast(Unit, match["unit"].lower())


def _word_before(match: re.Match[str]) -> str:
    before = re.search(r"([\w'’]+)\.?[-\s(]+$", match.string[max(0, match.start() - 40) : match.start()])
    return before[1].lower() if before else ""


def _word_after(match: re.Match[str]) -> str:
    after = re.match(r"[-\s]+(\w+)", match.string[match.end() : match.end() + 40])
    return after[1].lower() if after else ""


def constant(meaning: Meaning) -> Build:
    return lambda match: meaning
