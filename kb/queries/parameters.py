"""From the text of a parameter to an RDF term. What comes out is a term, so no text can change a query."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.edtf_bounds import bounds
from kb.errors import BadInput, BadParameter
from kb.namespaces import KINDS, PREFIXES, expand

XSD_DATE: Final = NamedNode(PREFIXES["xsd"] + "date")
XSD_INTEGER: Final = NamedNode(PREFIXES["xsd"] + "integer")
LONGEST: Final = 500
"""How many characters a parameter's text may have."""

_LOCAL: Final = re.compile(r"[^\W_][\w.~-]*")
_ABSOLUTE: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")


class ParameterType(StrEnum):
    """What a parameter's text is read as."""

    STATE = "state"
    IRI = "iri"
    DATE = "date"
    TEXT = "text"
    INTEGER = "integer"


class Edge(StrEnum):
    """Which end of a date is meant: ``from=2023`` is 1 January, ``until=2023`` is 31 December."""

    EARLIEST = "earliest"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question."""

    name: str
    type: ParameterType
    about: str
    example: str
    required: bool = False
    default: str | None = None
    allowed: tuple[str, ...] = ()
    """The only texts that it takes; empty: any of its type."""
    kind: str = ""
    """For an IRI: the prefix of the kind of thing (``person``), so that a local name is enough."""
    edge: Edge = Edge.EARLIEST
    """For a date: which end of it."""
    least: int | None = None
    """For a whole number: the smallest that it takes."""

    def read(self, text: str) -> NamedNode | Literal:
        """Return the RDF term that a text stands for.

        Raises BadParameter when the text is not of the parameter's type, and says what is allowed.
        """
        text = text.strip()
        fits = is_text(text) and (not self.allowed or text in self.allowed)
        if not fits:
            raise _malformed(self, text)
        return _READERS[self.type](self, text)

    def hint(self) -> str:
        """Say in words what it takes."""
        if self.allowed:
            return f"one of {', '.join(self.allowed)}"
        return {
            ParameterType.STATE: "a state's ISO 3166 alpha-3 code",
            ParameterType.IRI: f"{_a(self.kind)}'s IRI, short or full, or its exact name",
            ParameterType.DATE: "a day, month, year or other EDTF date",
            ParameterType.TEXT: f"a text of up to {LONGEST} characters",
            ParameterType.INTEGER: "a whole number"
            + (f" from {self.least}" if self.least is not None else ""),
        }[self.type]


def _a(kind: str) -> str:
    noun = KINDS[kind].rstrip("/") if kind in KINDS else kind or "thing"
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _state(parameter: Parameter, text: str) -> NamedNode:
    code = text.removeprefix(PREFIXES["state"]).removeprefix("state:").upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise _malformed(parameter, text)
    return NamedNode(expand(f"state:{code}"))


def _iri(parameter: Parameter, text: str) -> NamedNode:
    prefix, colon, local = text.partition(":")
    if _ABSOLUTE.fullmatch(text):
        full = text
    elif colon and prefix in PREFIXES and _LOCAL.fullmatch(local):
        full = PREFIXES[prefix] + local
    elif parameter.kind and _LOCAL.fullmatch(text):
        full = PREFIXES[parameter.kind] + text
    else:
        raise _malformed(parameter, text)
    if parameter.kind and not full.startswith(PREFIXES[parameter.kind]):
        raise _malformed(parameter, text)
    try:
        return NamedNode(full)
    except ValueError as error:  # a shape that the pattern lets through and RFC 3987 does not
        raise _malformed(parameter, text) from error


def _date(parameter: Parameter, text: str) -> Literal:
    try:
        found = bounds(text)
    except BadInput as error:
        raise _malformed(parameter, text) from error
    day = found.earliest if parameter.edge is Edge.EARLIEST else found.latest
    if day is None:
        raise _malformed(parameter, text)
    return Literal(day.isoformat(), datatype=XSD_DATE)


def _text(_parameter: Parameter, text: str) -> Literal:
    return Literal(text)


def _integer(parameter: Parameter, text: str) -> Literal:
    if not _INTEGER.fullmatch(text) or (parameter.least is not None and int(text) < parameter.least):
        raise _malformed(parameter, text)
    return Literal(str(int(text)), datatype=XSD_INTEGER)


_READERS: Final[dict[ParameterType, Callable[[Parameter, str], NamedNode | Literal]]] = {
    ParameterType.STATE: _state,
    ParameterType.IRI: _iri,
    ParameterType.DATE: _date,
    ParameterType.TEXT: _text,
    ParameterType.INTEGER: _integer,
}


def is_text(text: str) -> bool:
    """Tell whether a text can be a parameter's at all: not empty, not too long, encodable, in one line.

    No name or word holds a control character, and the description of the service says so.
    """
    broken = any(
        "\ud800" <= character <= "\udfff" or character < " " or character == "\x7f" for character in text
    )
    return 0 < len(text) <= LONGEST and not broken


def _malformed(parameter: Parameter, text: str) -> BadParameter:
    return BadParameter(
        f"{text[:80]!r} is not {parameter.hint()}",
        place=parameter.name,
        repair=f"Write it like {parameter.example}",
    )
