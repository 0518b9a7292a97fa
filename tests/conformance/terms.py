"""Terms as they are compared: numbers and truth values by value, language tags without case."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


def _decimal(lexical: str) -> str:
    return format(Decimal(lexical).normalize(), "f")


def _truth(lexical: str) -> str:
    return {"1": "true", "0": "false"}.get(lexical, lexical)


_BY_VALUE: Final[dict[str, Callable[[str], str]]] = {
    "boolean": _truth,
    "decimal": _decimal,
    "float": lambda lexical: repr(float(lexical)),
    "double": lambda lexical: repr(float(lexical)),
} | {
    name: lambda lexical: str(int(lexical))
    for name in (
        "integer",
        "nonPositiveInteger",
        "negativeInteger",
        "nonNegativeInteger",
        "positiveInteger",
        "long",
        "int",
        "short",
        "byte",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    )
}


def normal(term: Term) -> Term:
    """Return one term for all that mean the same value; the datatype itself always counts."""
    if not isinstance(term, Literal):
        return term
    if term.language:
        return Literal(term.value, language=term.language.lower())
    by_value = _BY_VALUE.get(term.datatype.value.removeprefix(_XSD))
    if by_value is None or not term.datatype.value.startswith(_XSD):
        return term
    try:
        return Literal(by_value(term.value), datatype=term.datatype)
    except (ValueError, InvalidOperation):
        return term


def same_cell(text: str) -> str:
    """Return one text for all that mean the same number: CSV tells no datatypes."""
    try:
        return _decimal(text) if text.strip() == text and text[:1] in "+-.0123456789" else text
    except InvalidOperation:
        return text
