"""Invented names: states with demonym and capital, and words for persons' names, none in any lexicon."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

KEPT: Final = frozenset(
    [
        "bin",
        "ibn",
        "al",
        "el",
        "de",
        "da",
        "do",
        "dos",
        "del",
        "la",
        "van",
        "von",
        "der",
        "den",
        "di",
        "ben",
        "abu",
        "ul",
        "ur",
        "of",
        "the",
        "and",
        "y",
        "e",
        "ii",
        "iii",
        "iv",
        "vi",
        "vii",
        "viii",
        "xiv",
        "xvi",
        "jr",
        "sr",
        "king",
        "queen",
        "prince",
        "princess",
        "sheikh",
        "emir",
        "sultan",
        "pope",
        "sir",
        "lord",
        "lady",
        "dr",
        "mr",
        "mrs",
        "ms",
    ]
)
"""Words inside names that name nobody."""
_ENDINGS: Final = ("ovich", "evich", "ovna", "evna", "enko", "escu", "ski", "sky", "sson", "sen")
_ONSETS: Final = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
)
_VOWELS: Final = ("a", "e", "i", "o", "u")
_CODAS: Final = ("", "l", "n", "r", "s", "m", "")


@dataclass(frozen=True, slots=True)
class State:
    """A state that no lexicon holds."""

    name: str
    demonym: str
    capital: str


STATES: Final = tuple(
    State(*row.split())
    for row in """Ruvania Ruvanian Telgrad|Zorvia Zorvian Zorvik|Tamesh Tameshi Ashkor|Keltria Keltrian Avenor
Dalmora Dalmoran Sentarra|Ostrevia Ostrevian Halvograd|Belanor Belanorese Tessano|Ushkar Ushkari Bezrand
Norvland Norvish Kolstrand|Tarquon Tarquonese Quillado|Galdova Galdovan Mirescu|Maurenia Maurenian Solvare
Jasmarra Jasmarran Orelio|Vostania Vostanian Belyarsk|Kuvesh Kuveshi Taraband|Lorestria Lorestrian Dunmarrow
Pelagonde Pelagondese Rivassa|Temuria Temurian Ordubek|Halmark Halmarkian Strandby|Casparra Casparran Veloria
Xandria Xandrian Port-Marel|Nembassa Nembassan Kitumbe|Zalwari Zalwarian Mbeleko|Sorrenia Sorrenian Altamare
Drovenia Drovenian Cetingrad|Yuldoz Yuldozi Qorshan""".replace("\n", "|").split("|")
)


def word_for(word: str) -> str:
    """Return an invented word of the same shape: length, ending, capitals, always the same for a word."""
    low = word.lower()
    ending = next((end for end in _ENDINGS if low.endswith(end)), low[-2:] if len(low) > 4 else "")
    bits = int.from_bytes(hashlib.sha256(low.encode()).digest()[:8], "big")
    made = ""
    while len(made) + len(ending) < len(low):
        for choices in (_ONSETS, _VOWELS, _CODAS):
            bits, place = divmod(bits, len(choices))
            made += choices[place]
    return as_spelt(made + ending, word)


def as_spelt(invented: str, word: str) -> str:
    """Return an invented word in the capitals of the word that it stands for."""
    if word.isupper() and len(word) > 1:
        return invented.upper()
    return invented[:1].upper() + invented[1:].lower() if word[:1].isupper() else invented.lower()
