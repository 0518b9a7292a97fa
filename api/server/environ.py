"""A request as the server hands it over, put as WSGI (PEP 3333) wants it."""

from __future__ import annotations

import io
import sys
from typing import Final, Protocol
from urllib.parse import unquote_to_bytes


class Headers(Protocol):
    """The headers of a request."""

    def items(self) -> list[tuple[str, str]]:
        """Return names in lower case, and values; a header sent twice stands twice."""
        ...

    def get(self, name: str, default: str = "") -> str:
        """Return one header's value; the first, where it was sent twice."""
        ...

    def get_all(self, name: str) -> list[str]:
        """Return every value of a header."""
        ...


class Scope(Protocol):
    """What an RSGI server tells of a request, its body left out."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: Headers


_FIXED: Final = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}
_BARE: Final = {"content-type": "CONTENT_TYPE"}
"""Headers that WSGI names without HTTP_; Content-Length is set by what was really received."""
_OLD: Final = ("1", "1.0")
"""How the server below writes the version 1.0, and how others do."""
_PASSED_BY: Final = frozenset({"content-length", "transfer-encoding", "connection"})


def version_of(scope: Scope) -> str:
    """Return the protocol that a request speaks: "HTTP/1.0" or "HTTP/1.1"."""
    return "HTTP/1.0" if scope.http_version in _OLD else f"HTTP/{scope.http_version}"


def environ_of(scope: Scope, body: bytes) -> dict[str, object]:
    """Return the WSGI environment of a request."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, object] = {
        **_FIXED,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),  # bytes, as WSGI has them
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": version_of(scope),
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
    }
    for name, value in scope.headers.items():
        if name in _PASSED_BY or "_" in name:  # a_b and a-b would be one
            continue
        key = _BARE.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        sent = environ.get(key)
        environ[key] = value if sent is None else f"{sent},{value}"
    return environ
