"""Where the model answers: an address that may be called, or an error that says why not."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from kb.errors import BadInput

PATH: Final = "/chat/completions"
PLACE: Final = "LEGATION_MODEL_ADDRESS"


@dataclass(frozen=True, slots=True)
class Address:
    """A chat-completions endpoint."""

    host: str
    port: int
    target: str
    """Path and query, as sent."""
    secure: bool

    def __str__(self) -> str:
        """Return it for people: without the query, which may hold a key."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}{self.target.partition('?')[0]}"


def read_address(text: str, plain_hosts: str = "") -> Address:
    """Return the endpoint of an address such as ``https://models.example/v1``.

    Raises BadInput where none is set, where it is no address, holds a password, or is plain HTTP to a host
    that is neither this machine nor among ``plain_hosts``. The address is not repeated: it may hold a secret.
    """
    if not text:
        repair = "Set it, such as http://127.0.0.1:8080/v1, or read with the rules alone"
        raise BadInput("the model has no address, so no call is made", place=PLACE, repair=repair)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if (
        parts.scheme not in ("http", "https")
        or not host
        or not text.isascii()
        or not text.isprintable()
        or " " in text
    ):
        raise BadInput("not an address", place=PLACE, repair="Write it like https://models.example/v1")
    if parts.username is not None or parts.password is not None:
        raise BadInput(
            "an address with a name or password", place=PLACE, repair="Put the key in LEGATION_MODEL_KEY"
        )
    secure = parts.scheme == "https"
    if (
        not secure
        and not _is_loopback(host)
        and host not in {one.strip().lower() for one in plain_hosts.split(",")}
    ):
        raise BadInput(
            f"plain http to {host}: texts and key could be read on the way",
            place=PLACE,
            repair=f"Use https, or name {host} in LEGATION_MODEL_PLAIN_HOSTS",
        )
    path = parts.path.rstrip("/")
    path = path if path.endswith(PATH) else path + PATH
    target = f"{path}?{parts.query}" if parts.query else path
    return Address(host, port or (443 if secure else 80), target, secure)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
