"""Spellings that follow from a name by rule, so that reference data need not list them.

Each rule says where its usage comes from. In a form a lower-case word may have any case (kb.reading.forms).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kb.reading.folding import fold, words
from kb.reading.titles import title_words

SURNAME_FIRST: Final = frozenset({"PRK", "KOR", "CHN", "TWN"})
"""States whose persons' English names begin with the surname.

Source: Wikipedia, Naming conventions (Korean) and (Chinese).
"""

SURNAME_LAST_HERE: Final = frozenset({"JPN"})
"""English labels have the surname last, but the government of Japan writes it first since 2020."""

REGION_WORDS: Final[dict[str, tuple[str, ...]]] = {
    # en.kremlin.ru writes "Khabarovsk Territory" and "Amur Region"; news agencies "Region" for both.
    "Krai": ("territory", "region", "kray"),
    "Oblast": ("region", "province"),
    "Okrug": ("district", "area", "region"),
    "Voivodeship": ("province",),
    "Prefecture": ("region",),
}

GENERIC_HEADS: Final = frozenset(
    {
        "academy",
        "airport",
        "base",
        "cathedral",
        "embassy",
        "government",
        "institute",
        "ministry",
        "museum",
        "palace",
        "park",
        "parliament",
        "plant",
        "port",
        "shipyard",
        "station",
        "theatre",
        "university",
    }
)
"""Head nouns that stand first in a name and lose their capital in running text: "the port of Rason"."""

_DESIGNATION: Final = re.compile(r"([A-Za-z]{1,4})[- ](\d.*)")
_DEMONYM_WITH_PLURAL: Final = re.compile(r".*(an|i|er|ot|ene|ard)$")


def without_article(name: str) -> str:
    """Return a name without a leading "The"."""
    return re.sub(r"^[Tt]he ", "", name)


def person_names(name: str, state: str | None, surname: str | None) -> Iterator[str]:
    """Yield a full name in the orders and spellings that English texts use for it."""
    yield name
    parts = [word.text for word in words(name)]
    if not 2 <= len(parts) <= 4 or any(sign in name for sign in ".,'’"):
        return
    if state in SURNAME_LAST_HERE and fold(parts[-1]) == fold(surname or parts[-1]):
        yield " ".join([parts[-1], *parts[:-1]])
    if state in SURNAME_FIRST and fold(parts[0]) == fold(surname or parts[0]):
        first, given = parts[0], parts[1:]
        yield " ".join([*given, first])
        if len(given) == 2:
            tail = given[1].lower()
            yield f"{first} {given[0]} {tail}"  # "Kim Jong-un", the spelling of Yonhap and the BBC
            yield f"{first} {given[0]}{tail}"


def umlauts(form: str) -> Iterator[str]:
    """Yield a form, and with umlauts written out, as English papers did: "Schröder", "Schroeder"."""
    yield form
    if any(letter in _UMLAUTS for letter in form):
        yield "".join(_UMLAUTS.get(letter, letter) for letter in form)


_UMLAUTS: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}


def surname_of(name: str, state: str | None) -> str | None:
    """Return the likely surname of a full name, None where nothing says which word it is."""
    parts = name.split()
    if (
        len(parts) < 2 or "of" in parts or state == "VNM"
    ):  # Vietnamese are called by a given name, kings by one too
        return None
    found = parts[0] if state in SURNAME_FIRST else parts[-1]
    return found if found[0].isupper() and len(found) > 1 else None


def region_names(name: str) -> Iterator[str]:
    """Yield a region's name with its kind of unit in English: "Khabarovsk Krai", "Khabarovsk region"."""
    yield name
    stem, _, kind = name.rpartition(" ")
    for other in REGION_WORDS.get(kind, ()) if stem else ():
        yield f"{stem} {other}"


def running_text(name: str) -> Iterator[str]:
    """Yield a proper name as it stands, and as running text writes it: "Pacific fleet"."""
    yield name
    first, *rest = name.split(" ")
    if rest:
        yield " ".join([first, *(word if _has_digit(word) else word.lower() for word in rest)])
        if first.lower() in GENERIC_HEADS:
            yield " ".join([first.lower(), *rest])


def designation_spellings(text: str) -> Iterator[str]:
    """Yield a designation, and without its hyphen: "Su-35S", "Su35S" (a space is a hyphen to forms)."""
    yield text
    match = _DESIGNATION.fullmatch(text)
    if match:
        yield match[1] + match[2]


def hardware_names(name: str) -> Iterator[str]:
    """Yield a model's name, and its designation alone: "MGM-140 ATACMS", "MGM-140"."""
    yield name
    first, _, rest = name.partition(" ")
    if (
        rest
        and _has_digit(first)
        and first[:1].isalnum()
        and len(first) > 2
        and not first.isdigit()
        and not first.endswith("mm")
    ):
        yield first


def acronym_spellings(name: str) -> Iterator[str]:
    """Yield a name, and with dots where it is an acronym: "US", "U.S."."""
    yield name
    if name.isascii() and name.isalpha() and name.isupper() and 2 <= len(name) <= 4:
        yield "".join(f"{letter}." for letter in name)


def demonym_forms(demonym: str) -> Iterator[str]:
    """Yield a demonym and the plural of the people where it takes a plain s: "Russian", "Russians"."""
    yield demonym
    if _DEMONYM_WITH_PLURAL.fullmatch(demonym):
        yield demonym + "s"


def office_titles(label: str) -> Iterator[str]:
    """Yield an office's label with its common nouns in lower case; nothing where no proper name is in it."""
    head, of, rest = label.partition(" of ")
    spelt = [
        word.lower() if fold(word) in title_words() else word for word in (rest if of else label).split(" ")
    ]
    if any(word[:1].isupper() for word in spelt):
        yield (f"{head.lower()} of " if of else "") + without_article(" ".join(spelt))


def roles_in(title: str) -> Iterator[tuple[str, str]]:
    """Yield each way to cut a title into a role and what it is of: "president", "Republic of Korea"."""
    parts = title.split(" of ")
    for cut in range(1, len(parts)):
        yield " of ".join(parts[:cut]), without_article(" of ".join(parts[cut:]))


def titles_for(role: str, names: Iterable[str], demonyms: Iterable[str]) -> Iterator[str]:
    """Yield the title of a role in a state, region or city by each of its names and demonyms."""
    for name in names:
        yield f"{role} of {name}"
        yield f"{name}'s {role}"
    for demonym in demonyms:
        yield f"{demonym} {role}"


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
