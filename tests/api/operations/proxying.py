"""Real proxies as docs/operations.md writes them down, with TLS, on free ports of loopback."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.api.operations.running import Got
from tests.api.operations.test_docs import block
from tests.services import free_port

NAME = "example.org"
PREFIX = "/kb/legation"
_PATIENCE = 15.0


class _ToLoopback(http.client.HTTPSConnection):
    """A connection to a port of this machine that asks for NAME, whatever stands in the header Host."""

    def connect(self) -> None:
        line = socket.create_connection((self.local, self.port), self.timeout, (self.source, 0))
        self.sock = self.trust.wrap_socket(line, server_hostname=NAME)

    local = source = "127.0.0.1"
    trust: ssl.SSLContext


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running proxy."""

    port: int
    certificate: Path
    log: Path
    """Everything that it wrote."""

    def connect(self, source: str = "127.0.0.1", seconds: float = 30.0) -> http.client.HTTPSConnection:
        """Return a connection from an address of loopback."""
        connection = _ToLoopback(NAME, self.port, timeout=seconds)
        connection.trust = ssl.create_default_context(cafile=str(self.certificate))
        connection.source = source
        return connection

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        source: str = "127.0.0.1",
    ) -> Got:
        """Send a request for a path below the prefix, and return its answer."""
        connection = self.connect(source)
        try:
            connection.request(method, PREFIX + path, body, dict(headers or {}))
            response = connection.getresponse()
            return Got(response.status, response.read(), response.headers)
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Got:
        """Get a path below the prefix; ``If_None_Match`` stands for the header of that name."""
        return self.send("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})


@contextmanager
def nginx(folder: Path, upstream: int) -> Iterator[Proxy]:
    """Run nginx as it is documented. Skips where it is not installed."""
    program = _program("nginx", "needs nginx")
    port, (certificate, key) = free_port(), _certified(folder)
    server = _fitted(block("nginx", "proxy_pass"), upstream, certificate, key)
    server = server.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl").replace(
        "$host;", f"$host:{port};"
    )
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\naccess_log {folder}/access;\n{places}{server}}}\n"
    )
    with _running([program, "-c", str(settings), "-e", "stderr", "-p", str(folder)], folder, port):
        yield Proxy(port, certificate, folder / "log")


@contextmanager
def caddy(folder: Path, upstream: int) -> Iterator[Proxy]:
    """Run Caddy as it is documented. Skips where it is not installed."""
    program = _program("caddy", "needs Caddy")
    port, (certificate, key) = free_port(), _certified(folder)
    site = _fitted(block("caddy", "reverse_proxy"), upstream, certificate, key)
    own = f"{{\n admin off\n auto_https off\n https_port {port}\n storage file_system {folder}/storage\n"
    site = site.replace("{\n", own, 1)
    site = site.replace(f"{NAME} {{\n", f"{NAME}:{port} {{\n bind 127.0.0.1\n tls {certificate} {key}\n", 1)
    settings = folder / "Caddyfile"
    settings.write_text(site)
    command = [program, "run", "--config", str(settings), "--adapter", "caddyfile"]
    with _running(command, folder, port):
        yield Proxy(port, certificate, folder / "log")


def _program(name: str, reason: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found or not shutil.which("openssl"):
        pytest.skip(reason)
    return found


def _fitted(text: str, upstream: int, certificate: Path, key: Path) -> str:
    """Return an example with this service's port and a certificate that there is."""
    assert text.count("127.0.0.1:8717") == 1
    text = text.replace("127.0.0.1:8717", f"127.0.0.1:{upstream}")
    text = re.sub(r"(ssl_certificate) \S+;", rf"\1 {certificate};", text)
    return re.sub(r"(ssl_certificate_key) \S+;", rf"\1 {key};", text)


def _certified(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for NAME that vouches for itself; return it and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-keyout", str(key), "-out", str(certificate), "-subj", f"/CN={NAME}",
         "-addext", f"subjectAltName=DNS:{NAME}"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate, key


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={"HOME": str(folder)}, cwd=folder)
    try:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                said = (folder / "log").read_text()
                assert process.poll() is None, said
                assert time.monotonic() < end, said
                time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE)
