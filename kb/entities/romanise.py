"""Names of other scripts in Latin letters, by libraries: every form made here says which system made it.

Russian is romanised by iuliia in the systems that passports, maps and papers use; every other script by
anyascii, letter by letter (Hangul by syllables, as the Revised Romanisation writes them one by one).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

import iuliia
from anyascii import anyascii

_RUSSIAN: Final = {
    "wikipedia": "press style (Wikipedia)",
    "bgn_pcgn": "BGN/PCGN",
    "icao_doc_9303": "ICAO Doc 9303 (passports since 2013)",
    "gost_52290": "GOST R 52290 (passports of 2000–2010, road signs)",
    "gost_7034": "GOST R 7.0.34",
    "scientific": "scholarly",
}
"""iuliia's name of a system → ours; the first is tried first."""
_LETTER_BY_LETTER: Final = "letter by letter (anyascii)"
_SYLLABLE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SOUNDS: Final = (
    ("eo", "o"),
    ("eu", "u"),
    ("oo", "u"),
    ("ch", "c"),
    ("sh", "s"),
    ("j", "c"),
    ("g", "k"),
    ("d", "t"),
    ("b", "p"),
    ("r", "l"),
)
"""What McCune–Reischauer, the Revised Romanisation and the North's own system write differently."""
_DOUBLED: Final = re.compile(r"(.)\1+")


class Romanised(NamedTuple):
    """A form in Latin letters and the system that made it."""

    text: str
    scheme: str


@lru_cache(maxsize=65_536)
def script(text: str) -> str:
    """Return the script of a text's first letter as Unicode calls it ("LATIN", "CYRILLIC", "CJK")."""
    for sign in text:
        if sign.isascii() and sign.isalpha():
            return "LATIN"
        if sign.isalpha():
            return unicodedata.name(sign, "LATIN").partition(" ")[0]
    return "LATIN"


def romanised(text: str, language: str = "") -> Iterator[Romanised]:
    """Yield a name in Latin letters, once for each spelling that some system gives; nothing for a Latin one.

    ``language`` is the name's tag: Ukrainian or Kazakh in Cyrillic letters is not spelled by Russian rules.
    """
    wrote = script(text)
    if wrote == "LATIN":
        return
    if wrote == "CYRILLIC" and language in ("", "ru"):
        seen = set()
        for name, scheme in _RUSSIAN.items():
            spelled = anyascii(_bare(iuliia.schemas.get(name).translate(text)))
            if spelled not in seen:
                seen.add(spelled)
                yield Romanised(spelled, scheme)
        return
    spelled = anyascii(text)
    if wrote in ("HANGUL", "CJK"):
        # anyascii begins every syllable with a capital: "GimJeongEun".
        spelled = _SYLLABLE.sub(" ", spelled)
    if spelled.strip():
        yield Romanised(" ".join(spelled.split()), _LETTER_BY_LETTER)


def korean_sound(key: str) -> str:
    """Return what the romanisations of one Korean name share: "kimchongun", "gimjeongeun" → "kimcongun".

    The key has no blanks. Different names may share it, so it only proposes.
    """
    for written, sound in _SOUNDS:
        key = key.replace(written, sound)
    return _DOUBLED.sub(r"\1", key)


def _bare(text: str) -> str:
    """Return a text without marks above letters and without the signs for ъ and ь."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) not in ("Mn", "Lm")
    )
    return re.sub("['’”\"`]", "", plain)
