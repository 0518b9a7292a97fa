"""Real services for tests, on loopback: ``oxigraph serve`` with its store in memory, our own workbench."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from api.writing.tokens import hash_of, new_token

_PATIENCE = 20.0


@contextmanager
def oxigraph_service(*options: str) -> Iterator[str]:
    """Run a service with options of ``oxigraph serve``; yield its address (``/query`` is to be added)."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [_program(), "serve", "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.kill()
        process.wait()


@contextmanager
def legation_service(*options: str, **environment: str) -> Iterator[str]:
    """Run ``legation serve`` with options, and settings as its environment; yield its address, with ``/``."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from api.main import main; main()", "serve", "--port", "0", *options],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        address = re.search(r"http://\S+/", process.stdout.readline())
        assert address, "legation serve ended at once"
        yield address[0]
    finally:
        process.terminate()
        try:
            process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@contextmanager
def workbench(**environment: str) -> Iterator[tuple[str, str]]:
    """Run ``legation serve --writable`` on an empty folder; yield its address and a good token."""
    token = new_token()
    settings = {"LEGATION_UPDATE_TOKEN_HASH": hash_of(token), **environment}
    with (
        tempfile.TemporaryDirectory(prefix="legation-workbench-") as folder,
        legation_service("--writable", "--store", str(Path(folder, "store")), **settings) as address,
    ):
        yield address, token


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _program() -> str:
    """Return the program that the test extra's package ``oxigraph`` ships."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    assert found, "the package oxigraph is not installed; install the extra 'test'"
    return found


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "oxigraph serve ended at once"
        try:
            with urlopen(address, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.02)
    raise AssertionError(f"oxigraph serve did not answer within {_PATIENCE:g} s")
