"""Changes that would make a careless store go out, as somebody who has a token sends them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, urlencode

from tests.threats.canary import Canary
from tests.threats.vectors import Vector, documents

REFUSED: Final = frozenset({403})
MALFORMED: Final = frozenset({400})
DONE: Final = frozenset({200, 201, 204})


def writing_vectors(canary: Canary, token: str) -> Iterator[Vector]:
    """Yield the requests; those that are carried out keep the canary's address as a name and nothing more."""
    said = {"Authorization": f"Bearer {token}"}
    there = canary.address
    for name, (statuses, text) in _updates(canary).items():
        headers = {**said, "Content-Type": "application/sparql-update"}
        yield Vector(name, statuses, "POST", "/sparql", headers, text.encode())
    form = {**said, "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(
        {"update": "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", "using-graph-uri": f"{there}/turtle"}
    )
    yield Vector("using-graph-uri", DONE, "POST", "/sparql", form, body.encode())
    for name, (media_type, text) in documents(there).items():
        statuses = DONE if name in ("owl:imports", "XML DTD") else MALFORMED
        headers = {**said, "Content-Type": media_type}
        yield Vector(f"PUT of {name}", statuses, "PUT", "/graphs?graph=urn:x:a", headers, text.encode())
    named = f"/graphs?graph={quote(there + '/turtle', safe='')}"
    turtle = {**said, "Content-Type": "text/turtle"}
    yield Vector("GET of a graph of that name", frozenset({404}), "GET", named, said)
    yield Vector("PUT of a graph of that name", DONE, "PUT", named, turtle, b"<urn:s> <urn:p> 'ours' .")
    relative = f"@base <{there}/> . <turtle> <context> <dtd> .".encode()
    yield Vector("POST with a base", DONE, "POST", named, turtle, relative)


def _updates(canary: Canary) -> dict[str, tuple[frozenset[int], str]]:
    there = canary.address
    found = {
        f"LOAD, {form}": (REFUSED, f"LOAD <{address}/turtle>") for form, address in canary.forms().items()
    }
    return found | {
        "LOAD SILENT": (REFUSED | DONE, f"LOAD SILENT <{there}/turtle> INTO GRAPH <urn:x:g>"),
        "LOAD a file": (REFUSED, "LOAD <file:///etc/passwd>"),
        "LOAD second": (REFUSED, f"INSERT DATA {{ <urn:s> <urn:p> 1 }} ; LOAD <{there}/turtle>"),
        "LOAD of a prefixed name": (REFUSED, f"PREFIX x: <{there}/> LOAD x:turtle"),
        "LOAD without blanks": (REFUSED, f"LOAD<{there}/turtle>"),
        "LOAD escaped": (REFUSED, f"\\u004COAD <{there}/turtle>"),
        "SERVICE in WHERE": (REFUSED, f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}"),
        "SERVICE SILENT": (REFUSED, f"DELETE {{ ?s ?p 1 }} WHERE {{ SERVICE SILENT <{there}> {{ }} }}"),
        "USING": (DONE, f"INSERT {{ ?s ?p 1 }} USING <{there}/turtle> WHERE {{ ?s ?p ?o }}"),
        "WITH": (DONE, f"WITH <{there}/dtd> INSERT {{ <urn:s> <urn:p> 2 }} WHERE {{ }}"),
        "COPY": (frozenset({204, 400, 404}), f"COPY <{there}/context> TO <urn:x:g>"),
        "ADD SILENT": (DONE, f"ADD SILENT <{there}/context> TO <urn:x:g>"),
    }  # fmt: skip
