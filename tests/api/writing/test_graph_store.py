"""The Graph Store Protocol: graphs read, replaced, added to and removed, each status where it belongs."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
    serialize,
)

from api import create_app
from kb.namespaces import expand
from kb.store.workbench import WorkbenchStore
from tests.api.writing.bench import BEARER, WRITABLE, holder
from tests.store.bench import every
from tests.threats.canary import canary

G = {"graph": "http://example.org/g"}
TURTLE = "<http://example.org/a> <http://example.org/b> [ <http://example.org/c> 1 ] ."
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


def put(client: FlaskClient, content: str | bytes = TURTLE, **more: object) -> int:
    """Put a graph, G where ``path`` names no other, and return the status."""
    sent = {"path": "/graphs", "data": content, "content_type": "text/turtle", **more}
    if "path" not in more:
        sent.setdefault("query_string", G)
    return client.put(**sent).status_code


def canonical(content: bytes, media_type: str) -> set[str]:
    """Return a graph's triples, blank nodes named by what they are."""
    found = Dataset(parse(content, FORMATS[media_type]))
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in found}


def test_a_graph_is_made_replaced_read_and_removed(writer: FlaskClient) -> None:
    assert put(writer) == 201
    assert put(writer) == 204
    read = writer.get("/graphs", query_string=G, headers={"Accept": "text/turtle"})
    assert (read.status_code, read.content_type) == (200, "text/turtle; charset=utf-8")
    assert canonical(read.data, "text/turtle") == canonical(TURTLE.encode(), "text/turtle")
    assert writer.delete("/graphs", query_string=G).status_code == 204
    assert writer.get("/graphs", query_string=G).status_code == 404
    assert writer.delete("/graphs", query_string=G).status_code == 404


def test_a_head_tells_what_a_get_would(writer: FlaskClient) -> None:
    assert writer.head("/graphs", query_string=G).status_code == 404
    put(writer)
    read, head = writer.get("/graphs", query_string=G), writer.head("/graphs", query_string=G)
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == read.headers[name]


def test_an_empty_graph_is_there(writer: FlaskClient) -> None:
    assert put(writer, "") == 201
    assert writer.get("/graphs", query_string=G).status_code == 200


def test_post_adds_and_the_default_graph_is_always_there(writer: FlaskClient, bench: WorkbenchStore) -> None:
    for number, status in ((1, 204), (2, 204)):
        response = writer.post(
            "/graphs?default", data=f"<u:a> <u:b> {number} .", content_type="text/turtle; charset=utf-8"
        )
        assert response.status_code == status
    assert every(bench) == {("None", "u:a", "u:b", "1"), ("None", "u:a", "u:b", "2")}
    assert writer.delete("/graphs?default").status_code == 204
    assert writer.get("/graphs?default").status_code == 200


def test_a_name_of_the_default_graph_is_the_default_graph(writer: FlaskClient, bench: WorkbenchStore) -> None:
    assert put(writer, "<u:a> <u:b> 1 .", query_string={"graph": expand("g:main")}) == 204
    assert every(bench) == {("None", "u:a", "u:b", "1")}


def test_a_graph_may_be_the_address_itself(writer: FlaskClient, bench: WorkbenchStore) -> None:
    assert put(writer, "<> <b> <c#d> .", path="/graphs/person/1.ttl") == 201
    here = "http://localhost/graphs/person/"
    assert every(bench) == {(f"{here}1.ttl", f"{here}1.ttl", f"{here}b", f"{here}c#d")}
    assert writer.get("/graphs/person/1.ttl").status_code == 200
    assert writer.get("/graphs/person/2.ttl").status_code == 404
    assert writer.get("/graphs/person/1.ttl?default").status_code == 400


def test_a_graph_gets_a_name_where_the_client_gives_none(writer: FlaskClient) -> None:
    made = writer.post("/graphs", data=TURTLE, content_type="text/turtle")
    assert made.status_code == 201
    name = made.headers["Location"]
    by_name = writer.get("/graphs", query_string={"graph": name}, headers={"Accept": "text/turtle"})
    assert canonical(by_name.data, "text/turtle") == canonical(TURTLE.encode(), "text/turtle")
    assert writer.get(urlsplit(name).path).status_code == 200


def test_the_name_is_decoded_once(writer: FlaskClient, bench: WorkbenchStore) -> None:
    assert put(writer, "<u:a> <u:b> 1 .", path="/graphs?graph=http://ex.org/%31") == 201
    assert put(writer, "<u:a> <u:b> 2 .", path="/graphs?graph=http://ex.org/%2531") == 201
    assert {(row[0], row[3]) for row in every(bench)} == {
        ("http://ex.org/1", "1"),
        ("http://ex.org/%31", "2"),
    }


def test_the_files_of_a_form_are_added(writer: FlaskClient, bench: WorkbenchStore) -> None:
    files = [
        (io.BytesIO(b"_:x <u:p> 1 ."), "one.ttl", "text/turtle; charset=utf-8"),
        (io.BytesIO(b"_:x <u:p> <u:two> ."), "two.nt"),
    ]
    response = writer.post("/graphs", query_string=G, data={"file": files})
    assert response.status_code == 201
    assert len(every(bench)) == 2
    for data, status in (
        ({"file": (io.BytesIO(b"x"), "x.doc")}, 415),
        ({"graph": "u:g"}, 400),
        ({"file": (io.BytesIO(b"<u:a>"), "x.ttl")}, 400),
    ):
        assert (
            writer.post("/graphs", query_string=G, data=data, content_type="multipart/form-data").status_code
            == status
        )
    assert len(every(bench)) == 2


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/graphs", "no graph is named"),
        ("/graphs?graph=rel", "not an absolute IRI"),
        ("/graphs?graph=", "not an absolute IRI"),
        ("/graphs?graph=u:a&graph=u:b", "more than one graph"),
        ("/graphs?graph=u:a&default", "more than one graph"),
        ("/graphs?grpah=u:a", "no such parameter"),
        ("/graphs?graph=u:a%20b", "not an absolute IRI"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_one_graph_is_named_or_nothing_is_done(
    writer: FlaskClient, bench: WorkbenchStore, method: str, address: str, told: str
) -> None:
    response = writer.open(address, method=method, data="<u:a> <u:b> 1 .", content_type="text/turtle")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert told in response.text
    assert every(bench) == set()


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/trig", "text/turtle; charset=utf-16", None]
)
def test_content_of_another_kind_is_refused(writer: FlaskClient, content_type: str | None) -> None:
    assert put(writer, content_type=content_type) == 415


def test_malformed_content_is_told_with_its_place(writer: FlaskClient, bench: WorkbenchStore) -> None:
    response = writer.put(
        "/graphs", query_string=G, data="<u:a> <u:b> 1 .\n<u:a> <", content_type="text/turtle"
    )
    assert response.status_code == 400
    assert response.json is not None
    assert response.json["place"].startswith("line 2")
    assert every(bench) == set()


def test_what_a_client_does_not_take_is_not_sent(writer: FlaskClient) -> None:
    put(writer)
    assert writer.get("/graphs", query_string=G, headers={"Accept": "image/png"}).status_code == 406
    for media_type in FORMATS:
        read = writer.get("/graphs", query_string=G, headers={"Accept": f"{media_type}, */*;q=0.1"})
        assert read.mimetype == media_type
        assert canonical(read.data, media_type) == canonical(TURTLE.encode(), "text/turtle")


def test_patch_is_not_taken(writer: FlaskClient) -> None:
    response = writer.patch("/graphs", query_string=G, data="")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE"}


def test_a_change_may_rest_on_what_was_read(writer: FlaskClient, bench: WorkbenchStore) -> None:
    assert put(writer, headers={"If-None-Match": "*"}) == 201
    assert put(writer, headers={"If-None-Match": "*"}) == 412
    read = writer.get("/graphs", query_string=G)
    tag = read.headers["ETag"]
    assert writer.get("/graphs", query_string=G, headers={"If-None-Match": tag}).status_code == 304
    assert put(writer, headers={"If-Match": tag}) == 204
    assert put(writer, "", headers={"If-Match": tag}) == 412
    assert writer.delete("/graphs", query_string=G, headers={"If-Match": tag}).status_code == 412
    assert (
        writer.delete("/graphs", query_string={"graph": "u:no"}, headers={"If-Match": "*"}).status_code == 412
    )
    assert len(every(bench)) == 2
    assert writer.get("/graphs", query_string=G, headers={"If-None-Match": tag}).status_code == 200


def test_nobody_changes_a_graph_without_a_token(bench_app: Flask, bench: WorkbenchStore) -> None:
    client = bench_app.test_client()
    assert put(client) == 401
    for response in (
        client.delete("/graphs?default"),
        client.post("/graphs", data=TURTLE, content_type="text/turtle"),
        client.put("/graphs/x", data=TURTLE, content_type="text/turtle"),
    ):
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.get("/graphs?default").status_code == 200
    assert every(bench) == set()


def test_a_remote_context_is_never_fetched(writer: FlaskClient) -> None:
    with canary() as listening:
        for context in (
            f'"{listening.address}/context"',
            f'["{listening.address}/context"]',
            f'{{"@import": "{listening.address}/context"}}',
            f'{{"a": {{"@id": "u:a", "@context": "{listening.address}/context"}}}}',
        ):
            content = f'{{"@context": {context}, "@id": "u:x", "a": {{"@id": "u:y"}}}}'
            response = writer.put("/graphs", query_string=G, data=content, content_type="application/ld+json")
            assert response.status_code == 400
            assert "never fetched" in response.text
        assert listening.hits == 0


def test_a_graph_past_the_limit_is_not_cut(shared: WorkbenchStore, writer: FlaskClient) -> None:
    big = "\n".join(f"<u:{number}> <u:b> {number} ." for number in range(3000))
    assert put(writer, big) == 201
    with WorkbenchStore.open(shared.layout.folder, WRITABLE) as small:
        small._limits = type(small.limits)(5.0, 10, 20_000)
        response = create_app(small, WRITABLE).test_client().get("/graphs", query_string=G)
    assert response.status_code == 413
    assert "20,000 bytes" in response.text
    assert len(canonical(writer.get("/graphs", query_string=G).data, "text/turtle")) == 3000


def test_the_graphs_of_a_base_are_read_and_never_changed(client: FlaskClient) -> None:
    facts = client.get("/graphs", query_string={"graph": expand("g:facts")})
    main = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    assert (facts.status_code, main.status_code) == (200, 200)
    assert len(main.data) > len(facts.data) > 100
    assert client.get("/graphs", query_string={"graph": expand("g:main")}).data != b""
    assert client.get("/graphs", query_string={"graph": "u:none"}).status_code == 404
    assert client.get("/graphs", query_string={"graph": expand("g:store")}).status_code == 404
    for method in ("PUT", "POST", "DELETE"):
        response = client.open("/graphs?default", method=method, headers=BEARER)
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


NODES = st.one_of(
    st.sampled_from("abc").map(BlankNode),
    st.from_regex(r"[a-zé]{1,4}", fullmatch=True).map(lambda name: NamedNode(f"http://example.org/{name}")),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"), max_size=12)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="en-gb")),
    st.integers(-(10**9), 10**9).map(Literal),
    TEXTS.map(lambda text: Literal(text, datatype=NamedNode("http://example.org/type"))),
)
PREDICATES = st.sampled_from("pqr").map(lambda name: NamedNode(f"http://example.org/{name}"))
GRAPHS = st.lists(st.builds(Quad, NODES, PREDICATES, st.one_of(NODES, LITERALS)), max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GRAPHS, st.sampled_from(sorted(FORMATS)), st.sampled_from(sorted(FORMATS)))
def test_what_is_put_is_what_is_got(bench_app: Flask, quads: list[Quad], sent: str, asked: str) -> None:
    content = serialize(quads, format=FORMATS[sent])
    assert content is not None
    client = holder(bench_app)
    assert put(client, content, content_type=sent) in (201, 204)
    got = client.get("/graphs", query_string=G, headers={"Accept": asked})
    expected = serialize(quads, format=RdfFormat.N_TRIPLES)
    assert expected is not None
    assert canonical(got.data, asked) == canonical(expected, "application/n-triples")
