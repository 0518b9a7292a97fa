"""What is tested: a service by its addresses, and the ways in which every test speaks to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from tests.conformance.manifest import BASE, Data
from tests.conformance.wire import Request, Response, Wire

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a service takes queries, updates and whole graphs; ``name`` is what reports call it."""

    name: str
    query: str
    update: str
    graphs: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Sent with every request: the token of a service that asks for one."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Other services, which queries call: those that stand for the addresses that the suite supposes."""

    subjects: Mapping[str, Subject]
    """By the supposed address; one that no test gives data is an address where nobody answers."""

    def placed(self, text: bytes) -> bytes:
        """Return a file of the suite with true addresses in the place of the supposed ones."""
        for supposed, subject in self.subjects.items():
            text = text.replace(f"<{supposed}>".encode(), f"<{subject.addresses.query}>".encode())
            text = text.replace(f">{supposed}<".encode(), f">{subject.addresses.query}<".encode())
        return text

    def hold(self, services: Iterable[tuple[str, str]]) -> None:
        """Bring the data of a test to these services. Raises Unprepared."""
        for supposed, file in services:
            self.subjects[supposed].hold(Data((file,)))


class Unprepared(Exception):
    """The data of a test could not be brought into the service."""


class Subject:
    """A service under test. Its data are replaced only when a test needs other ones."""

    def __init__(self, addresses: Addresses, folder: Path, elsewhere: Elsewhere | None = None) -> None:
        self.addresses = addresses
        self.wire = Wire(addresses.query)
        self.elsewhere = elsewhere or Elsewhere({})
        self._folder = folder
        self._held: Data | None = None

    def close(self) -> None:
        self.wire.close()

    def touched(self) -> None:
        """Remember that a test may have changed the data."""
        self._held = None

    def hold(self, data: Data) -> None:
        """Bring it about that the service holds these data and nothing else.

        Raises Unprepared.
        """
        if self._held == data:
            return
        self._held = None
        response = self.update("DROP ALL ;\n" + self._insert(data))
        if not response.good:
            raise Unprepared(f"data were refused with {response.status}")
        self._held = data

    def query(self, text: str, accept: str) -> Response:
        """Send a query as the body of a POST."""
        return self._post(self.addresses.query, text, QUERY, {"Accept": accept})

    def update(self, text: str) -> Response:
        """Send an update as the body of a POST."""
        return self._post(self.addresses.update, text, UPDATE, {})

    def send(self, request: Request) -> Response:
        """Send a request as it is, with the service's own headers."""
        headers = {**request.headers, **self.addresses.headers}
        return self.wire.send(Request(request.method, request.target, headers, request.body))

    def text(self, iri: str) -> str:
        """Return a file of the suite as text, by its published address."""
        return self.body(iri).decode("utf-8")

    def body(self, iri: str) -> bytes:
        """Return a file by its published address, with the other services' true addresses in it."""
        assert iri.startswith(BASE), f"{iri} is no file of the suite"
        return self.elsewhere.placed((self._folder / iri.removeprefix(BASE)).read_bytes())

    def quads(self, data: Data) -> frozenset[Quad]:
        """Return the quads that data are made of; blank nodes of two files are two."""
        found = {quad for iri in data.default for quad in self._parsed(iri)}
        for name, iri in data.named:
            found |= {Quad(q.subject, q.predicate, q.object, _node(name)) for q in self._parsed(iri)}
        return frozenset(found)

    def _post(self, address: str, text: str, media_type: str, headers: Mapping[str, str]) -> Response:
        sent = {"Content-Type": media_type, **headers}
        return self.send(Request("POST", urlsplit(address).path, sent, text.encode()))

    def _parsed(self, iri: str) -> Iterable[Quad]:
        form = RdfFormat.from_extension(iri.rpartition(".")[2])
        for item in parse(self.body(iri), form, base_iri=iri, rename_blank_nodes=True):
            yield Quad(item.subject, item.predicate, item.object)

    def _insert(self, data: Data) -> str:
        """Say data as an update: one request, so one change of the store."""
        blocks: dict[object, list[str]] = {_node(name): [] for name, _ in data.named}
        for quad in self.quads(data):
            blocks.setdefault(quad.graph_name, []).append(f"{quad.triple} .")
        default = blocks.pop(DefaultGraph(), [])
        filled = [f"GRAPH {name} {{ {' '.join(lines)} }}" for name, lines in blocks.items() if lines]
        empty = [f"CREATE SILENT GRAPH {name}" for name, lines in blocks.items() if not lines]
        return " ;\n".join([f"INSERT DATA {{ {' '.join([*default, *filled])} }}", *empty])


def _node(name: str) -> NamedNode:
    return NamedNode(name)
