"""A call of a listed service goes through a relay that looks where it goes."""

from __future__ import annotations

import http.client
import socket
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions
from pyoxigraph import Store as Memory

from kb.errors import ServiceFailed, StoreError
from kb.settings import Settings
from kb.store.federation import service_calls
from kb.store.federation_call import CallFailed, Outgoing
from kb.store.federation_list import NO_SERVICES, Services
from kb.store.federation_relay import CALLS, relayed
from kb.store.interface import Limits
from kb.store.tokens import tokens
from tests.threats.canary import Canary
from tests.threats.other_service import Behaviour, answer, other

LISTED = "http://other.example/sparql"
LIMITS = Limits(5.0, 1000, 10_000)


def listing(*addresses: str, internal: bool = True) -> Services:
    hosts = {address.split("/")[2] for address in addresses} if internal else ()
    return Services.of(Settings(services=",".join(addresses), services_internal=",".join(hosts)))


def run(query: str, services: Services, limits: Limits = LIMITS, store: Memory | None = None) -> list[str]:
    """Run a query as the embedded store does: a fault of the engine is a StoreError."""
    calls = service_calls(query, tokens(query), services.addresses)
    with relayed(query, calls, services, limits) as sent:
        rows, fault = evaluated(store or Memory(), sent)
        if fault:
            raise StoreError(fault)
        return rows


def evaluated(store: Memory, query: str) -> tuple[list[str], str]:
    """Return rows or a fault; no traceback is kept: the engine's rows must end in their own thread."""
    rows: list[str] = []
    try:
        found = store.query(query)
        assert isinstance(found, QuerySolutions)
        for row in found:
            rows.append(str(row["o"]))
    except (RuntimeError, OSError) as error:
        return rows, str(error)
    return rows, ""


def call(address: str, words: str = "SERVICE") -> str:
    return f"SELECT ?o {{ {words} <{address}> {{ ?s <http://a.example/p> ?o }} }}"


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


def test_a_private_address_is_not_called_unless_the_operator_says_so(bird: Canary) -> None:
    before = bird.hits
    address = f"{bird.address}/sparql"
    with pytest.raises(ServiceFailed, match="not public"):
        run(call(address), listing(address, internal=False))
    assert bird.hits == before
    assert run(call(address), listing(address)) == ['"fetched"']
    assert bird.hits == before + 1


@pytest.mark.parametrize("host", ["localhost", "[::1]"])
def test_a_name_or_number_that_leads_to_this_machine_is_not_called(bird: Canary, host: str) -> None:
    before = bird.hits
    address = f"http://{host}:{bird.port}/sparql"
    with pytest.raises(ServiceFailed):
        run(call(address), listing(address, internal=False))
    assert bird.hits == before


def test_a_name_that_points_elsewhere_the_second_time_is_connected_where_it_was_looked_at(
    bird: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    connected: list[object] = []

    def resolve(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        where = "192.0.2.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (where, port))]

    def connect(_: socket.socket, where: object) -> None:
        connected.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr("kb.store.federation_call.is_public", lambda address: address == "192.0.2.1")
    monkeypatch.setattr("kb.store.federation_call.socket.getaddrinfo", resolve)
    monkeypatch.setattr("kb.store.federation_call.socket.socket.connect", connect, raising=False)
    address = f"http://rebinding.example:{bird.port}/"
    with pytest.raises(CallFailed):
        Outgoing(listing(address, internal=False), time.monotonic() + 5, 1000).ask(address, b"ASK {}")
    assert asked == ["rebinding.example"]
    assert connected == [("192.0.2.1", bird.port)]


def test_a_host_with_one_private_address_is_not_called_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 80)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80)),
    ]
    monkeypatch.setattr("kb.store.federation_call.socket.getaddrinfo", lambda *_, **__: both)
    with pytest.raises(CallFailed, match="not public"):
        Outgoing(listing(LISTED, internal=False), time.monotonic() + 5, 1000).ask(LISTED, b"ASK {}")


def redirecting(status: int, target: str) -> Behaviour:
    return answer(b"", status, Location=target)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_an_unlisted_address_is_not_followed(bird: Canary, status: int) -> None:
    before = bird.hits
    for target in (bird.address, *bird.forms().values(), "file:///etc/passwd", "", "//127.0.0.1/"):
        with (
            other(redirecting(status, target)) as there,
            pytest.raises(ServiceFailed, match=r"operator's list|redirects"),
        ):
            run(call(there.address), listing(there.address))
    assert bird.hits == before


def test_a_redirect_to_a_listed_address_is_followed() -> None:
    with other(answer()) as second, other(redirecting(307, second.address)) as first:
        services = listing(first.address, second.address)
        assert run(call(first.address), services) == ['"x"']
        assert second.seen[0][1] == first.seen[0][1]


def test_a_redirect_to_a_listed_address_that_is_private_is_refused() -> None:
    with other(answer()) as second, other(redirecting(307, second.address)) as first:
        services = Services.of(
            Settings(services=f"{first.address},{second.address}", services_internal=first.place)
        )
        with pytest.raises(ServiceFailed, match="not public"):
            run(call(first.address), services)
        assert not second.seen


def test_redirects_without_end_end() -> None:
    with other(answer()) as there:
        there.behaviour = redirecting(307, there.address)
        with pytest.raises(ServiceFailed, match="redirects more than"):
            run(call(there.address), listing(there.address))
        assert len(there.seen) < 10


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (answer(status=500), "status 500"),
        (answer(status=303, Location=LISTED), "status 303"),
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


def test_a_service_without_a_trusted_certificate_is_not_spoken_to(bird: Canary) -> None:
    address = f"https://127.0.0.1:{bird.port}/sparql"
    with pytest.raises(ServiceFailed, match=r"no secure connection|connection failed"):
        run(call(address), listing(address))


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
