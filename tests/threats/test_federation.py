"""A call of a listed service goes through a relay that looks where it goes."""

from __future__ import annotations

import http.client
import socket
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Memory

from kb.errors import ServiceFailed
from kb.store.federation import service_calls
from kb.store.federation_list import NO_SERVICES
from kb.store.federation_relay import CALLS, relayed
from kb.store.interface import Limits
from kb.store.tokens import tokens
from tests.threats.calling import LIMITS, call, listing, run
from tests.threats.other_service import Behaviour, answer, other


def test_a_listed_service_answers_and_sees_nothing_but_the_query() -> None:
    with other(answer()) as there:
        assert run(call(there.address), listing(there.address)) == ['"x"']
        ((headers, body),) = there.seen
    assert body == b"SELECT * WHERE { ?s <http://a.example/p> ?o . }"
    assert set(headers) == {
        "host", "accept", "accept-encoding", "content-type", "user-agent", "connection", "content-length"
    }  # fmt: skip
    assert headers["host"] == there.place


def test_a_query_that_calls_nobody_runs_as_it_is() -> None:
    with relayed("ASK { }", (), NO_SERVICES, LIMITS) as sent:
        assert sent == "ASK { }"


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (answer(status=500), "status 500"),
        (answer(status=303, Location="http://other.example/"), "status 303"),
        (answer(b"x" * 20_000), "more than 10,000 bytes"),
        (answer(Content_Length="5000"), "breaks off|connection failed"),
        (answer(Content_Encoding="gzip"), "no SPARQL result"),
        (answer(b"<html>", Content_Type="text/html"), "no SPARQL result"),
    ],
)
def test_an_answer_that_will_not_do_is_told_by_the_address_asked(behaviour: Behaviour, words: str) -> None:
    with other(behaviour) as there:
        with pytest.raises(ServiceFailed, match=words) as caught:
            run(call(there.address), listing(there.address))
        assert caught.value.place == there.address


def test_a_silent_call_that_fails_is_silent() -> None:
    with other(answer(status=500)) as there:
        assert len(run(call(there.address, "SERVICE SILENT"), listing(there.address))) == 1


def test_a_service_that_trickles_is_held_to_the_querys_time() -> None:
    def trickle(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_response(200)
        for _n in range(200):
            handler.wfile.write(b"X-Slow: 1\r\n")
            handler.wfile.flush()
            time.sleep(0.05)

    with other(trickle) as there:
        began = time.monotonic()
        with pytest.raises(ServiceFailed):
            run(call(there.address), listing(there.address), Limits(1.0, 10, 1000))
        assert time.monotonic() - began < 3


def test_a_query_cannot_make_calls_without_number() -> None:
    store = Memory()
    for n in range(CALLS + 50):
        store.add(Quad(NamedNode(f"http://a.example/{n}"), NamedNode("http://a.example/q"), Literal(n)))
    with other(answer()) as there:
        query = (
            f"SELECT ?o {{ ?s <http://a.example/q> ?o FILTER EXISTS {{ SERVICE <{there.address}> "
            f"{{ ?s <http://a.example/p> ?x }} }} }}"
        )
        try:
            run(query, listing(there.address), store=store)
        except ServiceFailed as error:
            assert "more than 100 times" in str(error)
        assert len(there.seen) <= CALLS


def test_nobody_without_its_path_can_use_the_relay() -> None:
    with other(answer()) as there:
        query = call(there.address)
        calls = service_calls(query, tokens(query), frozenset({there.address}))
        with relayed(query, calls, listing(there.address), LIMITS) as sent:
            relay = urlsplit(sent.split("<")[1].split(">")[0])
            for path, status in (("/", 404), ("/x" * 20, 404), (relay.path, 200)):
                connection = http.client.HTTPConnection(relay.hostname or "", relay.port, timeout=5)
                connection.request("POST", path, b"ASK {}")
                assert connection.getresponse().status == status
                connection.close()
        assert len(there.seen) == 1
        with pytest.raises(OSError):
            socket.create_connection((relay.hostname or "", relay.port or 0), timeout=1)
