"""Requests that would make a careless server go out: at least one for each way that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode

from tests.threats.canary import Canary

JSON: Final = "application/sparql-results+json"
REFUSED: Final = frozenset({403})
MALFORMED: Final = frozenset({400})
NOT_TAKEN: Final = frozenset({403, 405, 415})
EMPTY: Final = frozenset({200})
"""Answered, with nothing of what was named: a graph that we do not hold is empty."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A request, and the statuses that may answer it."""

    name: str
    statuses: frozenset[int]
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


def vectors(canary: Canary) -> Iterator[Vector]:
    """Yield the requests that lead to a canary."""
    there = canary.address
    yield from _calls(canary)
    yield from _data_sets(there)
    yield from _updates(there)
    yield from _graphs(there)
    yield from _parameters(there)
    yield from _headers(canary)


def _query(name: str, statuses: frozenset[int], query: str, **more: str) -> Vector:
    path = f"/sparql?{urlencode({'query': query, **more})}"
    return Vector(name, statuses, "GET", path, {"Accept": JSON})


def _calls(canary: Canary) -> Iterator[Vector]:
    there = canary.address
    for form, address in canary.forms().items():
        yield _query(f"SERVICE, {form}", REFUSED, f"SELECT * {{ SERVICE <{address}/sparql> {{ ?s ?p ?o }} }}")
    for name, query in {
        "SERVICE SILENT": f"SELECT * {{ SERVICE SILENT <{there}> {{ ?s ?p ?o }} }}",
        "SERVICE ?var": f"SELECT * {{ VALUES ?x {{ <{there}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
        "SERVICE of a prefixed name": f"PREFIX x: <{there}/> SELECT * {{ SERVICE x:y {{ ?s ?p ?o }} }}",
        "SERVICE of a relative IRI": f"BASE <{there}/> SELECT * {{ SERVICE <sparql> {{ ?s ?p ?o }} }}",
        "SERVICE without blanks": f"PREFIX x: <{there}/> SELECT*{{SERVICEx:y{{}}}}",
        "SERVICE in FILTER EXISTS": f"ASK {{ FILTER EXISTS {{ SERVICE <{there}> {{ ?s ?p ?o }} }} }}",
        "SERVICE in a subquery": f"ASK {{ {{ SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }} }} }}",
        "SERVICE in CONSTRUCT": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
        "SERVICE in DESCRIBE": f"DESCRIBE ?s WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
        "SERVICE escaped": f"SELECT * {{ \\u0053ERVICE <{there}> {{ ?s ?p ?o }} }}",
        "SERVICE behind a string's escape": f'ASK {{ ?s ?p "\\u0022 . SERVICE <{there}> {{ ?s ?p \\u0022" }}',
    }.items():
        yield _query(name, REFUSED, query)
    hidden = f"SELECT * {{ FILTER(?a<?b#>'''\n) SERVICE <{there}> {{}} #'''\n}}"
    yield _query("SERVICE behind a comparison", MALFORMED | REFUSED, hidden)
    for kind, body in {
        "application/sparql-query": f"ASK {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
        "application/x-www-form-urlencoded": urlencode(
            {"query": f"ASK {{ SERVICE <{there}> {{ ?s ?p 1 }} }}"}
        ),
    }.items():
        sent = {"Content-Type": kind, "Accept": JSON}
        yield Vector(f"SERVICE by POST, {kind}", REFUSED, "POST", "/sparql", sent, body.encode())


def _data_sets(there: str) -> Iterator[Vector]:
    rows = "SELECT * %s WHERE { ?s ?p ?o }"
    named = "SELECT * %s WHERE { GRAPH ?g { ?s ?p ?o } }"
    yield _query("FROM", EMPTY, rows % f"FROM <{there}/turtle>")
    yield _query("FROM NAMED", EMPTY, named % f"FROM NAMED <{there}/turtle>")
    yield _query("FROM, two graphs", EMPTY, rows % f"FROM <{there}/turtle> FROM <{there}/context>")
    yield _query("FROM a file", EMPTY, rows % "FROM <file:///etc/passwd>")
    yield _query("FROM NAMED a file", EMPTY, named % "FROM NAMED <file:///etc/passwd>")
    yield _query("GRAPH", EMPTY, f"SELECT * {{ GRAPH <{there}/turtle> {{ ?s ?p ?o }} }}")
    for name in ("default-graph-uri", "named-graph-uri"):
        for address in (f"{there}/turtle", "file:///etc/passwd"):
            query = {"default-graph-uri": rows % "", "named-graph-uri": named % ""}[name]
            yield _query(f"{name}, {address.partition(':')[0]}", EMPTY, query, **{name: address})
    for name in ("using-graph-uri", "using-named-graph-uri"):
        yield _query(name, MALFORMED | frozenset({200}), "ASK { }", **{name: f"{there}/turtle"})


def _updates(there: str) -> Iterator[Vector]:
    texts = {
        "LOAD": f"LOAD <{there}/turtle>",
        "LOAD SILENT": f"LOAD SILENT <{there}/turtle> INTO GRAPH <http://a.example/g>",
        "LOAD a file": "LOAD <file:///etc/passwd>",
        "INSERT with SERVICE": f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
        "USING": f"INSERT {{ ?s ?p ?o }} USING <{there}/turtle> WHERE {{ ?s ?p ?o }}",
    }
    for name, text in texts.items():
        sent = {"Content-Type": "application/sparql-update"}
        yield Vector(f"{name}, as a body", NOT_TAKEN, "POST", "/sparql", sent, text.encode())
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"update": text, "using-graph-uri": f"{there}/turtle"}).encode()
        yield Vector(f"{name}, as a form", NOT_TAKEN, "POST", "/sparql", form, body)
        yield _query(f"{name}, as a query", REFUSED, text)


def documents(there: str) -> dict[str, tuple[str, str]]:
    """Return documents that refer elsewhere: by a name, the media type and the text."""
    entity = (
        '<!DOCTYPE r [<!ENTITY x SYSTEM "%s">]>'
        f'<rdf:RDF {_RDF}><rdf:Description rdf:about="urn:a">'
        '<p xmlns="urn:x#">&x;</p></rdf:Description></rdf:RDF>'
    )
    return {
        "JSON-LD context": (
            "application/ld+json",
            f'{{"@context": "{there}/context", "@id": "urn:a", "name": "b"}}',
        ),
        "JSON-LD @import": (
            "application/ld+json",
            f'{{"@context": {{"@version": 1.1, "@import": "{there}/context"}}, "@id": "urn:a", "name": "b"}}',
        ),
        "XML entity": ("application/rdf+xml", entity % f"{there}/dtd"),
        "XML entity of a file": ("application/rdf+xml", entity % "file:///etc/passwd"),
        "XML DTD": ("application/rdf+xml", f'<!DOCTYPE r SYSTEM "{there}/dtd"><rdf:RDF {_RDF}/>'),
        "XML parameter entity": (
            "application/rdf+xml",
            f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{there}/dtd"> %p;]><rdf:RDF {_RDF}/>',
        ),
        "owl:imports": (
            "text/turtle",
            f"<urn:o> a <http://www.w3.org/2002/07/owl#Ontology> ;"
            f" <http://www.w3.org/2002/07/owl#imports> <{there}/turtle> .",
        ),
    }


_RDF: Final = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


def _graphs(there: str) -> Iterator[Vector]:
    """The graph store protocol, on a base that is only read."""
    missing = frozenset({404, 406})
    for path in (f"/graphs?graph={quote(there + '/turtle', safe='')}", f"/graphs/{quote(there, safe='')}"):
        yield Vector(f"graph store, GET {path[:14]}", missing, "GET", path, {"Accept": "text/turtle"})
    for name, (media_type, text) in documents(there).items():
        for method in ("PUT", "POST"):
            yield Vector(
                f"graph store, {method} of {name}",
                frozenset({401, 403, 404, 405}),
                method,
                "/graphs?default",
                {"Content-Type": media_type},
                text.encode(),
            )


def _parameters(there: str) -> Iterator[Vector]:
    sent = quote(f"{there}/turtle", safe="")
    refused = frozenset({400, 404})
    for name in ("visitor_state", "as_of", "host_state"):
        path = f"/questions/facilities-visited.json?{name}={sent}"
        yield Vector(f"question's {name}", refused, "GET", path)
    call = quote(f"http://a.example/> {{ SERVICE <{there}> {{ ?s ?p ?o }} }} #", safe="")
    yield Vector(
        "question's parameter that closes its IRI",
        refused,
        "GET",
        f"/questions/facilities-visited.json?visitor_state={call}",
    )
    yield Vector("thing", frozenset({404}), "GET", f"/thing/{sent}")
    yield Vector("absolute target", frozenset({400, 404, 421}), "GET", f"{there}/turtle")
    queries = quote(f'{{"q0": {{"query": "{there}", "type": "{there}/turtle"}}}}', safe="")
    yield Vector("reconcile", frozenset({200, 400, 404}), "GET", f"/reconcile?queries={queries}")
    extend = quote(f'{{"ids": ["{there}/turtle"], "properties": [{{"id": "{there}/turtle"}}]}}', safe="")
    yield Vector("reconcile, extend", frozenset({200, 400, 404}), "GET", f"/reconcile?extend={extend}")


def _headers(canary: Canary) -> Iterator[Vector]:
    there = canary.address
    host = there.removeprefix("http://")
    for name, value in {
        "Referer": f"{there}/turtle",
        "Origin": there,
        "Host": host,
        "X-Forwarded-Host": host,
        "X-Forwarded-For": host,
        "X-Forwarded-Proto": f"{there}/",
        "X-Original-URL": f"{there}/turtle",
        "X-Forwarded-Prefix": f"{there}/",
        "Forwarded": f'for="{host}";host="{host}";proto=http',
        "Link": f'<{there}/context>; rel="http://www.w3.org/ns/json-ld#context"',
        "Accept": f'application/ld+json;profile="{there}/context"',
    }.items():
        statuses = frozenset({200, 400, 406, 421}) if name in ("Host", "Accept") else frozenset({200})
        yield Vector(f"header {name}", statuses, "GET", "/questions/", {name: value})
