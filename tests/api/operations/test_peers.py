"""Through a proxy of which the settings say nothing, nobody passes for a client on this machine."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

from api import create_app
from api.http.peers import tell_of
from kb.settings import Settings
from kb.store import Store


def is_limited(client: FlaskClient, **environ: str) -> bool:
    return "RateLimit" in client.get("/questions/", environ_overrides=environ).headers


MARKS = [
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_X_FORWARDED_HOST": "kb.example"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_X_REAL_IP": "::1"},
    {"HTTP_FORWARDED": "for=127.0.0.1"},
    {"HTTP_VIA": "1.1 kb"},
    {"HTTP_HOST": "kb.example"},
    {"HTTP_HOST": "kb.example:8717"},
    {"SERVER_PROTOCOL": "HTTP/1.0"},
]


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: next(iter(mark)))
def test_a_mark_of_a_proxy_ends_the_exemption_of_this_machine(
    client: FlaskClient, mark: dict[str, str]
) -> None:
    assert is_limited(client, **mark)
    assert is_limited(client, REMOTE_ADDR="::1", **mark)


@pytest.mark.parametrize("host", ["localhost", "localhost:8717", "127.0.0.1:8717", "[::1]:8717", "[::1]"])
def test_one_on_this_machine_that_asks_for_this_machine_is_exempt(client: FlaskClient, host: str) -> None:
    assert not is_limited(client, HTTP_HOST=host)


def test_a_network_that_is_exempt_may_ask_by_name_but_not_through_a_proxy(store: Store) -> None:
    client = create_app(store, Settings(requests_exempt="192.0.2.0/24")).test_client()
    assert not is_limited(client, REMOTE_ADDR="192.0.2.9", HTTP_HOST="kb.example")
    assert is_limited(client, REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR="203.0.113.1")


@pytest.mark.parametrize(
    ("passed", "limited"),
    [
        ("127.0.0.1", False),  # whoever asks the proxy from its own machine
        ("203.0.113.1", True),
        ("203.0.113.1, 127.0.0.1", True),  # there is one proxy more than is known
        ("", True),  # the proxy does not say for whom it asks, or none was asked
    ],
)
def test_behind_a_proxy_only_whom_it_calls_local_is_exempt(store: Store, passed: str, limited: bool) -> None:
    client = create_app(store, Settings(trusted_proxies=1)).test_client()
    sent = {"HTTP_X_FORWARDED_FOR": passed} if passed else {}
    assert is_limited(client, **sent) is limited


def test_an_unknown_proxy_is_told_of_once_without_what_was_asked(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    tell_of.cache_clear()
    client = create_app(store, Settings()).test_client()
    with caplog.at_level(logging.WARNING, "legation.peers"):
        for number in range(3):
            client.get("/questions/", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    (line,) = [record.getMessage() for record in caplog.records if record.name == "legation.peers"]
    assert "LEGATION_TRUSTED_PROXIES=0" in line
    assert "X-Forwarded-For" in line
    assert "203.0.113" not in line


def test_metrics_are_not_shown_to_one_who_asks_for_another_host(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"Host": "evil.example"}).status_code == 404
