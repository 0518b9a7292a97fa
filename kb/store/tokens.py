"""Split a SPARQL query into tokens, so that it can be looked at and added to without guessing.

The grammar is that of SPARQL 1.1 (section 19.8), with the brackets of 1.2. What is no token is refused,
and so is the one place where two readings are possible: in parentheses ``?a<?b#>`` may be an IRI or a
comparison with a comment, and the two readings disagree about everything that follows.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from kb.errors import BadQuery, ForbiddenQuery

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME: Final = _BASE + r"_0-9\-\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPE: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL: Final = rf"(?:[{_NAME}:.]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"
_PREFIX: Final = rf"(?:[{_BASE}](?:\.*+[{_NAME}]){{0,99}}+)?"
"""At most 100 characters, so that no text makes the search for its colon long."""
_PATTERN: Final = re.compile(
    rf"""
    (?P<space>(?:[ \t\r\n]|\#[^\r\n]*)+)
  | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>)
  | (?P<string>\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\" | '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
      | ""(?!") | ''(?!') | "(?:[^"\\\r\n]|\\[^\r\n])++" | '(?:[^'\\\r\n]|\\[^\r\n])++')
  | (?P<variable>[?$][{_BASE}_0-9][{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040]*)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
  | (?P<blank>_:[{_BASE}_0-9](?:[{_NAME}.]*[{_NAME}])?)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>{_PREFIX}:(?:{_LOCAL}*(?:[{_NAME}:]|%[0-9A-Fa-f]{{2}}|\\[^\s\w]))?)
  | (?P<word>[A-Za-z][A-Za-z0-9_]*)
  | (?P<mark><<\(|\)>>|<<|>>|\{{\||\|\}}|&&|\|\||!=|<=|>=|\^\^|[{{}}()\[\].,;=<>!|/^*?+\-~&])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPES: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_CLEARLY_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_UNSAFE: Final = {"string": frozenset("\"'\\\n\r"), "iri": frozenset("<>\"{}|^`\\ #'")}
"""Characters that end a string or an IRI: an engine that decodes escapes before it reads would end it too."""


_SHOWN: Final = 60
"""Characters of a token that a message quotes."""


_OPEN: Final = frozenset("{([")
_CLOSE: Final = frozenset("})]")


class TokenKind(StrEnum):
    """What a token is; white space and comments are none."""

    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    TAG = "tag"
    BLANK = "blank"
    NUMBER = "number"
    NAME = "name"
    WORD = "word"
    MARK = "mark"


_KINDS: Final = {kind.value: kind for kind in TokenKind}
_SHORT: Final = 4_000
"""Characters up to which a query's tokens are remembered."""


class Token(NamedTuple):
    """A stretch of a query; ``start`` and ``end`` count characters from 0."""

    kind: TokenKind
    text: str
    start: int
    keyword: str = ""
    """A bare word in capitals, "" for anything else."""

    @property
    def shown(self) -> str:
        """Return the token for a message: the whole text, or its beginning."""
        return self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"

    @property
    def end(self) -> int:
        """Return where the token ends."""
        return self.start + len(self.text)


def place(query: str, index: int) -> str:
    """Return "line L, column C" of a character of a query, both counted from 1."""
    before = query[:index]
    return f"line {before.count(chr(10)) + 1}, column {index - (before.rfind(chr(10)) + 1) + 1}"


def tokens(query: str) -> list[Token]:
    """Return the tokens of a query, in order.

    Raises BadQuery, with line and column, where there is no token or two readings; ForbiddenQuery for a
    code point escape that an engine may decode into syntax.
    """
    return list(_recent(query) if len(query) <= _SHORT else _tokens(query))


def _tokens(query: str) -> tuple[Token, ...]:
    found: list[Token] = []
    open_: list[str] = []
    at, end = 0, len(query)
    match_at = _PATTERN.match
    while at < end:
        match = match_at(query, at)
        group = match.lastgroup if match else None
        if match is None or group is None:
            raise _no_token(query, at)
        if group != "space":
            kind, text = _KINDS[group], match.group()
            token = Token(kind, text, at, text.upper() if kind is TokenKind.WORD else "")
            if kind is TokenKind.MARK:
                if text in _OPEN:
                    open_.append(text)
                elif text in _CLOSE and open_:
                    open_.pop()
            elif kind is TokenKind.IRI or kind is TokenKind.STRING:
                # All expressions stand in parentheses; elsewhere no < compares.
                _hold_readable(query, token, found, compared=open_[-1:] == ["("])
            found.append(token)
        at = match.end()
    return tuple(found)


_recent = lru_cache(maxsize=64)(_tokens)
"""The same text is looked at from several sides while it is asked."""


def _no_token(query: str, at: int) -> BadQuery | ForbiddenQuery:
    escape = _ESCAPES.match(query, at)
    if escape and int(escape[1] or escape[2], 16) != ord("\\"):
        return ForbiddenQuery(
            "a code point escape outside strings and IRIs",
            place=place(query, at),
            repair="Write the character itself",
        )
    return BadQuery(
        f"no part of SPARQL begins with {query[at]!r}", place=place(query, at), repair="Repair the query"
    )


def _hold_readable(query: str, token: Token, before: list[Token], *, compared: bool) -> None:
    """Refuse an IRI or a string that an engine may read otherwise."""
    if "\\" in token.text:
        _hold_escapes(query, token)
    declared = len(before) > 1 and before[-2].keyword == "PREFIX"
    if token.kind is TokenKind.IRI and compared and not declared and ("#" in token.text or "'" in token.text):
        _hold_clearly_iri(query, token)


def _hold_escapes(query: str, token: Token) -> None:
    unsafe = _UNSAFE[token.kind.value]
    for match in _ESCAPES.finditer(token.text):
        code = int(match.group(1) or match.group(2), 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise BadQuery(
                f"{match.group()} stands for no character",
                place=place(query, token.start + match.start()),
                repair="Write the character itself",
            )
        if chr(code) in unsafe or code < 0x20:
            raise ForbiddenQuery(
                f"{match.group()} stands for a character that ends a string or an IRI",
                place=place(query, token.start + match.start()),
                repair="Use the short escapes: \\\" \\' \\\\ \\n \\r",
            )


def _hold_clearly_iri(query: str, token: Token) -> None:
    if not _CLEARLY_IRI.match(token.text):
        raise BadQuery(
            f"{token.shown} may be an IRI or a comparison",
            place=place(query, token.start),
            repair="Put blanks around the < of a comparison, or write the IRI in full",
        )
