"""A service over HTTP: refused when it leaks, told when it fails, tried again when that helps."""

from __future__ import annotations

import base64
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode
from urllib.request import Request, urlopen

import pytest

from kb.errors import QueryTimeout, StoreError
from kb.settings import Settings
from kb.store import Limits, open_store
from kb.store.endpoint import Endpoint
from tests.services import free_port, oxigraph_service
from tests.store.conftest import SETTINGS, emptied
from tests.store.world import art, g, triple, values, whole

ALL = "SELECT ?o { ?s ?p ?o }"


@dataclass
class Between:
    """A service that stands before a real one and treats requests as it was told."""

    behind: str
    drop: frozenset[str] = frozenset()
    """Parameters that do not get through: a service that does not know them."""
    failures: list[int] = field(default_factory=list)
    """HTTP statuses of the next answers, which do not come from the real one."""
    page: bytes = b""
    """What it answers to everything, with status 200."""
    trickle: bool = False
    lose_updates: bool = False
    """Whether updates are carried out and the answer is lost."""
    headers: list[str] = field(default_factory=list)
    """The Authorization headers that came."""


@contextmanager
def standing_between(between: Between) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            between.headers.append(self.headers.get("Authorization", ""))
            if between.failures:
                self.send_error(between.failures.pop(0))
            elif between.trickle:
                self.drip()
            elif between.page:
                self.answer(200, between.page)
            else:
                self.forward(body)

        def drip(self) -> None:
            self.send_response(200)
            self.end_headers()
            for _ in range(200):
                self.wfile.write(b" " * (1 << 16))
                time.sleep(0.1)

        def forward(self, body: bytes) -> None:
            kind = self.headers["Content-Type"]
            if kind == "application/x-www-form-urlencoded":
                kept = [pair for pair in parse_qsl(body.decode()) if pair[0] not in between.drop]
                body = urlencode(kept).encode()
            request = Request(
                between.behind + self.path.rstrip("?"),
                body,
                {"Content-Type": kind, "Accept": self.headers["Accept"]},
            )
            with urlopen(request, timeout=10) as answer:
                content, status = answer.read(), answer.status
            if between.lose_updates and kind == "application/sparql-update":
                self.send_error(502)
                return
            self.answer(status, content)

        def answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_service_that_honours_the_data_set_is_taken_even_if_it_answers_over_the_union_else() -> None:
    with (
        oxigraph_service("--union-default-graph") as address,
        open_store(f"{address}/query", SETTINGS) as store,
    ):
        store.commit([whole(g("prospective"), triple("a", "plan")), whole(g("facts"), triple("b", "fact"))])
        assert values(store, ALL) == ["fact"]


@pytest.mark.parametrize("dropped", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("options", [(), ("--union-default-graph",)])
def test_a_service_that_ignores_the_data_set_is_refused(dropped: str, options: tuple[str, ...]) -> None:
    drop = frozenset({"default-graph-uri", "named-graph-uri"} if options else {dropped})
    with (
        oxigraph_service(*options) as behind,
        standing_between(Between(behind, drop=drop)) as address,
        pytest.raises(StoreError, match="is answered from"),
    ):
        open_store(f"{address}/query", SETTINGS)


def test_the_probe_leaves_nothing_behind(service_address: str) -> None:
    address = emptied(service_address)
    with open_store(address, SETTINGS) as store:
        assert store.default_graph() == store.graph(g("prospective")) == store.graph(g("probe")) == set()
        assert store.graph_names() == set()


def test_a_service_that_is_away_is_told_with_its_address() -> None:
    address = f"http://127.0.0.1:{free_port()}/query"
    with pytest.raises(StoreError) as caught:
        open_store(address, SETTINGS)
    assert caught.value.place.startswith(address.removesuffix("query"))


@pytest.mark.parametrize("page", [b"<html>Welcome</html>", b'{"welcome": true}', b'{"boolean": true}'])
def test_an_address_that_is_no_sparql_service_is_refused(page: bytes) -> None:
    with (
        standing_between(Between("", page=page)) as address,
        pytest.raises(StoreError, match="no SPARQL result") as caught,
    ):
        open_store(f"{address}/query", SETTINGS)
    assert caught.value.place == f"{address}/query"


def test_a_graph_that_is_no_n_triples_is_refused(service_address: str) -> None:
    between = Between(emptied(service_address).removesuffix("/query"))
    with standing_between(between) as address, open_store(f"{address}/query", SETTINGS) as store:
        between.page = b"<html>Down for repairs</html>"
        with pytest.raises(StoreError, match="no SPARQL result"):
            store.graph(g("facts"))


@pytest.mark.parametrize("address", ["ftp://host/query", "file:///store", "HTTP://host/query"])
def test_an_address_of_another_scheme_is_no_folder(address: str) -> None:
    with pytest.raises(StoreError, match="no address of a store"):
        open_store(address, SETTINGS)


@pytest.mark.parametrize("address", ["http://", "http://host:port/query", "https:///query"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="address"):
        open_store(address, SETTINGS)


@pytest.mark.parametrize("status", [401, 403, 404, 405, 500])
def test_an_update_that_is_refused_is_told(service_address: str, status: int) -> None:
    between = Between(emptied(service_address).removesuffix("/query"), failures=[status])
    with standing_between(between) as address, pytest.raises(StoreError, match="service failed"):
        open_store(f"{address}/query", SETTINGS)


def test_a_read_is_tried_again_after_a_passing_fault(service_address: str) -> None:
    between = Between(emptied(service_address).removesuffix("/query"))
    with standing_between(between) as address, open_store(f"{address}/query", SETTINGS) as store:
        store.commit([whole(g("facts"), triple("a", "x"))])
        between.failures = [503, 503]
        assert values(store, ALL) == ["x"]
        between.failures = [503, 503, 503]
        with pytest.raises(StoreError, match="503"):
            store.select(ALL)


def test_an_update_is_not_tried_again(service_address: str) -> None:
    between = Between(emptied(service_address).removesuffix("/query"))
    with standing_between(between) as address, open_store(f"{address}/query", SETTINGS):
        between.failures = [503, 200]
        with pytest.raises(StoreError, match="503"):
            Endpoint.at(f"{address}/query").update("INSERT DATA { <a:a> <a:a> <a:a> }", seconds=5)
        assert between.failures == [200]


def test_a_commit_whose_answer_was_lost_counts_as_done(service_address: str) -> None:
    between = Between(emptied(service_address).removesuffix("/query"))
    with standing_between(between) as address, open_store(f"{address}/query", SETTINGS) as store:
        between.lose_updates = True
        done = store.commit([whole(g("facts"), triple("a", "x"))])
        assert (done.added, store.version()) == (1, done.version)


def test_a_service_that_trickles_is_held_to_the_limit(service_address: str) -> None:
    between = Between(emptied(service_address).removesuffix("/query"))
    with standing_between(between) as address, open_store(f"{address}/query", SETTINGS):
        between.trickle = True
        began = time.monotonic()
        with pytest.raises(QueryTimeout):
            Endpoint.at(f"{address}/query").query(ALL, "*/*", seconds=1, size=1 << 30)
        assert time.monotonic() - began < 3


def test_a_query_past_its_time_is_given_up() -> None:
    with oxigraph_service() as address, open_store(f"{address}/query", SETTINGS) as store:
        store.commit([whole(g("facts"), *(triple(f"s{n}", f"v{n}") for n in range(300)))])
        cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        with pytest.raises(QueryTimeout, match="time limit"):
            store.select(cross, limits=Limits(1, 10, 10_000))


def test_a_password_is_sent_and_shown_nowhere(service_address: str, caplog: pytest.LogCaptureFixture) -> None:
    between = Between(emptied(service_address).removesuffix("/query"))
    with standing_between(between) as address, caplog.at_level(logging.DEBUG):
        secret = address.replace("http://", "http://envoy:s%40cret@")
        with open_store(f"{secret}/query", SETTINGS) as store:
            store.commit([whole(art("one"), triple("a", "x"))], note="a note")
            between.failures = [500]
            with pytest.raises(StoreError) as caught:
                store.select(ALL)
            shown = f"{caught.value} {caught.value.place} {store!r} {caplog.text}"
    assert set(between.headers) == {"Basic " + base64.b64encode(b"envoy:s@cret").decode()}
    assert "a note" in shown
    assert "cret" not in shown


@pytest.mark.parametrize(
    ("address", "update", "expected"),
    [
        ("http://h/query", "", "http://h/update"),
        ("http://h:3030/ds/sparql", "", "http://h:3030/ds/update"),
        ("http://h/repositories/x", "", "http://h/repositories/x"),
        (
            "http://h/repositories/x",
            "http://h/repositories/x/statements",
            "http://h/repositories/x/statements",
        ),
        ("http://[::1]:7878/query", "", "http://[::1]:7878/update"),
    ],
)
def test_the_update_address_stands_beside_the_query_address(address: str, update: str, expected: str) -> None:
    assert Endpoint.at(address, update).update_address == expected


def test_the_update_address_may_be_set(service_address: str) -> None:
    address = emptied(service_address)
    settings = Settings(store_update=address.replace("/query", "/update"))
    with open_store(address, settings) as store:
        assert store.commit([whole(g("facts"), triple("a", "x"))]).added == 1
