"""One HTTP call, with a limit on time and size. Redirects and proxies are not followed."""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import Final

from kb.extractors.model.address import Address
from kb.settings import Secret

CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever its status."""

    status: int
    body: bytes
    retry_after: str = ""


class CallFailed(Exception):
    """No reply: the connection failed, broke, took too long or brought too much. The words are our own."""

    def __init__(self, problem: str, *, again: bool = True) -> None:
        super().__init__(problem)
        self.again = again
        """Whether the same call may go better."""


def post(address: Address, body: bytes, key: Secret, *, seconds: float, limit: int) -> Reply:
    """Send a JSON body and return the reply, of at most ``limit`` bytes, within ``seconds`` of wall clock.

    Raises CallFailed; neither the key nor what the service said stands in it.
    """
    connection = _connection(address, seconds)
    late = _Late(connection, seconds)
    failure: CallFailed | None = None
    try:
        late.start()
        reply = _exchange(connection, address, body, key, limit)
    except (CallFailed, OSError, http.client.HTTPException, ValueError) as error:
        failure = _failure(error, seconds, late.passed)
    finally:
        late.cancel()
        connection.close()
    if failure is None and late.passed:
        failure = _failure(TimeoutError(), seconds, late=True)
    if failure is not None:
        raise failure  # out here, so that it has no context: that may repeat the header with the key
    return reply


def _exchange(
    connection: http.client.HTTPConnection, address: Address, body: bytes, key: Secret, limit: int
) -> Reply:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
    }
    if key:
        headers["Authorization"] = f"Bearer {key.reveal()}"
    connection.request("POST", address.target, body, headers)
    response = connection.getresponse()
    return Reply(response.status, _bounded(response, limit), response.getheader("Retry-After") or "")


class _Late:
    """Shuts a connection when its time is over: a byte a minute would never time out by itself."""

    def __init__(self, connection: http.client.HTTPConnection, seconds: float) -> None:
        self._connection = connection
        self._timer = Timer(seconds, self._shut)
        self._timer.daemon = True
        self.passed = False
        self.start, self.cancel = self._timer.start, self._timer.cancel

    def _shut(self) -> None:
        self.passed = True
        if (open_socket := self._connection.sock) is not None:
            with suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)


def _connection(address: Address, seconds: float) -> http.client.HTTPConnection:
    if address.secure:
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(address.host, address.port, timeout=seconds, context=context)
    return http.client.HTTPConnection(address.host, address.port, timeout=seconds)


def _bounded(response: http.client.HTTPResponse, limit: int) -> bytes:
    content = bytearray()
    while chunk := response.read1(CHUNK):
        content += chunk
        if len(content) > limit:
            raise CallFailed(f"the answer is longer than {limit} bytes", again=False)
    if response.length:  # fewer bytes than were announced
        raise CallFailed("the connection broke in the middle of the answer")
    return bytes(content)


def _failure(error: Exception, seconds: float, late: bool) -> CallFailed:
    if late or isinstance(error, TimeoutError):
        return CallFailed(f"no answer within {seconds:g} seconds")
    if isinstance(error, CallFailed):
        return error
    if isinstance(error, ssl.SSLCertVerificationError):
        return CallFailed("the certificate of the service does not hold", again=False)
    if isinstance(error, ValueError):  # http.client refuses a header: a line break in the key
        return CallFailed("the key cannot be sent in a header", again=False)
    return CallFailed(f"no connection ({type(error).__name__})")
