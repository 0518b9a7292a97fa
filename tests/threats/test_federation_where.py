"""Where a call of a listed service may go: the host, each redirect and each address are looked at."""

from __future__ import annotations

import socket
import time

import pytest

from kb.errors import ServiceFailed
from kb.settings import Settings
from kb.store.federation_call import CallFailed, Outgoing
from kb.store.federation_list import Services
from tests.threats.calling import call, listing, run
from tests.threats.canary import Canary
from tests.threats.other_service import Behaviour, answer, other

LISTED = "http://other.example/sparql"


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


def test_a_service_without_a_trusted_certificate_is_not_spoken_to(bird: Canary) -> None:
    address = f"https://127.0.0.1:{bird.port}/sparql"
    with pytest.raises(ServiceFailed, match=r"no secure connection|connection failed"):
        run(call(address), listing(address))
