"""One call of another service, going only where it may.

The host is resolved here and every address looked at before one is connected to, by number: nobody resolves
it a second time, so a name cannot point elsewhere between look and leap. Of the client's request nothing is
passed on but the query; no proxy is used, as it would resolve the name anew.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urljoin

from kb.errors import BadInput
from kb.store.federation_list import Door, Services, door

REDIRECTS: Final = 3
RESULTS: Final = ("application/sparql-results+json", "application/sparql-results+xml")
_CHUNK: Final = 1 << 16
_AGAIN: Final = frozenset({301, 302, 307, 308})
_HEADERS: Final = {
    "Accept": f"{RESULTS[0]}, {RESULTS[1]};q=0.5",
    "Accept-Encoding": "identity",
    "Content-Type": "application/sparql-query",
    "User-Agent": "Legation (SPARQL federation)",
    "Connection": "close",
}
_NOT_PUBLIC: Final = tuple(
    map(
        ip_network,
        (
            "192.88.99.0/24",  # relays of 6to4
            "::/96",  # IPv4 in IPv6, in each of its forms
            "::ffff:0:0/96",
            "::ffff:0:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2001::/32",
            "2002::/16",
            "fec0::/10",
        ),
    )
)
"""What ipaddress takes for public though it leads, or may lead, to a private address."""


class CallFailed(Exception):
    """The call was refused, failed, or went past a limit; the message may be shown to anyone."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How calls go out, and how far one may go."""

    services: Services
    deadline: float
    """Of ``time.monotonic``."""
    size: int
    """Of the answer, in bytes."""
    opened: Callable[[socket.socket], None] = lambda _: None
    """Told each connection, so that its owner may shut it."""

    def ask(self, address: str, query: bytes) -> tuple[str, bytes]:
        """Send a query to a listed address; return its answer's media type and bytes. Raises CallFailed."""
        for _ in range(REDIRECTS + 1):
            if address not in self.services.addresses:
                raise CallFailed("it redirects to an address that is not on the operator's list")
            try:
                found = self._once(door(address), query)
            except (OSError, HTTPException, ValueError) as error:
                raise CallFailed(_plain(error)) from error
            except BadInput as error:
                raise CallFailed("its address is malformed") from error
            if not isinstance(found, str):
                return found
            address = urljoin(address, found)
        raise CallFailed(f"it redirects more than {REDIRECTS} times")

    def _once(self, found: Door, query: bytes) -> tuple[str, bytes] | str:
        """Return the answer, or where it redirects to."""
        connection = HTTPConnection(found.host, found.port)
        connection.sock = self._connected(found)
        try:
            connection.request("POST", found.path, query, _HEADERS)
            response = connection.getresponse()
            if response.status in _AGAIN:
                return response.headers.get("Location", "")
            if response.status != 200:
                raise CallFailed(f"it answers with status {response.status}")
            media_type = response.headers.get_content_type()
            if (
                media_type not in RESULTS
                or response.headers.get("Content-Encoding", "identity") != "identity"
            ):
                raise CallFailed("its answer is no SPARQL result in JSON or XML")
            return media_type, self._body(response)
        finally:
            connection.close()

    def _connected(self, found: Door) -> socket.socket:
        fault: Exception = CallFailed("its host is not known")
        for family, where in self._places(found):
            try:
                return self._reached(found, family, where)
            except OSError as error:
                fault = error
        raise fault

    def _places(self, found: Door) -> list[tuple[int, tuple[str, int]]]:
        """Resolve a host. One private address among public ones spoils them all."""
        resolved = socket.getaddrinfo(found.host, found.port, type=socket.SOCK_STREAM)
        places = [(int(family), (str(where[0]), found.port)) for family, _, _, _, where in resolved]
        if not self.services.is_internal(found) and not all(is_public(where[0]) for _, where in places):
            raise CallFailed("its host has an address that is not public")
        return places

    def _reached(self, found: Door, family: int, where: tuple[str, int]) -> socket.socket:
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            self.opened(plain)
            plain.settimeout(self._left())
            plain.connect(where)
            if found.scheme == "http":
                return plain
            secure = ssl.create_default_context().wrap_socket(
                plain, server_hostname=found.host, do_handshake_on_connect=False
            )
        except BaseException:
            plain.close()
            raise
        try:
            self.opened(secure)
            secure.do_handshake()
        except BaseException:
            secure.close()
            raise
        return secure

    def _body(self, response: HTTPResponse) -> bytes:
        content = bytearray()
        while part := response.read1(_CHUNK):
            content += part
            if len(content) > self.size:
                raise CallFailed(f"its answer has more than {self.size:,} bytes")
            self._left()
        if response.length:
            raise CallFailed("its answer breaks off")
        return bytes(content)

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def is_public(address: str) -> bool:
    """Say whether an IP address, as the resolver writes it, is one of the open network.

    Private, loopback, link-local, multicast, reserved and unspecified ones are not, nor is any IPv6 address
    that carries an IPv4 one.
    """
    found: IPv4Address | IPv6Address = ip_address(address)
    if not found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified:
        return False
    return not any(found in net for net in _NOT_PUBLIC)


def _plain(error: Exception) -> str:
    """Return a fault in words that name no address and no part of this machine."""
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ssl.SSLError):
        return "no secure connection could be made"
    if isinstance(error, socket.gaierror):
        return "its host is not known"
    return "the connection failed"
