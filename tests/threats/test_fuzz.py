"""Ten seconds of what is nearly right; docs/security.md tells how to go on for ten minutes."""

from __future__ import annotations

import contextlib
import random
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kb.queries import questions
from tests.queries.toy import toy_store
from tests.threats.fuzz import LIMIT, OVER, UNRATED, Tally, corpus, fuzz, main, report
from tests.threats.mutations import Mutator
from tests.threats.serving import Served, serving

SECONDS = 10


def test_what_is_nearly_right_is_answered_in_time_and_never_with_a_500(tmp_path: Path) -> None:
    toy_store(tmp_path / "store").close()
    tally = Tally(tmp_path)
    with serving(tmp_path / "store", **UNRATED) as served:
        fuzz(served.place, tally, seconds=SECONDS, seed=int(time.time()), limit=LIMIT + OVER, threads=2)
        assert served.process.poll() is None
    assert not tally.failures, report(tally)
    for target in ("sparql", "questions", "pages"):
        assert tally.counts[target, 200], f"nothing came through to {target}, so nothing was tried"


class Bad(BaseHTTPRequestHandler):
    """Breaks on questions, says too much on pages, sleeps on queries."""

    def do_GET(self) -> None:
        broken, asleep = self.path.startswith("/questions"), self.path.startswith("/sparql")
        if asleep:
            time.sleep(0.6)
        told = not broken and not asleep
        body = b"Traceback (most recent call last)" if told else b""
        self.send_response(500 if broken else 400 if told else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def bad() -> Iterator[tuple[str, int]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Bad) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield "127.0.0.1", server.server_address[1]
        server.shutdown()


def test_a_500_a_hang_and_an_error_that_says_too_much_are_found_and_kept(
    bad: tuple[str, int], tmp_path: Path
) -> None:
    tally = Tally(tmp_path)
    fuzz(bad, tally, seconds=2, seed=1, limit=0.5, threads=2)
    said = report(tally)
    for fault in ("hang", "status 500", "says too much"):
        assert fault in said
    assert len(list(tmp_path.glob("*.http"))) == len(tally.failures)


@pytest.mark.parametrize(("command", "code", "left"), [("sleep 9", 0, []), ("false", 1, ["server.log"])])
def test_the_log_is_kept_of_a_server_that_died_and_else_nothing(
    command: str, code: int, left: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextlib.contextmanager
    def stood_in(store: Path, **_: str) -> Iterator[Served]:
        (tmp_path / "log").write_text("what it said")
        with subprocess.Popen(command.split()) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
            yield Served("http://127.0.0.1:9/", process, tmp_path / "log")
            process.kill()

    monkeypatch.setattr("tests.threats.fuzz.serving", stood_in)
    monkeypatch.setattr("tests.threats.fuzz.fuzz", lambda *_, **__: None)
    kept = tmp_path / "kept"
    assert main(["--store", str(tmp_path), "--kept", str(kept)]) == code
    assert [path.name for path in kept.glob("*")] == left


def test_the_same_seed_sends_the_same_requests() -> None:
    def shots() -> list[bytes]:
        mutator = Mutator(random.Random("7-0"), corpus(), list(questions().values()))
        return [mutator.shot().request for _ in range(50)]

    assert shots() == shots()
