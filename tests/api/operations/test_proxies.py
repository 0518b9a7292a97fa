"""The real service behind the real nginx and Caddy, as docs/operations.md sets them up."""

from __future__ import annotations

import gzip
import re
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from kb.store.switching import switch
from tests.api.operations.proxying import NAME, PREFIX, Proxy, caddy, nginx
from tests.api.operations.running import Running, running
from tests.queries.toy import toy_store

PROXIES = {"nginx": nginx, "caddy": caddy}
COUNTED = {"LEGATION_PATH_PREFIX": PREFIX, "LEGATION_TRUSTED_PROXIES": "1"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"


@dataclass(frozen=True, slots=True)
class Behind:
    """A proxy, and the service behind it."""

    proxy: Proxy
    service: Running
    base: Path
    """The link that is served."""
    stores: tuple[Path, Path]

    @property
    def root(self) -> str:
        return f"https://{NAME}:{self.proxy.port}{PREFIX}"


@contextmanager
def set_up(kind: str, folder: Path, **settings: str) -> Iterator[Behind]:
    stores = (folder / "base-1", folder / "base-2")
    for store in stores:
        toy_store(store).close()
    switch(folder / "base", stores[0])
    with running(folder / "base", LEGATION_LOG="json", **COUNTED, **settings) as service:
        assert service.ready()
        port = int(service.address.rpartition(":")[2])
        with PROXIES[kind](folder, port) as proxy:
            yield Behind(proxy, service, folder / "base", stores)


@pytest.fixture(scope="module", params=list(PROXIES))
def behind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    place = tmp_path_factory.mktemp(str(request.param))
    limits = {
        "LEGATION_REQUESTS_EXEMPT": "127.0.0.1/32",
        "LEGATION_REQUESTS_PER_SECOND": "0.1",
        "LEGATION_REQUESTS_BURST": "2",
        "LEGATION_METRICS_TOKEN": "collector",
    }
    with set_up(str(request.param), place, **limits) as found:
        yield found


def sparql(query: str) -> str:
    return f"/sparql?query={quote(query)}"


def test_whole_addresses_have_the_scheme_host_port_and_prefix_that_a_client_asked(behind: Behind) -> None:
    manifest = behind.proxy.get("/reconcile").json
    assert manifest["documentation"] == f"{behind.root}/reconcile/about"
    void = behind.proxy.get("/.well-known/void", Accept="text/turtle").content.decode()
    assert f"<{behind.root}/sparql>" in void
    assert not re.findall(rf"https?://(?:127\.|{NAME}(?!:{behind.proxy.port}{PREFIX}))[^>]*", void)
    assert behind.proxy.get("/openapi.json").json["servers"] == [{"url": PREFIX}]


def test_a_redirect_and_its_links_stay_below_the_prefix(behind: Behind) -> None:
    got = behind.proxy.get("/person/ada-moor", Accept="text/turtle")
    assert (got.status, got.headers["Location"]) == (303, f"{PREFIX}/person/ada-moor.ttl")
    links = re.findall(r"<([^>]*)>", ", ".join(got.headers.get_all("Link", [])))
    assert links
    assert all(link.startswith(f"{PREFIX}/") for link in links)
    assert behind.proxy.get(got.headers["Location"].removeprefix(PREFIX)).status == 200


def test_the_prefix_without_a_slash_leads_to_the_home_page(behind: Behind) -> None:
    got = behind.proxy.get("")
    assert got.status in (301, 302)
    assert got.headers["Location"] in (f"{PREFIX}/", f"{behind.root}/")


@pytest.mark.parametrize(
    "spoofed",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "http"},
        {"X-Forwarded-Prefix": "/evil"},
        {"X-Forwarded-Port": "1"},
        {"Forwarded": "host=evil.example;proto=http"},
        {"X-Script-Name": "/evil"},
    ],
    ids=lambda spoofed: next(iter(spoofed)),
)
def test_a_client_does_not_choose_addresses_by_headers_of_proxies(
    behind: Behind, spoofed: dict[str, str]
) -> None:
    got = behind.proxy.send("GET", "/reconcile", spoofed)
    assert got.json["documentation"] == f"{behind.root}/reconcile/about"


def test_head_a_tag_and_the_method_query_pass_through(behind: Behind) -> None:
    path = sparql("SELECT * { ?a ?b ?c } LIMIT 3")
    whole, head = behind.proxy.get(path), behind.proxy.send("HEAD", path)
    assert (head.status, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    again = behind.proxy.get(path, If_None_Match=whole.headers["ETag"])
    assert (again.status, again.content, again.headers["ETag"]) == (304, b"", whole.headers["ETag"])
    asked = {"Content-Type": "application/sparql-query"}
    assert behind.proxy.send("QUERY", "/sparql", asked, b"ASK {}").json["boolean"] is True


def test_a_large_answer_comes_whole_plain_and_packed(behind: Behind) -> None:
    plain = behind.proxy.get(sparql(LARGE), Accept="text/csv")
    packed = behind.proxy.get(sparql(LARGE), Accept="text/csv", Accept_Encoding="gzip")
    assert len(plain.content) > 4_000_000
    assert plain.content.count(b"\r\n") == 60_001
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(packed.content)) == len(plain.content)


def test_a_client_that_leaves_stops_its_query(behind: Behind) -> None:
    connection = behind.proxy.connect(seconds=1)
    connection.request("GET", PREFIX + sparql(ENDLESS))
    with pytest.raises(TimeoutError):
        connection.getresponse()
    assert "legation_queries_running 1.0" in metrics(behind)
    connection.close()
    end = time.monotonic() + 5
    while "legation_queries_running 0.0" not in metrics(behind) and time.monotonic() < end:
        time.sleep(0.05)
    assert 'legation_stopped_total{limit="client left"}' in metrics(behind)


def metrics(behind: Behind) -> str:
    """Return the metrics as the operator's own collector reads them."""
    got = behind.proxy.send("GET", "/metrics", {"Authorization": "Bearer collector"})
    return got.content.decode() if got.status == 200 else ""


def test_nobody_reads_the_metrics_without_the_token(behind: Behind) -> None:
    assert behind.proxy.get("/metrics").status == 404
    assert behind.service.get("/metrics").status == 404


def test_each_client_is_limited_by_its_own_address_and_cannot_choose_another(behind: Behind) -> None:
    def ask(source: str, **headers: str) -> int:
        passed = {name.replace("_", "-"): value for name, value in headers.items()}
        return behind.proxy.send("GET", "/questions/", passed, source=source).status

    assert [ask("127.0.0.2") for _ in range(3)] == [200, 200, 429]
    assert ask("127.0.0.3") == 200
    assert ask("127.0.0.2", X_Forwarded_For="127.0.0.1") == 429
    assert ask("127.0.0.2", X_Forwarded_For="203.0.113.1", X_Real_IP="203.0.113.1") == 429
    assert ask("127.0.0.1", X_Forwarded_For="127.0.0.2") == 200


def test_no_request_fails_while_stores_are_switched(behind: Behind) -> None:
    done = threading.Event()

    def ask(path: str) -> list[int]:
        found = []
        while not done.is_set():
            found.append(behind.proxy.get(path).status)
        return found

    paths = ("/sparql?query=ASK+%7B%7D", sparql("SELECT * { ?a ?b ?c } LIMIT 9"), "/person/ada-moor.ttl")
    with ThreadPoolExecutor(len(paths)) as pool:
        asking = [pool.submit(ask, path) for path in paths]
        for turn in range(1, 7):
            time.sleep(0.25)
            switch(behind.base, behind.stores[turn % 2])
        done.set()
        answers = [future.result() for future in asking]
    assert all(len(found) > 3 for found in answers)
    assert {status for found in answers for status in found} == {200}


def test_what_runs_when_it_is_told_to_stop_is_answered_and_nobody_logs_who_asked_what(behind: Behind) -> None:
    # The last test of this file, as the service ends with it.
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(behind.proxy.get, "/settings?seconds=1&secret-of-the-slow")
        time.sleep(0.4)
        behind.service.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        assert behind.proxy.get("/questions/?secret-of-the-late").status == 503
        assert slow.result(20).status == 200
    _, written = behind.service.process.communicate(timeout=20)
    assert behind.service.process.returncode == 0
    assert behind.proxy.get("/questions/?secret-of-the-last").status == 502
    folder = behind.proxy.log.parent
    told = written + "".join(
        path.read_text() for path in (folder / "log", folder / "access") if path.exists()
    )
    assert not re.findall(r"secret|127\.0\.0\.[23]|ada-moor|SELECT", told)
