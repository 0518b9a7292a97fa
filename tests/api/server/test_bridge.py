"""The server's own part: what a WSGI application hears of a request, and what a client gets of its answer."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from api.operations.rates import Rates
from api.server.bridge import Bounds, Bridge, Witness
from api.server.calling import Application
from api.server.doorkeeper import Doorkeeper
from api.server.listening import Listener
from kb.settings import Settings
from kb.store.cancel import WORKING_FOR

Start = Callable[[str, list[tuple[str, str]]], object]
BOUNDS = Bounds(body=1_000, body_with_token=5_000, threads=4, receiving=0.5, sending=2.0)
PART = b"x" * 300_000


@contextmanager
def serving(
    application: Application,
    bounds: Bounds = BOUNDS,
    doorkeeper: Doorkeeper | None = None,
    witness: Witness = lambda *_told: None,
) -> Iterator[int]:
    """Run the server in a thread; yield its port."""
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    door.setblocking(False)
    loop = asyncio.new_event_loop()
    server: list[Listener] = []

    async def run() -> None:
        server.append(Listener(Bridge(application, bounds, doorkeeper, witness), door))
        await server[0].serve()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(server[0].halt)
        thread.join()
        loop.close()


def exchange(port: int, sent: bytes, seconds: float = 5.0, *, ends: bool = False) -> bytes:
    """Send bytes and return what comes until the server closes, or nothing comes any more.

    With ``ends`` the server is told that nothing more will be sent.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
        line.sendall(sent)
        if ends:
            line.shutdown(socket.SHUT_WR)
        found = b""
        try:
            while part := line.recv(65_536):
                found += part
        except TimeoutError:
            pass
        return found


def asking(method: str = "GET", path: str = "/", headers: str = "", body: bytes = b"") -> bytes:
    """Return a request as a client on this machine sends it."""
    first = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    return f"{first}{headers}\r\n".encode() + body


def told(environ: dict[str, Any], start: Start) -> list[bytes]:
    """Answer with what is known of the request."""
    known = {name: value for name, value in environ.items() if isinstance(value, str)}
    known["body"] = environ["wsgi.input"].read().decode("latin-1")
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(known).encode()]


@pytest.fixture(scope="module")
def teller() -> Iterator[int]:
    with serving(told) as port:
        yield port


def hear(answer: bytes) -> dict[str, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    found = json.loads(body)
    assert isinstance(found, dict)
    return found


def test_a_request_is_put_as_wsgi_wants_it(teller: int) -> None:
    found = hear(exchange(teller, asking("QUERY", "/a%20%C3%A9%2Fb?q=%20x", "X-One: 1\r\nX-One: 2\r\n")))
    assert (found["REQUEST_METHOD"], found["QUERY_STRING"]) == ("QUERY", "q=%20x")
    assert found["PATH_INFO"].encode("latin-1").decode() == "/a é/b"
    assert found["HTTP_X_ONE"] == "1,2"
    assert found["REMOTE_ADDR"] == "127.0.0.1"


def test_letters_that_stand_in_an_address_as_they_are_are_utf_8(teller: int) -> None:
    found = hear(exchange(teller, asking(path="/é?q=é€")))
    assert found["QUERY_STRING"].encode("latin-1").decode() == "q=é€"
    assert found["PATH_INFO"].encode("latin-1").decode() == "/é"


def test_a_header_with_an_underscore_cannot_pass_for_another(teller: int) -> None:
    found = hear(exchange(teller, asking(headers="X_Forwarded_For: 10.0.0.1\r\n")))
    assert "HTTP_X_FORWARDED_FOR" not in found


def test_a_body_in_chunks_has_the_length_that_it_has(teller: int) -> None:
    chunked = asking(
        "POST", headers="Transfer-Encoding: chunked\r\n", body=b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    found = hear(exchange(teller, chunked))
    assert (found["body"], found["CONTENT_LENGTH"]) == ("abcde", "5")


@pytest.mark.parametrize(
    ("size", "headers", "status"),
    [
        (1_000, "", b"200"),
        (1_001, "", b"413"),
        (5_000, "Authorization: Bearer x\r\n", b"200"),
        (5_001, "Authorization: Bearer x\r\n", b"413"),
    ],
)
def test_a_body_past_its_limit_is_refused(teller: int, size: int, headers: str, status: bytes) -> None:
    whole = asking("POST", headers=f"Content-Length: {size}\r\n{headers}", body=b"#" * size)
    assert exchange(teller, whole).startswith(b"HTTP/1.1 " + status)
    chunk = f"{size:x}\r\n".encode() + b"#" * size + b"\r\n0\r\n\r\n"
    parts = asking("POST", headers=f"Transfer-Encoding: chunked\r\n{headers}", body=chunk)
    assert exchange(teller, parts).startswith(b"HTTP/1.1 " + status)


def test_one_that_still_sends_a_body_too_large_gets_its_answer(teller: int) -> None:
    body = b"#" * 2_000_000  # more than the buffers of both sides hold
    answer = exchange(teller, asking("POST", headers=f"Content-Length: {len(body)}\r\n", body=body))
    assert answer.startswith(b"HTTP/1.1 413")


def test_one_that_asks_for_leave_is_refused_before_it_sends(teller: int) -> None:
    headers = "Expect: 100-continue\r\nContent-Length: 2000\r\n"
    assert exchange(teller, asking("POST", headers=headers)).startswith(b"HTTP/1.1 413")


CHUNKED = "Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Length: 10\r\n", b"abc"),
        (CHUNKED, b"3\r\nabc\r\n"),
        (CHUNKED, b"3\r\nabc\r\nzz\r\nabc\r\n0\r\n\r\n"),
        (CHUNKED, b"3\r\nabc\r\n5\r\nab"),
    ],
    ids=["a length not reached", "no last chunk", "no chunk", "half a chunk"],
)
def test_a_part_of_a_body_is_never_taken_for_the_whole(teller: int, headers: str, body: bytes) -> None:
    answer = exchange(teller, asking("PUT", headers=headers, body=body), ends=True)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"did not come whole" in answer


def test_trailers_are_refused_as_they_look_like_a_fault(teller: int) -> None:
    body = b"3\r\nabc\r\n0\r\nX-One: 1\r\n\r\n"
    assert exchange(teller, asking("PUT", headers=CHUNKED, body=body)).startswith(b"HTTP/1.1 400")


def test_a_body_that_does_not_come_is_not_waited_for(teller: int) -> None:
    began = time.monotonic()
    answer = exchange(teller, asking("POST", headers="Content-Length: 10\r\n", body=b"abc"))
    assert answer.startswith(b"HTTP/1.1 408")
    assert time.monotonic() - began < 2


def test_a_large_answer_comes_whole() -> None:
    def large(_environ: dict[str, Any], start: Start) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return iter([PART] * 5)

    with serving(large) as port:
        answer = exchange(port, asking())
    assert answer.count(b"x") >= 5 * len(PART)


def broken(*headers: tuple[str, str]) -> Application:
    def application(_environ: dict[str, Any], start: Start) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "text/plain"), *headers])

        def parts() -> Iterator[bytes]:
            yield PART
            yield PART
            raise OSError("the file is gone")

        return parts()

    return application


def test_an_answer_that_breaks_off_is_shorter_than_it_says() -> None:
    with serving(broken(("Content-Length", str(5 * len(PART))))) as port:
        answer = exchange(port, asking())
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.count(b"x") < 5 * len(PART)


def test_an_answer_that_does_not_say_how_long_it_is_is_sent_once_it_is_whole() -> None:
    with serving(broken()) as port:
        assert exchange(port, asking()).startswith(b"HTTP/1.1 500")


def test_what_is_open_is_closed_when_the_client_does_not_take_it() -> None:
    closed = threading.Event()

    class Endless:
        def __iter__(self) -> Iterator[bytes]:
            while True:
                yield PART

        def close(self) -> None:
            closed.set()

    def endless(_environ: dict[str, Any], start: Start) -> Endless:
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(10**12))])
        return Endless()

    with serving(endless) as port, socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(asking())
        assert closed.wait(BOUNDS.sending + 3)


def test_the_work_is_stopped_when_the_client_goes() -> None:
    stopped = threading.Event()

    def slow(_environ: dict[str, Any], start: Start) -> list[bytes]:
        cancel = WORKING_FOR.get()
        assert cancel is not None
        with cancel.stopping(stopped.set):
            stopped.wait(5)
        start("200 OK", [])
        return []

    with serving(slow) as port:
        line = socket.create_connection(("127.0.0.1", port))
        line.sendall(asking())
        time.sleep(0.3)
        assert not stopped.is_set()
        line.close()
        assert stopped.wait(2)


def test_an_application_that_fails_is_answered_for() -> None:
    def failing(_environ: dict[str, Any], _start: Start) -> list[bytes]:
        raise ValueError("/a/path/of/ours")

    with serving(failing) as port:
        answer = exchange(port, asking())
    assert answer.startswith(b"HTTP/1.1 500")
    assert b"/a/path" not in answer


def test_one_request_too_many_is_sent_away() -> None:
    let_go = threading.Event()

    def waiting(_environ: dict[str, Any], start: Start) -> list[bytes]:
        let_go.wait(5)
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"done"]

    seen: list[tuple[str, int, str]] = []
    with (
        serving(
            waiting,
            Bounds(body=10, body_with_token=10, threads=2, requests=1),
            witness=lambda *told: seen.append(told),
        ) as port,
        socket.create_connection(("127.0.0.1", port)) as first,
    ):
        first.sendall(asking())
        time.sleep(0.2)
        assert exchange(port, asking()).startswith(b"HTTP/1.1 503")
        assert seen == [("GET", 503, "room")]
        let_go.set()
        assert first.recv(1000).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(("exempt", "status"), [("", b"429"), ("127.0.0.0/8", b"200")])
def test_a_client_with_too_much_in_work_is_sent_away_at_the_door(exempt: str, status: bytes) -> None:
    let_go = threading.Event()
    settings = Settings(requests_at_once=1, requests_exempt=exempt)

    def waiting(environ: dict[str, Any], start: Start) -> list[bytes]:
        if environ["PATH_INFO"] == "/slow":
            let_go.wait(5)
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"done"]

    with (
        serving(waiting, doorkeeper=Doorkeeper(Rates(settings), 0)) as port,
        socket.create_connection(("127.0.0.1", port)) as first,
    ):
        first.sendall(asking(path="/slow"))
        time.sleep(0.2)
        assert exchange(port, asking()).startswith(b"HTTP/1.1 " + status)
        assert exchange(port, asking(path="/healthz")).startswith(b"HTTP/1.1 200")
        let_go.set()
        assert first.recv(1000).startswith(b"HTTP/1.1 200")
        time.sleep(0.1)
        assert exchange(port, asking()).startswith(b"HTTP/1.1 200")


class Sent(dict[str, list[str]]):
    """The headers of a request."""

    def get_all(self, name: str) -> list[str]:
        return self.get(name, [])


def asked(*passed: str) -> Any:
    """Return a request with so many lines of X-Forwarded-For."""
    headers = Sent({"x-forwarded-for": list(passed)} if passed else {})
    return SimpleNamespace(path="/", client="203.0.113.5:1234", http_version="1.1", headers=headers)


@pytest.mark.parametrize(
    ("proxies", "passed", "same"),
    [(0, "198.51.100.7", True), (1, "198.51.100.7", False), (1, "", True), (2, "198.51.100.7", True)],
)
def test_a_client_is_known_by_its_address_or_by_what_a_trusted_proxy_says(
    proxies: int, passed: str, same: bool
) -> None:
    keeper = Doorkeeper(Rates(Settings(requests_at_once=1, requests_exempt="")), proxies)

    assert keeper.enter(asked()) is not None
    assert (keeper.enter(asked(*filter(None, [passed]))) is None) is same


def test_a_line_that_a_client_sent_does_not_hide_the_one_that_the_proxy_added() -> None:
    keeper = Doorkeeper(Rates(Settings(requests_at_once=1, requests_exempt="")), 1)
    assert keeper.enter(asked("192.0.2.1", "198.51.100.7")) is not None
    assert keeper.enter(asked("192.0.2.2", "198.51.100.7")) is None
