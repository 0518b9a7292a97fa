"""What is sent to wear a service out; each attack tells what answers it got and how long they took."""

from __future__ import annotations

import gzip
import threading
from typing import Final
from urllib.parse import quote, urlencode

from tests.threats import costly
from tests.threats.attack import DIRECT, JSON, Attack, Limits, Outcome, sparql
from tests.threats.serving import Served
from tests.threats.slow import BODILESS, HEADLESS, leavers, slow_readers, slow_senders
from tests.threats.wire import Got, exchange

_MEGABYTE: Final = 1_000_000


def _asked(query: str, accept: str = JSON) -> Attack:
    def attack(served: Served, limits: Limits) -> Outcome:
        allowed = limits.seconds + 1
        return Outcome((exchange(served.place, sparql(query, accept), allowed + 5, "POST"),), allowed)

    return attack


def _sent(*requests: bytes) -> Attack:
    def attack(served: Served, limits: Limits) -> Outcome:
        allowed = limits.seconds + 1
        got = tuple(exchange(served.place, request, allowed + 5) for request in requests)
        return Outcome(got, allowed)

    return attack


def _ten_megabytes(served: Served, limits: Limits) -> Outcome:
    body = b"ASK { } #" + b"x" * (10 * _MEGABYTE)
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: {DIRECT}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    form = f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: {DIRECT}\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    target = b"GET /sparql?query=" + b"x" * (10 * _MEGABYTE) + b" HTTP/1.1\r\nHost: a\r\n\r\n"
    return _sent(head.encode() + body, form.encode() + chunk * 160 + b"0\r\n\r\n", target)(served, limits)


def _bomb(served: Served, limits: Limits) -> Outcome:
    body = gzip.compress(b"ASK { } #" + b"x" * (200 * _MEGABYTE), 9)
    got = tuple(
        exchange(
            served.place,
            f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\nContent-Encoding: {coding}\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
            + body,
            limits.seconds + 6,
            "POST",
        )
        for kind, coding in ((DIRECT, "gzip"), ("application/x-www-form-urlencoded", "gzip, gzip"))
    )
    return Outcome(got, limits.seconds + 1)


def _parameters(served: Served, limits: Limits) -> Outcome:
    many = urlencode([(f"p{n}", "x") for n in range(20_000)])
    form = "application/x-www-form-urlencoded"
    parts = "".join(f'--x\r\nContent-Disposition: form-data; name="p{n}"\r\n\r\nx\r\n' for n in range(3_000))
    posts = [(form, many), ("multipart/form-data; boundary=x", f"{parts}--x--\r\n")]
    requests = [
        f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        f"Connection: close\r\n\r\n{body}".encode()
        for kind, body in posts
    ]
    asked = f"GET /questions/facilities-visited.json?{many[:60_000]} HTTP/1.1\r\nHost: a\r\n\r\n"
    return _sent(*requests, asked.encode())(served, limits)


def _headers(served: Served, limits: Limits) -> Outcome:
    one = b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * (20 * _MEGABYTE) + b"\r\n\r\n"
    many = b"GET / HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: x\r\n" % n for n in range(20_000)) + b"\r\n"
    accept = b"GET /sparql HTTP/1.1\r\nHost: a\r\nAccept: " + b"a/b;q=0.1," * 5_000 + b"c/d\r\n\r\n"
    return _sent(one, many, accept)(served, limits)


def _pipelined(served: Served, limits: Limits) -> Outcome:
    """A thousand requests down one connection before an answer is read."""
    one = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n"
    return _sent(one * 1_000)(served, limits)


def _together(request: bytes, method: str = "POST", *, many: bool = False) -> Attack:
    """Send the same on as many connections as there may be, from one address or each from its own."""

    def attack(served: Served, limits: Limits) -> Outcome:
        allowed = limits.seconds + 1
        got: list[Got] = []

        def work(number: int) -> None:
            source = f"127.0.1.{number % 250 + 1}" if many else "127.0.0.1"
            try:
                got.append(exchange(served.place, request, allowed + 5, method, source=source))
            except OSError as error:
                got.append(Got(0, 0.0, fault=f"no connection: {error}"))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(limits.clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Outcome(tuple(got), allowed, crowd=many)

    return attack


_SMALL: Final = f"GET /sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 5')} HTTP/1.1\r\nHost: a\r\n".encode()

ATTACKS: Final[dict[str, Attack]] = {
    "cross product, counted": _asked(f"SELECT (COUNT(*) AS ?n) {{ {costly.CROSS} }}"),
    "cross product of VALUES": _asked(costly.VALUES),
    "10 million rows": _asked(costly.ROWS),
    "10 million joined rows": _asked(costly.JOINED),
    "10 million joined rows as CSV": _asked(costly.JOINED, "text/csv"),
    "triples made without end": _asked(costly.MADE, "text/turtle"),
    "huge ORDER BY": _asked(costly.ORDER),
    "huge GROUP_CONCAT": _asked(costly.GROUPED),
    "text that doubles": _asked(costly.CONCAT),
    "catastrophic regex": _asked(costly.REGEX),
    "huge regex": _asked(costly.BIG_REGEX),
    "paths without end": _asked(costly.PATHS),
    "path of 600 steps": _asked(costly.LONG_PATH),
    "300 groups deep": _asked(costly.GROUPS),
    "300 brackets deep": _asked(costly.BRACKETS),
    "300 subqueries deep": _asked(costly.SELECTS),
    "query of 10 MB": _ten_megabytes,
    "gzip bomb": _bomb,
    "20,000 parameters": _parameters,
    "huge headers": _headers,
    "1,000 pipelined": _pipelined,
    "200 small queries at once": _together(_SMALL + b"Connection: close\r\n\r\n", "GET"),
    "200 cross products at once": _together(sparql(f"SELECT (COUNT(*) AS ?n) {{ {costly.CROSS} }}")),
    "200 huge ORDER BY at once": _together(sparql(costly.ORDER)),
    "200 small from 200 addresses": _together(_SMALL + b"Connection: close\r\n\r\n", "GET", many=True),
    "200 crosses from 200 addresses": _together(
        sparql(f"SELECT (COUNT(*) AS ?n) {{ {costly.CROSS} }}"), many=True
    ),
    "clients that leave": leavers,
    "slow readers": slow_readers,
    "slow headers": slow_senders(HEADLESS, b"X-a: b\r\n"),
    "slow bodies": slow_senders(BODILESS, b"#"),
}
