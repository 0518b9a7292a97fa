"""The real server in a process of its own: it says where it listens, answers, and ends when told."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from api.serve import serve
from kb.errors import LegationError
from kb.settings import Settings
from kb.store import open_store
from tests.queries.toy import toy_store

PROGRAM = """
import sys
from api.serve import serve
from kb.settings import Settings
from kb.store import open_store
store = open_store(sys.argv[1])
serve(store, Settings(), host="127.0.0.1", port=0, announce=lambda text: print(text, flush=True))
"""


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    toy_store(folder).close()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def children(process: subprocess.Popen[str]) -> list[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    every = [Path(task, "children").read_text() for task in Path(f"/proc/{process.pid}/task").iterdir()]
    return [int(pid) for text in every for pid in text.split()] if found.exists() else []


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as response:
        content = response.read()
    assert isinstance(content, bytes)
    return content


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_ends_cleanly_with_its_readers(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path / "store") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        found = json.loads(
            get(f"{address}questions/facilities-visited.json?visitor_state=XAL&host_state=XBO")
        )
        assert len(found["rows"]) == 4
        readers = children(process)
        assert readers
        process.send_signal(number)
        _, complaints = process.communicate(timeout=20)
        assert (process.returncode, complaints) == (0, "")
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and any(map(alive, readers)):
            time.sleep(0.05)
        assert not any(map(alive, readers))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_body_past_the_limit_is_refused_by_the_server(tmp_path: Path) -> None:
    with served(tmp_path / "store") as (_, address):
        request = urllib.request.Request(
            f"{address}sparql", data=b"#" * 400_000, headers={"Content-Type": "application/sparql-query"}
        )
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request, timeout=20)
        assert caught.value.code == 413


def test_a_port_that_is_taken_is_told_with_what_to_do(tmp_path: Path) -> None:
    toy_store(tmp_path / "store").close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            LegationError, match=f"127.0.0.1:{port}: the port is taken. Choose another with --port"
        ):
            serve(
                open_store(str(tmp_path / "store")), Settings(), host="127.0.0.1", port=port, announce=print
            )


def test_clients_that_never_finish_their_request_do_not_shut_others_out(tmp_path: Path) -> None:
    with served(tmp_path / "store") as (_, address), ExitStack() as held:
        port = int(address.rstrip("/").rsplit(":", 1)[1])
        for _ in range(150):
            slow = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            slow.send(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert b"Legation" in get(address)
