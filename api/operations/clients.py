"""Who a client is: an IPv4 address or an IPv6 /64, kept as a keyed hash only; which networks are exempt."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import socket
from typing import Final

from kb.errors import BadInput

_MAPPED: Final = bytes(10) + b"\xff\xff"
"""What an IPv4 address begins with when it is written as an IPv6 one."""
_KEY: Final = secrets.token_bytes(32)


def packed(address: str) -> bytes:
    """Return an address as 4 or 16 bytes, an IPv4 one written as IPv6 as 4; empty where it is none.

    Some proxies write a port behind it (192.0.2.1:4711, [2001:db8::1]:4711), which is left out.
    """
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        found = socket.inet_pton(family, address.partition("%")[0])
    except (OSError, ValueError):
        return b""
    return found[12:] if found.startswith(_MAPPED) else found


def client_of(address: bytes) -> bytes:
    """Return who an address stands for, hashed: an IPv4 address, or the /64 that is one client's in IPv6."""
    return hashlib.blake2b(address[:8], key=_KEY, digest_size=16).digest()


def networks(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return networks as bytes of an address, number and mask. Raises BadInput for what is none."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            network = ipaddress.ip_network(part)
        except ValueError as error:
            raise BadInput(
                f"{part!r} is no network",
                place="LEGATION_REQUESTS_EXEMPT",
                repair="Write networks such as 192.0.2.0/24, with commas",
            ) from error
        found.append((network.max_prefixlen // 8, int(network.network_address), int(network.netmask)))
    return tuple(found)


def is_loopback(address: bytes) -> bool:
    """Say whether an address is this machine's own."""
    return address[0] == 127 if len(address) == 4 else address == packed("::1")
