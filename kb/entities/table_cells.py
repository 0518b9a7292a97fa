"""A value of a cell and the RDF term that it stands for."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kb.edtf_bounds import is_valid
from kb.entities.table_terms import CLASS, ITEM, LABEL, NAMES, Property
from kb.errors import BadReference
from kb.namespaces import PREFIXES, expand, shorten
from kb.terms import iri

Term = NamedNode | Literal
_NUMBER: Final = {"integer": re.compile(r"[+-]?\d+"), "decimal": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")}
_ITEM: Final = re.compile(r"(?:wd:)?(Q[1-9]\d*)")
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", re.ASCII)
_DAYS: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}
"""The date of a source is as exact as the source gives it."""
_LIMITS: Final = {
    "geo:lat": (-90, 90),
    "geo:long": (-180, 180),
    "lg:coordinatePrecision": (0, 20_000_000),
    "lg:seats": (1, 10_000),
}
_SCRIPTS: Final = {
    **{language: {"LATIN"} for language in ("en", "fr", "de", "es", "pt", "it", "pl", "tr", "vi", "cs")},
    **{language: {"CYRILLIC"} for language in ["ru", "uk", "be", "bg", "mn", "mk"]},
    "ko": {"HANGUL", "CJK"},
    "zh": {"CJK"},
    "ja": {"HIRAGANA", "KATAKANA", "CJK"},
    **{language: {"ARABIC"} for language in ["ar", "fa", "ur", "ps"]},
    "he": {"HEBREW"},
    "el": {"GREEK"},
    "hy": {"ARMENIAN"},
    "ka": {"GEORGIAN"},
    "th": {"THAI"},
    "hi": {"DEVANAGARI"},
}
"""Scripts of languages, as Unicode names them. Latin letters may stand in any of them (F-16, KAI)."""
_ALIKE: Final = {"LATIN", "CYRILLIC", "GREEK"}
"""Scripts whose letters look alike: one word has one of them."""


class WrongValue(Exception):
    """A value that the property cannot have: what is wrong and the repair."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.repair = repair


def term_of(value: str, wanted: Property, language: str) -> Term:
    """Return the term that a value of a column stands for, a literal in the form that the store keeps.

    Raises WrongValue.
    """
    if any(unicodedata.category(mark) == "Cc" or mark in "\ufeff\u200b\ufffd" for mark in value):
        raise WrongValue(f"{value!r} holds a character that no one sees", "Remove it")
    if wanted.links:
        return _link(value, wanted)
    if wanted.tagged:
        if wanted.curie in NAMES:
            _check_script(value, language, must=wanted.curie == LABEL)
        return Literal(value, language=language.lower())
    if wanted.edtf and not is_valid(value):
        repair = "Write it like 2023-09-15, 2023-09, 2002, a/b for a span, 2023-09-15/.. for no known end"
        raise WrongValue(f"{value!r} is not an EDTF date of days that exist", repair)
    if wanted.datatype == "string":
        return Literal(value)
    kind = _DAYS.get(len(value), "date") if wanted.curie == "dct:date" else wanted.datatype
    return Literal(_spelt(value, wanted, kind), datatype=iri(f"xsd:{kind}"))


def value_of(term: Term | BlankNode | Triple, wanted: Property) -> str:
    """Return the value by which a term stands in a cell.

    Raises BadReference for a term that no cell can hold.
    """
    if isinstance(term, NamedNode):
        short = shorten(term.value) or term.value
        return short.removeprefix("lg:") if wanted.curie == CLASS else short
    if isinstance(term, Literal) and term.value:
        return term.value
    repair = "Correct the statement in its Turtle file"
    raise BadReference(f"no cell can hold {term}", place=wanted.curie, repair=repair)


def normal(term: Term) -> Term:
    """Return a term in the form that the store keeps: 24.50 as 24.5."""
    if isinstance(term, NamedNode) or term.language:
        return term
    pattern = _NUMBER.get(term.datatype.value.removeprefix(PREFIXES["xsd"]))
    if pattern is None or not pattern.fullmatch(term.value):
        return term
    return Literal(_number(term.value), datatype=term.datatype)


def _link(value: str, wanted: Property) -> NamedNode:
    if wanted.curie == ITEM:
        match = _ITEM.fullmatch(value)
        if not match:
            raise WrongValue(f"{value!r} is not an item of Wikidata", "Write it like wd:Q649")
        return iri(f"wd:{match[1]}")
    if value.startswith(("https://", "http://")):
        try:
            return NamedNode(value)
        except ValueError as error:
            raise WrongValue(f"{value!r} is not an IRI", "Write a CURIE such as state:PRK") from error
    if ":" not in value and (wanted.curie == CLASS or any(one.startswith("lg:") for one in wanted.ranges)):
        value = f"lg:{value}"
    prefix, colon, local = value.partition(":")
    if not colon or not _LOCAL.fullmatch(local):
        repair = "Write prefix, colon, name, such as state:PRK"
        if "|" in value or "," in value or ";" in value:
            repair += "; separate values by ' | ', with spaces"
        raise WrongValue(f"{value!r} is not an identifier", repair)
    if prefix not in PREFIXES:
        raise WrongValue(
            f"no prefix {prefix!r}", "Use one of kb/namespaces.py, such as state:, person:, org:"
        )
    return NamedNode(expand(value))


def _spelt(value: str, wanted: Property, kind: str) -> str:
    match kind:
        case "boolean":
            if value not in ("true", "false"):
                raise WrongValue(f"{value!r} is neither true nor false", "Write true or false")
            return value
        case "date" | "gYearMonth" | "gYear":
            if not _is_day(value + {"gYear": "-01-01", "gYearMonth": "-01"}.get(kind, "")):
                raise WrongValue(f"{value!r} is not a day", "Write it like 2023-09-15")
            return value
        case "integer" | "decimal":
            if not _NUMBER[kind].fullmatch(value):
                example = "55.75, with a point" if kind == "decimal" else "5000, without other signs"
                raise WrongValue(f"{value!r} is not a number", f"Write it like {example}")
            least, most = _LIMITS.get(wanted.curie, (None, None))
            if least is not None and most is not None and not least <= Decimal(value) <= most:
                raise WrongValue(f"{value} lies outside {least} to {most}", "Look it up in the source")
            return _number(value)
    return value


def _number(value: str) -> str:
    text = format(Decimal(value), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _check_script(value: str, language: str, *, must: bool) -> None:
    for word in re.findall(r"[^\W\d_]+", value):
        alike = {_script(letter) for letter in word} & _ALIKE
        if len(alike) > 1:
            said = " and ".join(sorted(script.capitalize() for script in alike))
            raise WrongValue(
                f"the word {word!r} mixes {said} letters that look alike", "Type it anew in one script"
            )
    main, *more = language.lower().split("-")
    own = {"LATIN"} if "latn" in more else _SCRIPTS.get(main)
    if own is None:
        return
    found = {_script(letter) for letter in value if letter.isalpha()}
    foreign = sorted(found - own - {"LATIN"} - {""})
    wanted = " or ".join(sorted(script.capitalize() for script in own))
    if foreign:
        said = " and ".join(script.capitalize() for script in foreign)
        raise WrongValue(
            f"{value!r} has {said} letters; {language} is written in {wanted}",
            "Correct the text or the language",
        )
    if must and not found & own and found:
        raise WrongValue(
            f"{value!r} has no {wanted} letter, in which {language} is written",
            "Correct the text or the language",
        )


def _script(letter: str) -> str:
    """Return a letter's script, as its Unicode name begins; empty for signs that belong to none."""
    first = unicodedata.name(letter, "").split(" ")[0]
    return first if unicodedata.category(letter) in ("Lu", "Ll", "Lt", "Lo") else ""
