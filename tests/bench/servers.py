"""The servers that are compared, each started on a free port of loopback and ended again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from tests.services import free_port

_PATIENCE: Final = 600.0
"""Seconds for a server to answer first; rdflib-endpoint reads its whole file before it does."""
_SETTLING: Final = 60.0
COPY: Final = "5000000000"
"""How many bytes a copy in memory may take: enough for ten million triples."""
JSON_ROWS: Final = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server on loopback."""

    name: str
    port: int
    endpoint: str
    """The path of its SPARQL address."""
    process: int

    def target(self, query: str) -> str:
        """Return the path of a query sent by GET."""
        return f"{self.endpoint}?{urlencode({'query': query})}"

    def get(self, target: str, accept: str = JSON_ROWS) -> tuple[int, dict[str, str], bytes]:
        """Send one request on a connection of its own; return status, headers (lower case) and body."""
        return self._ask("GET", target, {"Accept": accept}, None)

    def post(self, query: str) -> tuple[int, dict[str, str], bytes]:
        """Send a query as the body of a POST; return what ``get`` does, as JSON."""
        headers = {"Accept": JSON_ROWS, "Content-Type": "application/sparql-query"}
        return self._ask("POST", self.endpoint, headers, query.encode())

    def _ask(
        self, method: str, target: str, headers: dict[str, str], body: bytes | None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        finally:
            connection.close()


@contextmanager
def legation(base: Path, *, warm: bool = True, **settings: str) -> Iterator[Server]:
    """Serve a base as ``legation serve`` does; ``settings`` are ``LEGATION_`` variables, in lower case.

    Where it is to be warm, it is waited for until its copy in memory is there; a copy may take COPY bytes.
    """
    port = free_port()
    command = [_beside("legation"), "serve", "--store", str(base), "--port", str(port)]
    chosen = {f"LEGATION_{name.upper()}": value for name, value in ({"copy_bytes": COPY} | settings).items()}
    with _running(command, Server("legation", port, "/sparql", 0), chosen) as server:
        if warm and chosen["LEGATION_COPY_BYTES"] != "0":
            _wait_for_copy(server)
        yield server


@contextmanager
def oxigraph(location: Path) -> Iterator[Server]:
    """Serve a location as ``oxigraph serve-read-only`` does."""
    port = free_port()
    command = [_beside("oxigraph"), "serve-read-only", "--location", str(location)]
    with _running([*command, "--bind", f"127.0.0.1:{port}"], Server("oxigraph", port, "/query", 0)) as server:
        yield server


@contextmanager
def rdflib_endpoint(file: Path) -> Iterator[Server]:
    """Serve a file of N-Triples as ``rdflib-endpoint serve`` does, in the memory of rdflib."""
    port = free_port()
    command = [_beside("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(file)]
    with _running(command, Server("rdflib-endpoint", port, "/", 0)) as server:
        yield server


def triples_file(location: Path, to: Path) -> None:
    """Write the default graph of an Oxigraph location as N-Triples. Raises CalledProcessError."""
    command = [_beside("oxigraph"), "dump", "--location", str(location), "--graph", "default"]
    subprocess.run([*command, "--file", str(to)], check=True, capture_output=True)


@contextmanager
def _running(command: list[str], server: Server, settings: dict[str, str] | None = None) -> Iterator[Server]:
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(settings or {})},
    )
    try:
        found = Server(server.name, server.port, server.endpoint, process.pid)
        _wait_for(found, process)
        _let_settle(process.pid)
        yield found
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{server.name} ended at once: {process.args!r}")
        try:
            if server.get(server.target("ASK {}"))[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"{server.name} did not answer within {_PATIENCE:g} s")


def _wait_for_copy(server: Server) -> None:
    end = time.monotonic() + _PATIENCE
    while b"legation_copy_current 1" not in server.get("/metrics")[2]:
        if time.monotonic() > end:
            raise RuntimeError(f"{server.name} made no copy in memory within {_PATIENCE:g} s")
        time.sleep(0.5)


def _let_settle(pid: int) -> None:
    """Wait until a process has ended what it does of its own accord after its start."""
    end = time.monotonic() + _SETTLING
    before = _processor_time(pid)
    while time.monotonic() < end:
        time.sleep(0.5)
        now = _processor_time(pid)
        if now - before < 0.05:
            return
        before = now


def _processor_time(pid: int) -> float:
    """Return the seconds that a process has run (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _beside(program: str) -> str:
    """Return the path of a program of this environment."""
    path = Path(sys.executable).with_name(program)
    found = str(path) if path.exists() else shutil.which(program)
    if found is None:
        raise RuntimeError(f"{program} is not installed: pip install -e '.[test,bench]'")
    return found
