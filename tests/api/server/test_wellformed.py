"""A request that two servers could read differently is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.server.test_bridge import asking, exchange, hear, serving, told


@pytest.fixture(scope="module")
def teller() -> Iterator[int]:
    with serving(told) as port:
        yield port


@pytest.mark.parametrize(
    "host", ["x.example", "x.example:8717", "127.0.0.1:1", "[::1]:8717", "a_b-c.example"]
)
def test_a_request_that_names_one_host_is_heard(teller: int, host: str) -> None:
    sent = f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    assert hear(exchange(teller, sent.encode()))["HTTP_HOST"] == host


@pytest.mark.parametrize(
    "hosts",
    [
        "",
        "Host: x.example\r\nHost: x.example\r\n",
        "Host: x.example\r\nHost: y.example\r\n",
        "Host:\r\n",
        "Host: x example\r\n",
        "Host: <script>\r\n",
        "Host: x.example/a\r\n",
        "Host: a@x.example\r\n",
        "Host: x.example:port\r\n",
        "Host: x.example:1, y.example\r\n",
    ],
)
def test_a_request_that_names_no_host_or_several_is_refused(teller: int, hosts: str) -> None:
    answer = exchange(teller, f"GET / HTTP/1.1\r\n{hosts}\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"Connection: close" in answer or b"connection: close" in answer


def test_the_old_protocol_needs_no_host(teller: int) -> None:
    assert exchange(teller, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.0 200")
    assert exchange(teller, b"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n").split()[1] == b"400"


def test_a_method_in_small_letters_is_none(teller: int) -> None:
    sent = b"get / HTTP/1.1\r\nHost: x.example\r\nConnection: close\r\n\r\n"
    assert exchange(teller, sent).startswith(b"HTTP/1.1 501")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ("Content-Encoding: gzip", b"415"),
        ("Content-Encoding: br, gzip", b"415"),
        ("Content-Range: bytes 0-2/9", b"400"),
        ("Content-Encoding: identity", b"200"),
    ],
)
def test_a_body_that_is_packed_or_a_part_is_not_taken_as_it_stands(
    teller: int, headers: str, status: bytes
) -> None:
    sent = asking("PUT", headers=f"{headers}\r\nContent-Length: 3\r\n", body=b"abc")
    assert exchange(teller, sent).startswith(b"HTTP/1.1 " + status)
