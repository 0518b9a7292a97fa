"""Send bytes as they are and read one answer, however strange either is."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Got:
    """What came of it."""

    status: int
    """0 where the connection ended without an answer, which a server may do with what is not HTTP."""
    seconds: float
    body: bytes = b""
    fault: str = ""
    """"hang" where no whole answer came in time, else empty."""


def exchange(
    place: tuple[str, int], request: bytes, seconds: float, method: str = "GET", *, source: str = "127.0.0.1"
) -> Got:
    """Send a request and read its answer.

    ``seconds`` bounds the whole; ``method`` says whether the answer has a body; ``source`` is the address
    of loopback that it comes from.
    """
    began = time.monotonic()
    with socket.create_connection(place, timeout=seconds, source_address=(source, 0)) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        response = http.client.HTTPResponse(connection, method=method)
        try:
            response.begin()
            body = response.read()
        except TimeoutError:
            return Got(0, time.monotonic() - began, fault="hang")
        except (OSError, http.client.HTTPException, ValueError):
            return Got(0, time.monotonic() - began)
        finally:
            response.close()
    took = time.monotonic() - began
    return Got(response.status, took, body, "hang" if took > seconds else "")
