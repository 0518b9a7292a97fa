"""The grammar of English phrases of time: one row for each form, with what it means.

Each form begins where a word or a number does.
"""

from __future__ import annotations

import re
from typing import Final

from kb.reading import dates_builders as means
from kb.reading.dates_words import alternation, capitalised, date_words
from kb.reading.time_counted import FromEvent, Overnight, Period
from kb.reading.time_meanings import Vague

WORDS: Final = date_words()
LONG: Final = [name for name in WORDS.months if len(name) > 4 or name in ("may", "june", "july")]
SHORT: Final = [name for name in WORDS.months if name not in LONG]

PIECES: Final = {
    "START": r"(?<![\w$€£#№])(?<![\w][-–/.,])",
    "DAY": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
    "NOT_MORE": r"(?![\d:%])(?![.,]\d)",
    "MONTH": r"(?:" + alternation(capitalised(LONG)) + r"|" + alternation(capitalised(SHORT)) + r"\.?)",
    "LONG": alternation(capitalised(LONG)),
    "YEAR": r"(?:1[5-9]|20|21)\d\d",
    "WEEKDAY": alternation(capitalised(WORDS.weekdays)),
    "SEASON": alternation(WORDS.seasons),
    "NUMBER": r"(?:" + alternation(WORDS.numbers) + r"|\d{1,3})",
    "TO": r"(?:\s*[-–—‑]\s*|\s+(?:to|through|until|till|and)\s+)",
    "PART": r"(?i:(?:early|late|mid|earlier|later)(?:\s+in)?[-\s]+"
    r"|(?:the\s+)?(?:beginning|start|middle|end|close)\s+of\s+"
    r"|(?:the\s+)?(?:first|second)\s+half\s+of\s+"
    r"|(?:the\s+)?(?:first|second|third|fourth|last|final)\s+quarter\s+of\s+)",
    "WHICH": r"(?i:(?:this\s+)?(?:coming|past)|last|next|this)",
    "NAMED": r"(?:(?P<named>{WEEKDAY})(?:\s+{PART_OF_DAY})?,?\s+(?:the\s+)?)",
    "D1": r"(?P<d1>{DAY})",
    "D2": r"(?P<d2>{DAY})",
    "M1": r"(?P<m1>{MONTH})",
    "M2": r"(?P<m2>{MONTH})",
    "YEAR1": r"(?:,?\s+(?P<y1>{YEAR})\b)?",
    "YEAR2": r"(?:,?\s+(?P<y2>{YEAR})\b)?",
    "OF": r"(?:\s+of)?",
    "ABOUT": r"(?:about|around|almost|nearly|over|more\s+than|some|roughly)",
    "VAGUE": alternation(WORDS.vague),
    "NO_NOUN": r"(?=\s*[,.;:()]|\s*$"
    r"|\s+(?:in|at|and|for|by|from|to|with|that|during|as|after|he|she|they|{DID})\b)",
    "OVER": r"(?=\s*[,.;:()]|\s*$|\s+(?:in|at|and)\b)",
    "DID": r"(?:said|told|met|held|left|signed|agreed|arrived|visited|discussed|spoke|announced|called|will)",
    "UNIT": r"(?:day|week|month|year)",
    "PART_OF_DAY": r"(?:morning|afternoon|evening|night)",
    "IN_YEAR": r"{OF}\s+(?P<which>(?i:last|this|next))\s+(?i:year)\b",
}  # fmt: skip
"""Pieces of the rows below; {NAME} in a row stands for a piece."""


def _pattern(row: str) -> re.Pattern[str]:
    for _ in range(2):  # pieces hold pieces
        row = re.sub(r"\{([A-Z_]+\d?)\}", lambda name: PIECES[name[1]], row)
    return re.compile(row)


ROWS: Final[list[tuple[str, re.Pattern[str], means.Build]]] = [
    (leads, _pattern(row), build)
    for leads, row, build in (
        # Days with their month
        ("DIGIT", r"{START}(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)(?![\d-])", means.numeric_day),
        ("DIGIT", r"{START}(?P<d>[0-3]?\d)\.(?P<m>0[1-9]|1[0-2])\.(?P<y>{YEAR})\b", means.numeric_day),
        ("WEEKDAY DIGIT", r"{START}{NAMED}?{D1}{OF}\s+{M1}(?!\w){YEAR1}", means.days),
        ("WEEKDAY MONTH", r"{START}{NAMED}?{M1}\s+{D1}\b{NOT_MORE}{YEAR1}", means.days),
        ("DIGIT", r"{START}{D1}{TO}{D2}{OF}\s+{M1}(?!\w){YEAR1}", means.days),
        ("MONTH", r"{START}{M1}\s+{D1}{TO}{D2}\b{NOT_MORE}{YEAR1}", means.days),
        ("DIGIT", r"{START}{D1}\s+{M1}{YEAR1}{TO}{D2}\s+{M2}(?!\w){YEAR2}", means.days),
        ("MONTH", r"{START}{M1}\s+{D1}{YEAR1}{TO}{M2}\s+{D2}\b{NOT_MORE}{YEAR2}", means.days),
        (
            "the week",
            r"\b(?i:(?:the\s+)?week\s+(?:of|beginning|starting))\s+{M1}\s+{D1}\b{NOT_MORE}{YEAR1}",
            means.week_of,
        ),
        (
            "the week",
            r"\b(?i:(?:the\s+)?week\s+(?:of|beginning|starting))\s+{D1}{OF}\s+{M1}(?!\w){YEAR1}",
            means.week_of,
        ),
        ("DIGIT", r"{START}(?P<a>[0-3]?\d)/(?P<b>[0-3]?\d)/(?P<y>{YEAR})\b(?!/)", means.slashed_day),
        (
            "DIGIT",
            r"(?<=\bon the )(?P<d1>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))\b(?!\s+of\b){NO_NOUN}",
            means.day_of_month,
        ),
        # Months, years, decades, seasons
        ("PART MONTH", r"{START}(?P<part>{PART})?{M1}{OF},?\s+(?P<y>{YEAR})\b", means.month_of_year),
        (
            "MONTH",
            r"{START}(?P<part>)(?P<m1>{LONG}){TO}(?P<m2>{LONG}){OF},?\s+(?P<y>{YEAR})\b",
            means.month_of_year,
        ),
        (
            "WHICH PART MONTH",
            r"{START}(?:(?P<which>{WHICH})\s+)?(?P<part>{PART})?(?P<m1>{LONG})\b(?!\s+\d)",
            means.yearless_month,
        ),
        ("PART DIGIT", r"{START}(?P<part>{PART})?(?P<y>{YEAR})\b{NOT_MORE}(?!-\w)(?!s\b)", means.bare_year),
        (
            "DIGIT",
            r"{START}(?P<y1>{YEAR})(?:(?P<dash>[-–])|\s+(?:to|and|through|until)\s+)"
            r"(?P<y2>{YEAR}|\d\d)\b{NOT_MORE}(?!-)",
            means.years,
        ),
        ("PART DIGIT", r"{START}{PART}?(?P<y>{YEAR})['’]?s\b", means.decade),
        ("SEASON", r"\b(?i:(?P<season>{SEASON})){OF}\s+(?P<y>{YEAR})\b", means.season_of_year),
        ("WHICH", r"\b(?P<which>{WHICH})\s+(?i:(?P<season>{SEASON}))\b", means.season),
        (
            "SEASON",
            r"(?<=\b[Ii]n the )(?i:(?P<season>{SEASON}))\b(?!\s+of\b)(?!\s+(?:19|20)\d\d)",
            means.season,
        ),
        ("MONTH", r"{START}(?P<m1>{LONG}){IN_YEAR}", means.in_year),
        ("MONTH", r"{START}{M1}\s+{D1}(?:{TO}{D2})?{IN_YEAR}", means.in_year),
        ("DIGIT", r"{START}{D1}(?:{TO}{D2})?{OF}\s+{M1}{IN_YEAR}", means.in_year),
        (
            "DIGIT",
            r"{START}(?P<d1>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))\s+of\s+(?P<which>(?i:last|this|next))\s+(?i:month)\b",
            means.in_month,
        ),
        # Days of the week
        (
            "WEEKDAY",
            r"\b(?P<w1>{WEEKDAY})(?:{TO}(?P<w2>{WEEKDAY}))?{OF}\s+(?P<which>(?i:last|this|next))\s+(?i:week)\b",
            means.in_week,
        ),
        ("WHICH WEEKDAY", r"\b(?:(?P<which>{WHICH})\s+)?(?P<w1>{WEEKDAY})\b", means.weekday),
        ("WEEKDAY", r"\b(?P<which>)(?P<w1>{WEEKDAY}){TO}(?P<w2>{WEEKDAY})\b", means.weekday),
        ("WHICH the", r"\b(?i:(?:(?P<which>{WHICH})|the)\s+weekend)\b", means.weekend),
        # Counted from the publication
        (
            "today tonight this",
            r"\b(?i:today|tonight|this\s+(?:morning|afternoon|evening))\b",
            means.constant(Period("day", 0)),
        ),
        ("yesterday last", r"\b(?i:yesterday|last\s+night)\b", means.constant(Period("day", -1))),
        (
            "overnight",
            r"\b(?i:overnight)\b(?=\s*[,.;:)]|\s*$|\s+(?:in|at|and|for|by|to|from|on|after)\b)",
            means.constant(Overnight()),
        ),
        ("tomorrow", r"\b(?i:tomorrow)\b", means.constant(Period("day", 1))),
        ("the day", r"\b(?i:(?:the\s+)?day\s+before\s+yesterday)\b", means.constant(Period("day", -2))),
        ("the day", r"\b(?i:(?:the\s+)?day\s+after\s+tomorrow)\b", means.constant(Period("day", 2))),
        (
            "PART this last next the current",
            r"\b(?i:(?P<part>{PART})?(?P<which>this|last|next|(?:the\s+)?current)\s+(?P<unit>week|month|year))\b",
            means.period,
        ),
        ("PART", r"\b(?i:(?P<part>{PART})(?P<which>the)\s+(?P<unit>week|month|year))\b", means.period),
        (
            "the year years",
            r"\b(?i:(?:the\s+)?year['’]?s?[-\s]end)\b",
            means.constant(Period("year", 0, "some")),
        ),
        (
            "NUMBER",
            r"(?<=\b[Ii]n )(?i:(?P<n>{NUMBER})\s+(?P<unit>{UNIT}|fortnight)s?['’]?s?\s+time)\b",
            means.ahead,
        ),
        (
            "ABOUT NUMBER",
            r"\b(?i:(?P<about>{ABOUT}\s+)?(?P<n>{NUMBER})\s+(?P<unit>{UNIT}|fortnight)s?\s+ago)\b",
            means.ago,
        ),
        # Counted from another date in the text
        (
            "just NUMBER",
            r"\b(?i:(?:just\s+)?(?P<n>{NUMBER})\s+(?P<unit>{UNIT})s?"
            r"\s+(?P<way>later|earlier|afterwards?|after\s+that))\b",
            means.from_event,
        ),
        (
            "NUMBER",
            r"\b(?i:(?P<n>{NUMBER})\s+(?P<unit>{UNIT})s?\s+(?P<way>before|after))\b{NO_NOUN}",
            means.from_event,
        ),
        (
            "the",
            r"\b(?i:the\s+(?P<way>following|previous|preceding|(?:very\s+)?same)\s+(?P<unit>{UNIT}))\b",
            means.neighbour,
        ),
        ("the", r"\b(?i:the\s+(?P<way>next)\s+(?P<unit>day|{PART_OF_DAY}))\b", means.neighbour),
        (
            "the",
            r"\b(?i:the\s+(?P<way>following|previous|preceding|same)\s+(?P<unit>{PART_OF_DAY}))\b",
            means.neighbour,
        ),
        ("that", r"\b(?i:(?P<way>that)(?:\s+same)?\s+(?P<unit>{PART_OF_DAY}))\b", means.neighbour),
        ("the", r"\b(?i:the\s+(?P<unit>day)\s+(?P<way>before|after))\b{NO_NOUN}", means.neighbour),
        (
            "the",
            r"\b(?i:the\s+(?P<unit>week|month|year|night)\s+(?P<way>before|after))\b{OVER}",
            means.neighbour,
        ),
        ("the", r"\b(?i:the\s+(?P<way>next)\s+(?P<unit>month|year))\b{OVER}", means.next_one),
        ("that", r"\b(?i:(?P<way>that)(?:\s+same)?\s+(?P<unit>{UNIT}))\b", means.neighbour),
        (
            "earlier later",
            r"\b(?i:(?:earlier|later)\s+(?:in\s+the|that|the\s+same)\s+day)\b",
            means.constant(FromEvent("day", 0)),
        ),
        # Without a date
        ("VAGUE", r"\b(?i:{VAGUE})\b", means.constant(Vague())),
    )
]
"""For each form of phrase the words that it may begin with, its pattern, and what it means.

The words stand in lower case; a name in capitals stands for the words of ``dates_finder.LEADS``.
"""
