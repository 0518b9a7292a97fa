"""How fast and how much at once one client may ask."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from api import create_app
from api.operations.buckets import Buckets
from api.operations.clients import client_of, packed
from kb.errors import BadInput
from kb.settings import Settings
from kb.store import Store


def limited(store: Store, **settings: float | int | str) -> Flask:
    return create_app(store, Settings(requests_exempt="", **settings))  # type: ignore[arg-type]


def test_one_that_asks_too_fast_is_told_when_to_come_again(store: Store) -> None:
    client = limited(store, requests_per_second=0.5, requests_burst=2).test_client()
    answers = [client.get("/none") for _ in range(3)]  # a page could take so long that a token comes
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    refused = answers[-1]
    assert refused.mimetype == "application/problem+json"
    assert "faster than 0.5 a second" in refused.get_json()["detail"]
    assert refused.headers["Retry-After"] == "2"
    assert refused.headers["RateLimit-Policy"] == '"client";q=2;w=4'
    assert refused.headers["RateLimit"] == '"client";r=0;t=2'
    assert answers[0].headers["RateLimit"].startswith('"client";r=1;')


def test_one_client_s_haste_does_not_shut_out_another(store: Store) -> None:
    app = limited(store, requests_per_second=0.1, requests_burst=1)
    first, second = app.test_client(), app.test_client()
    second.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert [first.get("/questions/").status_code for _ in range(2)] == [200, 429]
    assert second.get("/questions/").status_code == 200


def test_health_is_asked_without_limit(store: Store) -> None:
    client = limited(store, requests_per_second=0.1, requests_burst=1).test_client()
    assert {client.get("/healthz").status_code for _ in range(5)} == {200}
    assert {client.get("/readyz").status_code for _ in range(5)} == {200}
    assert "RateLimit" not in client.get("/healthz").headers


def test_zero_turns_the_rate_off(store: Store) -> None:
    client = limited(store, requests_per_second=0, requests_burst=1).test_client()
    assert {client.get("/questions/").status_code for _ in range(5)} == {200}


def test_this_machine_is_exempt_unless_the_operator_says_otherwise(client: FlaskClient) -> None:
    assert "RateLimit" not in client.get("/questions/").headers
    client.environ_base["REMOTE_ADDR"] = "192.0.2.8"
    assert "RateLimit" in client.get("/questions/").headers


def test_a_client_behind_a_trusted_proxy_is_known_by_its_own_address(store: Store) -> None:
    app = limited(store, requests_per_second=0.1, requests_burst=1, trusted_proxies=1)
    client = app.test_client()

    def ask(address: str) -> int:
        return client.get("/questions/", headers={"X-Forwarded-For": address}).status_code

    assert [ask("203.0.113.1"), ask("203.0.113.1"), ask("203.0.113.2")] == [200, 429, 200]


def test_a_client_cannot_give_itself_another_address(store: Store) -> None:
    client = limited(store, requests_per_second=0.1, requests_burst=1).test_client()
    found = [
        client.get("/questions/", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(3)
    ]
    assert found == [200, 429, 429]


def test_a_client_may_not_have_all_places_at_once(store: Store) -> None:
    app = limited(store, requests_per_second=0, requests_at_once=2)
    entered, leave = threading.Semaphore(0), threading.Event()

    def wait() -> str:
        entered.release()
        leave.wait(10)
        return "done"

    app.add_url_rule("/waits/", "waits", wait)
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(app.test_client().get("/waits/").status_code))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert entered.acquire(timeout=10)
    third = app.test_client().get("/questions/")
    elsewhere = app.test_client().get("/questions/", environ_base={"REMOTE_ADDR": "192.0.2.9"})
    leave.set()
    for thread in threads:
        thread.join(10)
    assert (third.status_code, third.headers["Retry-After"]) == (429, "1")
    assert "more than 2 requests" in third.get_json()["detail"]
    assert elsewhere.status_code == 200
    assert found == [200, 200]
    assert app.test_client().get("/questions/").status_code == 200


@pytest.mark.parametrize("networks", ["here", "192.0.2.1/24", "192.0.2.0/33", "127.0.0.1;::1"])
def test_what_is_no_network_is_named_at_the_start(store: Store, networks: str) -> None:
    with pytest.raises(BadInput, match="LEGATION_REQUESTS_EXEMPT"):
        create_app(store, Settings(requests_exempt=networks))


def test_a_client_of_ipv6_is_its_64_and_a_mapped_one_its_address_of_ipv4() -> None:
    first, second, other = (
        client_of(packed(text)) for text in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )
    assert first == second != other
    assert client_of(packed("::ffff:192.0.2.1")) == client_of(packed("192.0.2.1"))
    assert packed("fe80::1%eth0") == packed("fe80::1")


def test_a_port_behind_an_address_is_no_part_of_the_client() -> None:
    assert packed("192.0.2.1:4711") == packed("192.0.2.1") != b""
    assert packed("[2001:db8::1]:4711") == packed("[2001:db8::1]") == packed("2001:db8::1") != b""


@given(st.text(max_size=40))
def test_any_text_for_an_address_is_some_client(address: str) -> None:
    assert len(client_of(packed(address))) == 16


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_fills_with_time_and_never_past_its_size() -> None:
    clock = Clock()
    buckets = Buckets(rate=2, burst=3, clock=clock)
    assert [buckets.take(b"a").allowed for _ in range(4)] == [True, True, True, False]
    clock.now += 0.5
    assert [buckets.take(b"a").allowed for _ in range(2)] == [True, False]
    clock.now += 1000
    assert [buckets.take(b"a").allowed for _ in range(4)] == [True, True, True, False]


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(0, 3)), max_size=60))
def test_no_client_ever_gets_more_than_burst_and_rate_allow(steps: list[tuple[float, int]]) -> None:
    clock = Clock()
    buckets = Buckets(rate=2, burst=3, clock=clock)
    given_out: dict[int, int] = {}
    for pause, client in steps:
        clock.now += pause
        given_out[client] = given_out.get(client, 0) + buckets.take(bytes([client])).allowed
    assert all(number <= 3 + 2 * (clock.now - 1000) + 1e-6 for number in given_out.values())


def test_the_table_is_bounded_and_forgets() -> None:
    clock = Clock()
    buckets = Buckets(rate=1, burst=1, most=100, forgotten=60, clock=clock)
    for n in range(1000):
        buckets.take(n.to_bytes(4))
    assert len(buckets) == 100
    for n in range(60):
        clock.now += 61
        buckets.take(n.to_bytes(4))
    assert len(buckets) <= 2
