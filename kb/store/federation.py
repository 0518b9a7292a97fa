"""Which other services a query calls: only listed ones, each by its whole address; the rest is refused.

The engine in a reader follows SERVICE of its own accord: to any address, with redirects, unchecked. So a
call that may run is rewritten to an address of the relay (kb.store.federation_relay), which alone goes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kb.errors import ForbiddenQuery
from kb.store.tokens import Token, TokenKind, place

_HIDDEN: Final = re.compile(r"[?$](?:true|false|[0-9]+)service", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a listed service: its address, and where the IRI token stands, in characters from 0."""

    address: str
    start: int
    end: int


def service_calls(query: str, found: Sequence[Token], listed: frozenset[str]) -> tuple[Call, ...]:
    """Return the calls that a query makes, given its tokens and the addresses that an operator lists.

    The address must stand there in full, as ``SERVICE <http://…> {`` or ``SERVICE SILENT <http://…> {``: a
    variable, a prefixed name, a relative IRI and an escape are refused, and so is a call inside a call,
    which the other service would make. Raises ForbiddenQuery.
    """
    calls: list[Call] = []
    depth = closing = 0
    for n, token in enumerate(found):
        if token.kind is TokenKind.MARK:
            depth += (token.text == "{") - (token.text == "}")
            closing = closing if depth >= closing else 0
        elif _may_call(token, found[n + 1] if n + 1 < len(found) else None):
            if closing:
                raise _refused(query, token, "stands inside a call of another service", "Take it out")
            calls.append(_listed(query, found, n, listed))
            closing = depth + 1
    return tuple(calls)


def rewritten(query: str, calls: Sequence[Call], address_of: Callable[[Call], str]) -> str:
    """Return a query whose calls go to other addresses."""
    parts: list[str] = []
    at = 0
    for call in calls:
        parts += [query[at : call.start], f"<{address_of(call)}>"]
        at = call.end
    return "".join([*parts, query[at:]])


def _may_call(token: Token, after: Token | None) -> bool:
    """Say whether any engine may read a call in a token: Oxigraph knows no word boundaries."""
    lower = token.text.lower()
    if "service" not in lower:
        return False
    if token.kind is TokenKind.NAME:  # "service:a" is a name, "SERVICE:a{" a call
        return "service" in lower.partition(":")[0] and after is not None and after.text == "{"
    if token.kind is TokenKind.VARIABLE:  # the ? may end a path: "?s <p>?trueSERVICE ?x {}"
        return _HIDDEN.match(token.text) is not None
    return token.kind is TokenKind.WORD


def _listed(query: str, found: Sequence[Token], n: int, listed: frozenset[str]) -> Call:
    token = found[n]
    at = n + 1
    if at < len(found) and found[at].keyword == "SILENT":
        at += 1
    if not listed or token.keyword != "SERVICE" or at + 1 >= len(found) or found[at + 1].text != "{":
        raise _refused(query, token, "asks another service", "Ask that service itself")
    named = found[at]
    address = named.text[1:-1]
    if named.kind is not TokenKind.IRI or address not in listed:
        raise _refused(
            query,
            token,
            "asks another service, which is not on the operator's list",
            "Write a listed address in full, as SERVICE <http://…> { … }, or ask that service itself",
        )
    return Call(address, named.start, named.end)


def _refused(query: str, token: Token, does: str, repair: str) -> ForbiddenQuery:
    return ForbiddenQuery(f"{token.shown} {does}", place=place(query, token.start), repair=repair)
