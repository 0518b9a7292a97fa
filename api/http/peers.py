"""Whether a request comes from its client itself, or through a proxy of which the settings say nothing.

Through a proxy on this machine everybody would seem to be here, and be bound by no limit.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, Final

Header = Callable[[str], str]
"""Gives what a header holds by its name in lower case, several values with commas; "" where there is none."""

_log = logging.getLogger("legation.peers")
_MARKS: Final = (
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "forwarded",
    "via",
)
_IN_WSGI: Final = {name: f"HTTP_{name.upper().replace('-', '_')}" for name in (*_MARKS, "host")}
_OURS: Final = frozenset({"localhost", socket.gethostname().lower()})


def header_of(environ: Mapping[str, Any]) -> Header:
    """Return how to look into the headers of a WSGI environment; it knows those that are asked for here."""
    return lambda name: environ.get(_IN_WSGI[name], "")


def unknown_proxy(header: Header, version: str, proxies: int, *, loopback: bool) -> str:
    """Return what tells of other proxies than the number ``proxies``; empty where nothing does.

    Ask it only of a request that seems to come from a client that no limit binds. ``version`` is such as
    "HTTP/1.1"; ``loopback`` says that the client seems to be on this machine.
    """
    if proxies:
        passed = header("x-forwarded-for")
        return "" if passed and passed.count(",") + 1 == proxies else "the number in X-Forwarded-For"
    for mark in _MARKS:
        if header(mark):
            return f"the header {mark.title()}"
    if version == "HTTP/1.0":  # as nginx speaks it to what it is not told more of
        return "HTTP/1.0"
    return "the name in the header Host" if loopback and not _is_here(header("host")) else ""


@cache
def tell_of(mark: str, proxies: int) -> None:
    """Log what tells of an unknown proxy, the first time that it does."""
    _log.warning(
        "a request from an exempt address did not come through LEGATION_TRUSTED_PROXIES=%d proxies, "
        "as %s shows: all such requests are limited as if one client sent them",
        proxies,
        mark,
    )


@lru_cache(maxsize=64)
def _is_here(host: str) -> bool:
    """Tell whether a host, with or without a port, may be this machine: an address, or a name of its own."""
    name, _, port = host.rpartition(":")
    name = name if name and port.isdecimal() else host
    if not name or name.lower() in _OURS:
        return True
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
