"""The services that an operator lets queries call, read from the settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from kb.errors import BadInput
from kb.settings import Settings

_PORTS: Final = {"http": 80, "https": 443}
_NAME: Final = re.compile(r"(?!-)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?")
_PLAIN: Final = re.compile(r"[!#-;=?-\[\]_a-z~]+")
"""ASCII without what SPARQL cannot write in an IRI."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where a connection is to go: ``scheme`` is http or https, ``host`` a name or an address as written."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query string, where there is one."""


@dataclass(frozen=True, slots=True)
class Services:
    """What may be called."""

    addresses: frozenset[str] = frozenset()
    """Exactly as a query must write them."""
    internal: frozenset[str] = frozenset()
    """``host:port`` that may be an address of this machine or of a private network."""

    @classmethod
    def of(cls, settings: Settings) -> Services:
        """Return what the settings list. Raises BadInput for what is no address of a service."""
        addresses = frozenset(_parts(settings.services))
        internal = frozenset(part.lower() for part in _parts(settings.services_internal))
        doors = [door(address) for address in addresses]
        unused = internal - {f"{found.host}:{found.port}" for found in doors}
        if unused:
            raise BadInput(
                f"{min(unused)} is the host and port of no address in LEGATION_SERVICES",
                place="LEGATION_SERVICES_INTERNAL",
                repair="Write host:port as it stands there; the port too, where it is 80 or 443",
            )
        return cls(addresses, internal)

    def is_internal(self, found: Door) -> bool:
        """Say whether the operator said that this host and port may be private."""
        return f"{found.host}:{found.port}" in self.internal


NO_SERVICES: Final = Services()


def door(address: str) -> Door:
    """Return where an address leads.

    Raises BadInput for another scheme than http and https, credentials, a fragment, and a host that is
    neither a name nor an address in its usual form: 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to some.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise _bad(address, str(error)) from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise _bad(address, "it is not http or https")
    if (
        "@" in parts.netloc
        or parts.fragment
        or not _PLAIN.fullmatch(address)
        or set(address) & set('<>"{}|\\^`')
    ):
        raise _bad(address, "it has a user, a fragment, or a character that no address has")
    host = parts.hostname.lower()
    _hold_host(address, parts, host)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Door(parts.scheme, host, port, path)


def _hold_host(address: str, parts: SplitResult, host: str) -> None:
    last = host.rstrip(".").rpartition(".")[2]
    if "[" in parts.netloc or last[:1].isdigit():
        try:
            usual = str(ip_address(host))
        except ValueError as error:
            raise _bad(address, "its host is a number in an unusual form") from error
        if usual != host:
            raise _bad(address, f"its host is usually written {usual}")
    elif not _NAME.fullmatch(host):
        raise _bad(address, "its host is no name")


def _bad(address: str, why: str) -> BadInput:
    return BadInput(
        f"{address[:200]!r} is no address of a service: {why}",
        place="LEGATION_SERVICES",
        repair="List addresses such as https://host/sparql, with commas",
    )


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split(",") if part.strip())
