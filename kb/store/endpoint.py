"""One SPARQL 1.1 service over HTTP, through SPARQLWrapper: within time and size, secrets out of messages."""

from __future__ import annotations

import ast
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Final, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit, urlunsplit

from SPARQLWrapper import BASIC, POST, POSTDIRECTLY, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from kb.errors import QueryTimeout, StoreError
from kb.store.interface import Dataset

_CHUNK: Final = 1 << 16
_PAUSES: Final = (0.2, 0.8)
"""Seconds before a read is tried again."""
_PASSING: Final = frozenset({429, 502, 503, 504})
"""HTTP statuses that may be over in a moment."""


class _Body(Protocol):
    def read(self, amount: int, /) -> bytes: ...


class NotParsed(Exception):
    """The service says that the query is malformed."""


class _Passing(Exception):
    """A fault that may be over in a moment."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a service answers and takes updates."""

    query_address: str
    update_address: str
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def at(cls, address: str, update: str = "") -> Endpoint:
        """Return the service at ``http://user:password@host/query``.

        Without an update address, it is ``…/update`` beside ``…/query`` or ``…/sparql``, or else the
        same.
        Raises StoreError for what is no address.
        """
        bare, user, password = _without_secrets(address)
        if update:
            update, update_user, update_password = _without_secrets(update)
            user, password = user or update_user, password or update_password
        elif bare.rsplit("/", 1)[-1] in ("query", "sparql"):
            update = bare.rsplit("/", 1)[0] + "/update"
        return cls(bare, update or bare, user, password)

    def query(
        self, text: str, accept: str, *, seconds: float, size: int, dataset: Dataset | None = None
    ) -> tuple[bytes, bool]:
        """Run a query; return its answer and whether it was cut at ``size`` bytes. Tried thrice.

        Raises NotParsed when the service cannot parse it; QueryTimeout; StoreError.
        """
        deadline = time.monotonic() + seconds
        parameters = (
            {}
            if dataset is None
            else {
                "default-graph-uri": dataset.default,
                "named-graph-uri": dataset.named,
            }
        )
        for pause in (*_PAUSES, None):
            try:
                return self._send(self._reading(text, accept, parameters, deadline), deadline, size)
            except QueryBadFormed as error:
                raise NotParsed(_said(error)) from error
            except _Passing as error:
                if pause is None or time.monotonic() + pause >= deadline:
                    raise self._away(self.query_address, str(error)) from error
                time.sleep(pause)
        raise AssertionError("unreachable")

    def update(self, text: str, *, seconds: float) -> None:
        """Send one update request, once. Raises StoreError; whether it was carried out is then unknown."""
        wrapper = self._wrapper(seconds)
        wrapper.setRequestMethod(POSTDIRECTLY)
        wrapper.queryString, wrapper.queryType = text, "INSERT"
        try:
            self._send(wrapper, time.monotonic() + seconds, _CHUNK)
        except _Passing as error:
            raise self._away(self.update_address, str(error)) from error
        except QueryBadFormed as error:
            raise self._away(self.update_address, _said(error)) from error

    def _wrapper(self, seconds: float) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.query_address, updateEndpoint=self.update_address)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(max(1, math.ceil(seconds)))
        if self.user:
            wrapper.setHTTPAuth(BASIC)
            wrapper.setCredentials(self.user, self.password)
        return wrapper

    def _reading(
        self, text: str, accept: str, parameters: Mapping[str, Sequence[str]], deadline: float
    ) -> SPARQLWrapper:
        wrapper = self._wrapper(deadline - time.monotonic())
        # Set past setQuery, which guesses the kind by a pattern and errs on comments.
        wrapper.queryString, wrapper.queryType = text, "SELECT"
        wrapper.addCustomHttpHeader("Accept", accept)
        for name, values in parameters.items():
            for value in values:
                wrapper.addParameter(name, value)
        return wrapper

    def _send(self, wrapper: SPARQLWrapper, deadline: float, size: int) -> tuple[bytes, bool]:
        address = self.update_address if wrapper.isSparqlUpdateRequest() else self.query_address
        try:
            return _read(wrapper.query().response, deadline, size)
        except QueryBadFormed:
            raise
        except SPARQLWrapperException as error:
            raise self._away(address, _said(error)) from error
        except TimeoutError as error:
            raise self._too_slow(address) from error
        except HTTPError as error:
            if error.code in _PASSING:
                raise _Passing(f"HTTP status {error.code}") from error
            raise self._away(address, f"HTTP status {error.code} {error.reason}") from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._too_slow(address) from error
            raise _Passing(str(error.reason)) from error
        except (OSError, HTTPException) as error:
            raise _Passing(str(error)) from error

    def _away(self, address: str, said: str) -> StoreError:
        return StoreError(
            f"the SPARQL service failed: {said}",
            place=address,
            repair="Check that it runs and takes these requests",
        )

    def _too_slow(self, address: str) -> QueryTimeout:
        return QueryTimeout(
            "the SPARQL service did not answer within the time limit",
            place=address,
            repair="Narrow the query, or raise LEGATION_QUERY_SECONDS",
        )


def _without_secrets(address: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise StoreError(f"not an address: {error}", repair="Give http://host:port/path") from error
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise StoreError("not an http address", repair="Give http://host:port/path")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    bare = urlunsplit((parts.scheme, host + port, parts.path, parts.query, ""))
    return bare, unquote(parts.username or ""), unquote(parts.password or "")


def _read(body: _Body, deadline: float, size: int) -> tuple[bytes, bool]:
    """Read to the end or to ``size``; a service that trickles is held to the deadline too."""
    content = bytearray()
    while part := body.read(_CHUNK):
        content += part
        if len(content) > size:
            return bytes(content[:size]), True
        if time.monotonic() > deadline:
            raise TimeoutError
    return bytes(content), False


def _said(error: SPARQLWrapperException) -> str:
    """Return what the service said, on one line."""
    message, answered, shown = str(error).partition("Response:\n")  # what follows is a repr of bytes
    text = ast.literal_eval(shown).decode("utf-8", "replace") if answered else message
    return f"{type(error).__name__} {' '.join(text.split())[:300]}"
