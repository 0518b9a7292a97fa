"""A running service: told to stop it finishes what it has; a fresh store takes the old one's place."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kb.namespaces import expand
from kb.store import GraphDelta, open_store
from kb.store.switching import switch
from tests.api.operations.running import Got, running
from tests.queries.toy import toy_store

SWITCHES = 10
NAMED = re.compile(rb"granian|hyper|werkzeug|flask|python|oxigraph|uvloop", re.IGNORECASE)
MARKS = "SELECT DISTINCT ?mark { ?thing rdfs:label ?name . ?any lg:note ?mark } LIMIT 10"


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return two stores of the toy base that differ in one mark, with snapshots of the same number."""
    place = tmp_path_factory.mktemp("stores")
    return [marked(place / f"base-{mark}", mark) for mark in ("one", "two")]


def marked(folder: Path, mark: str) -> Path:
    with toy_store(folder) as store:
        note = Triple(NamedNode(expand("person:ada-moor")), NamedNode(expand("lg:note")), Literal(mark))
        store.commit([GraphDelta(NamedNode(expand("g:facts")), add=frozenset([note]))])
    return folder


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_told_to_stop_finishes_what_it_has_and_takes_nothing_new(
    stores: list[Path], number: signal.Signals
) -> None:
    with running(stores[0], LEGATION_LOG="json") as service, ThreadPoolExecutor(1) as pool:
        assert service.ready()
        slow = pool.submit(service.get, "/settings", seconds="2")
        time.sleep(0.5)
        service.process.send_signal(number)
        time.sleep(0.3)
        ready, refused = service.get("/readyz"), service.get("/questions/")
        assert (ready.status, ready.json["missing"]) == (503, ["the service is stopping"])
        assert (refused.status, refused.json["detail"]) == (503, "the service is stopping")
        assert "Retry-After" in refused.headers
        assert slow.result(20).status == 200
        _, written = service.process.communicate(timeout=20)
        assert service.process.returncode == 0
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["status"] for line in lines if line["endpoint"] == "settings.show"] == [200]


def test_a_running_service_follows_ten_switches_under_load_without_an_error(
    stores: list[Path], tmp_path: Path
) -> None:
    link = tmp_path / "base"
    switch(link, stores[0])
    done = threading.Event()
    marks: list[str] = []
    wrong: list[Got] = []

    with running(link) as service, ThreadPoolExecutor(4) as pool:

        def ask(path: str) -> None:
            while not done.is_set():
                got = service.get(path, query=MARKS) if path == "/sparql" else service.get(path)
                if got.status != 200:
                    wrong.append(got)
                    return
                if path == "/sparql":
                    found = [row["mark"]["value"] for row in got.json["results"]["bindings"]]
                    marks.append("+".join(sorted(found)))

        asking = [pool.submit(ask, path) for path in ("/sparql", "/sparql", "/person/ada-moor", "/")]
        try:
            for turn in range(1, SWITCHES + 1):
                switch(link, stores[turn % 2])
                reached, end = len(marks), time.monotonic() + 10
                while len(marks) < reached + 6 and not wrong and time.monotonic() < end:
                    time.sleep(0.005)
        finally:
            done.set()
        for future in asking:
            future.result()
        assert not wrong, wrong[0]
        assert set(marks) == {"one", "two"}
        assert marks[-1] == "one"
        with open_store(str(stores[0])) as last:
            metrics = service.get("/metrics").content.decode()
            assert f'legation_store_info{{version="{last.version()}"}} 1.0' in metrics


def test_one_line_a_request_goes_to_standard_error_where_it_is_wanted(stores: list[Path]) -> None:
    with running(stores[0], LEGATION_LOG="json") as service:
        service.get("/sparql", query=MARKS)
        service.get("/person/ada-moor")
        service.process.send_signal(signal.SIGTERM)
        _, written = service.process.communicate(timeout=20)
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["endpoint"].partition(".")[0] for line in lines][:2] == ["sparql", "things"]
    assert "ada-moor" not in written
    assert "SELECT" not in written
    assert "127.0.0.1" not in written


def test_no_answer_of_a_running_service_names_what_it_is_built_of(stores: list[Path]) -> None:
    with running(stores[0]) as service:
        answers = [service.get(path) for path in ("/healthz", "/nope/nope/nope", "/static/legation.css")]
        host, port = service.address.removeprefix("http://").split(":")
        for sent in (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"nonsense\r\n\r\n",
        ):
            with socket.create_connection((host, int(port)), timeout=20) as line:
                line.sendall(sent)
                assert not NAMED.search(line.recv(10_000))
    for got in answers:
        assert got.headers.get_all("Server") == ["Legation"]
        assert not NAMED.search(str(got.headers).encode() + got.content)


def test_the_search_finds_a_name() -> None:
    assert NAMED.search(b"Server: granian")


def test_what_is_refused_before_the_application_is_counted_and_logged(stores: list[Path]) -> None:
    with running(stores[0], LEGATION_LOG="json") as service:
        host, port = service.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as line:
            line.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999\r\n\r\n")
            answer = line.recv(10_000)
        assert b"413" in answer.split(b"\r\n")[0]
        assert b"nosniff" in answer
        metrics = service.get("/metrics").content.decode()
        service.process.send_signal(signal.SIGTERM)
        _, written = service.process.communicate(timeout=20)
    assert 'legation_requests_total{endpoint="door",method="POST",status="413"} 1.0' in metrics
    assert 'legation_stopped_total{limit="size"} 1.0' in metrics
    lines = [json.loads(line) for line in written.splitlines()]
    assert ("door", 413, "size") in [
        (line["endpoint"], line["status"], line.get("stopped")) for line in lines
    ]
