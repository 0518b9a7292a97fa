"""curl: forms by header, HEAD, gzip, files, HTTP QUERY, whole graphs, what a browser's script may do."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clients.asked import ABOUT, KNOWN, LABEL, MALFORMED
from tests.clients.conftest import Bench

RESULTS = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@pytest.fixture(scope="module", autouse=True)
def there() -> Iterator[None]:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    yield


def curl(*arguments: str) -> Answer:
    """Run curl; the answer is the last one where it followed a redirect."""
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--include", "--max-time", "30", *arguments],
        capture_output=True,
        check=True,
    )
    head, rest = b"", done.stdout
    while rest.startswith(b"HTTP/"):
        head, _, rest = rest.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), {name.lower(): value for name, value in pairs}, rest)


def sent(query: str) -> str:
    return f"query={query}"


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (LABEL, "*/*", RESULTS),
        (LABEL, RESULTS, RESULTS),
        (LABEL, "application/sparql-results+xml", "application/sparql-results+xml"),
        (LABEL, "text/csv", "text/csv"),
        (LABEL, "text/tab-separated-values", "text/tab-separated-values"),
        (LABEL, "application/*;q=0.1, text/csv;q=0.9", "text/csv"),
        (LABEL, f"{RESULTS};q=0, */*", "application/sparql-results+xml"),
        (KNOWN, "text/csv, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        (ABOUT, "*/*", "text/turtle"),
        (ABOUT, "application/ld+json", "application/ld+json"),
        (ABOUT, "application/rdf+xml, text/turtle;q=0.5", "application/rdf+xml"),
        (ABOUT, "application/n-triples", "application/n-triples"),
    ],
)
def test_the_form_that_is_asked_for(sparql: str, query: str, accept: str, media_type: str) -> None:
    answer = curl("-G", sparql, "--data-urlencode", sent(query), "-H", f"Accept: {accept}")
    assert (answer.status, answer.media_type) == (200, media_type)
    assert "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize("accept", ["image/png", f"{RESULTS};q=0", "*/*;q=0"])
def test_a_form_that_there_is_not(sparql: str, accept: str) -> None:
    answer = curl("-G", sparql, "--data-urlencode", sent(LABEL), "-H", f"Accept: {accept}")
    assert answer.status == 406


def test_a_query_of_each_way_has_one_answer(sparql: str, tmp_path: Path) -> None:
    (tmp_path / "label.rq").write_text(LABEL, encoding="utf-8")
    file = ["--data-binary", f"@{tmp_path / 'label.rq'}"]
    typed = ["-H", "Content-Type: application/sparql-query"]
    answers = [
        curl("-G", sparql, "--data-urlencode", sent(LABEL)),
        curl(sparql, "--data-urlencode", sent(LABEL)),
        curl(sparql, "--data-urlencode", f"query@{tmp_path / 'label.rq'}"),
        curl(sparql, *file, *typed),
        curl("-X", "QUERY", sparql, *file, *typed),
    ]
    assert [(answer.status, answer.media_type) for answer in answers] == [(200, RESULTS)] * len(answers)
    assert len({json.dumps(json.loads(answer.body)) for answer in answers}) == 1


def test_head_tells_what_get_would(sparql: str) -> None:
    asked = ["-G", sparql, "--data-urlencode", sent(LABEL)]
    got, told = curl(*asked), curl("--head", *asked)
    assert (told.status, told.body) == (200, b"")
    assert told.media_type == got.media_type == RESULTS
    assert told.headers.get("content-length", str(len(got.body))) == str(len(got.body))


def test_a_long_answer_is_packed_for_who_takes_it(sparql: str) -> None:
    asked = ["-G", sparql, "--data-urlencode", sent("SELECT * { ?s ?p ?o }")]
    plain, packed = curl(*asked), curl(*asked, "-H", "Accept-Encoding: gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert sorted(gzip.decompress(packed.body)) == sorted(plain.body)
    assert len(packed.body) < len(plain.body) / 3
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert len(curl(*asked, "--compressed").body) == len(plain.body)


def test_what_is_unchanged_is_not_sent_again(sparql: str) -> None:
    asked = ["-G", sparql, "--data-urlencode", sent(LABEL)]
    tag = curl(*asked).headers["etag"]
    again = curl(*asked, "-H", f"If-None-Match: {tag}")
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["-G", "--data-urlencode", sent(MALFORMED)], 400),
        (["-G", "--data-urlencode", "update=CLEAR ALL"], 400),
        (["-H", "Content-Type: application/sparql-update", "-d", "CLEAR ALL"], 403),
        (["-H", "Content-Type: text/plain", "-d", LABEL], 415),
        (["-X", "DELETE"], 405),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(sparql: str, arguments: list[str], status: int) -> None:
    answer = curl(sparql, *arguments)
    assert answer.status == status
    assert answer.media_type == "application/problem+json"
    assert json.loads(answer.body)["status"] == status


def test_a_script_of_another_site_may_ask(sparql: str) -> None:
    origin = ["-H", "Origin: https://editor.example"]
    asked = curl("-G", sparql, "--data-urlencode", sent(LABEL), *origin)
    assert asked.headers["access-control-allow-origin"] == "*"
    before = curl("-X", "OPTIONS", sparql, *origin, "-H", "Access-Control-Request-Method: POST")
    assert before.status in (200, 204)
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in before.headers


def test_a_thing_leads_to_its_document(site: str) -> None:
    answer = curl("--location", f"{site}person/ada-moor", "-H", "Accept: text/turtle")
    assert (answer.status, answer.media_type) == (200, "text/turtle")
    assert b"Ada Moor" in answer.body


def test_a_graph_is_put_read_and_removed(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text("<urn:x:a> <urn:x:b> 'один' .", encoding="utf-8")
    graph = f"{bench.graphs}?graph=urn:x:curl"
    token = ["-H", f"Authorization: Bearer {bench.token}"]
    turtle = ["-H", "Content-Type: text/turtle"]
    assert curl("-T", str(tmp_path / "one.ttl"), *turtle, graph).status == 401
    assert curl("-T", str(tmp_path / "one.ttl"), *turtle, *token, graph).status == 201
    assert curl("-T", str(tmp_path / "one.ttl"), *turtle, *token, graph).status in (200, 204)
    read = curl(graph, "-H", "Accept: application/n-triples")
    assert (read.status, read.body.decode()) == (200, '<urn:x:a> <urn:x:b> "один" .\n')
    form = ["-F", f"part=@{tmp_path / 'one.ttl'};type=text/turtle"]
    assert curl(*form, *token, graph).status in (200, 204)
    assert curl("-X", "DELETE", *token, graph).status in (200, 204)
    assert curl("--head", graph).status == 404
