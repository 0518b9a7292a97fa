"""What goes over the wire: requests as they are stated, nothing added, and a record of each exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Final
from urllib.parse import urlsplit

_PATIENCE: Final = 30.0
"""Seconds that an answer may take."""
_SHOWN: Final = 2000
"""Characters of a body that a record shows."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: its target is the path with the query string."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """One answer; ``headers`` has names in lower case; the status is 0 where the service hung up."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Return the media type without its parameters, in lower case; empty where none is told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """Return the charset that is told, in lower case, or nothing."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.strip().partition("=")
            if name.lower() == "charset":
                return value.strip('"').lower()
        return ""

    @property
    def good(self) -> bool:
        """Tell whether the request was fulfilled."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request with its answer."""

    request: Request
    response: Response

    def __str__(self) -> str:
        sent = self.request
        answer = self.response
        return "\n".join(
            [
                f"> {sent.method} {sent.target}",
                *(f"> {name}: {value}" for name, value in sent.headers.items() if name != "Authorization"),
                _shown(sent.body or b""),
                f"< {answer.status}",
                *(f"< {name}: {value}" for name, value in answer.headers.items()),
                _shown(answer.body),
            ]
        )


def _shown(body: bytes) -> str:
    text = body.decode("utf-8", "backslashreplace")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} […{len(text) - _SHOWN} characters more]"


class Wire:
    """One connection that is kept open, opened again when the service closes it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        assert parts.scheme == "http" and parts.hostname
        self._connection = HTTPConnection(parts.hostname, parts.port, timeout=_PATIENCE)
        self.exchanges: list[Exchange] = []
        """What was sent and answered since ``forget``."""

    def forget(self) -> None:
        """Begin a new record."""
        self.exchanges = []

    def send(self, request: Request) -> Response:
        """Send a request and return the whole answer."""
        response = self._tried(request)
        self.exchanges.append(Exchange(request, response))
        return response

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _tried(self, request: Request) -> Response:
        """Send; once more where a connection that was kept open has been closed meanwhile."""
        again = self._connection.sock is not None
        try:
            return self._sent(request)
        except (HTTPException, OSError) as error:
            self._connection.close()
            return self._tried(request) if again else Response(0, {}, repr(error).encode())

    def _sent(self, request: Request) -> Response:
        self._connection.request(request.method, request.target, request.body, dict(request.headers))
        answer = self._connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, headers, answer.read())
