"""The real server, as its operator starts it, and a client that sends exactly what it is told to."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kb.resources import ROOT

_ADDRESS = re.compile(r"http://\S+?:\d+/")
_PROGRAM = "from api.main import main; main()"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By names in lower case."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    address: str
    """With a slash at the end."""
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def place(self) -> tuple[str, int]:
        """Return host and port."""
        parts = urlsplit(self.address)
        assert parts.hostname
        assert parts.port
        return parts.hostname, parts.port

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        *,
        seconds: float = 30,
    ) -> Answer:
        """Send one request on a connection of its own.

        Raises TimeoutError or another OSError, or HTTPException, where no whole answer comes.
        """
        connection = http.client.HTTPConnection(*self.place, timeout=seconds)
        try:
            connection.putrequest(
                method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True
            )
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()


@contextmanager
def serving(store: Path, *options: str, **environment: str) -> Iterator[Served]:
    """Run ``legation serve`` over a store until the block ends; its log is a file beside the store."""
    log = store.with_name(f"{store.name}.log")
    with log.open("wb") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, "serve", "--store", str(store), "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )
    assert process.stdout is not None
    try:
        found = _ADDRESS.search(process.stdout.readline().decode())
        assert found, log.read_text()
        yield Served(found.group(), process, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
