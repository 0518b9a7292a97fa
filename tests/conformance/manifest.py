"""The manifests, read into records: one for each test, with all that it takes to run it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tests.conformance.wire import Request

BASE: Final = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
"""Where the suite is published: relative addresses in its files are relative to their place there."""

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT: Final = Namespace("http://www.w3.org/2011/http#")
CNT: Final = Namespace("http://www.w3.org/2011/content#")

_LEFT_OUT: Final = ("entailment", "http-rdf-update")
_FEDERATED: Final = ("service", "syntax-fed")
_FORMATS: Final = ("csv-tsv-res", "json-res")

SUITES: Final = (
    "protocol",
    "graph-store-protocol",
    "service-description",
    "query",
    "update",
    "results",
    "syntax",
    "federation",
)


@dataclass(frozen=True, slots=True)
class Data:
    """Which files a data set is made of; a named graph's name is mostly, not always, its file's address."""

    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    """Pairs of name and file."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its IRI names it; its suite is one of SUITES."""

    iri: str
    suite: str


@dataclass(frozen=True, slots=True)
class QueryCase(Case):
    """A query over data; the expected result is a file, whose form says which form is asked for."""

    query: str
    data: Data
    expected: str
    lax: bool
    """Whether a row may come fewer times than it is expected (REDUCED)."""
    services: tuple[tuple[str, str], ...] = ()
    """Pairs of the address of another service, as the suite supposes it, and the file that it holds."""


@dataclass(frozen=True, slots=True)
class UpdateCase(Case):
    """An update of data, and what the whole data set is afterwards."""

    update: str
    before: Data
    after: Data


@dataclass(frozen=True, slots=True)
class SyntaxCase(Case):
    """A text that is, or is not, a query (or an update)."""

    text: str
    well_formed: bool

    @property
    def is_update(self) -> bool:
        return self.text.endswith(".ru")


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer must be: one of the statuses (``2xx`` is a class), and whatever else is told."""

    statuses: frozenset[str]
    form: str = ""
    """``boolean``, ``tabular`` or ``RDF``, or nothing."""
    truth: bool | None = None
    content_type: str = ""
    graph: str = ""
    """A graph in Turtle that the body must be isomorphic to, or nothing."""
    location: str = ""
    """The word that stands for the header Location in the requests that follow, or nothing."""


@dataclass(frozen=True, slots=True)
class ExchangeCase(Case):
    """Requests in their order over one data set, each with what its answer must be."""

    data: Data
    exchanges: tuple[tuple[Request, Expected], ...]

    @property
    def is_update(self) -> bool:
        """Tell whether a test of the protocol is of updates: its name alone says so."""
        return "update" in self.iri.rpartition("#")[2]

    @property
    def changes(self) -> bool:
        """Tell whether the test may change the data."""
        return self.is_update or self.suite != "protocol"


@dataclass(frozen=True, slots=True)
class DescriptionCase(Case):
    """A test of the service description, told by its name alone."""


def cases(folder: Path) -> tuple[Case, ...]:
    """Return every test of the suite in a folder that is run, in the order of folders and manifests."""
    manifests = sorted(folder.glob("*/manifest*.ttl"))
    kept = [path for path in manifests if path.parent.name not in _LEFT_OUT]
    assert kept, f"{folder} holds no manifest of the suite"
    return tuple(case for path in kept for case in _cases(path))


def _cases(path: Path) -> Iterator[Case]:
    directory = path.parent.name
    graph = Graph().parse(path, format="turtle", publicID=f"{BASE}{directory}/{path.name}")
    for head in graph.objects(None, MF.entries):
        for test in _list(graph, head):
            yield _case(graph, test, directory)


def _case(graph: Graph, test: Node, directory: str) -> Case:
    kind = str(graph.value(test, RDF.type)).removeprefix(str(MF))
    iri = str(test)
    action = graph.value(test, MF.action)
    match kind:
        case "QueryEvaluationTest" | "CSVResultFormatTest":
            suite = "results" if directory in _FORMATS else "query"
            return QueryCase(
                iri,
                "federation" if directory in _FEDERATED else suite,
                str(graph.value(action, QT.query)),
                _data(graph, action, QT),
                str(graph.value(test, MF.result)),
                graph.value(test, MF.resultCardinality) == MF.LaxCardinality,
                _services(graph, action),
            )
        case "UpdateEvaluationTest":
            request = str(graph.value(action, UT.request))
            after = _data(graph, graph.value(test, MF.result), UT)
            return UpdateCase(iri, "update", request, _data(graph, action, UT), after)
        case "ProtocolTest" | "GraphStoreProtocolTest":
            requests = _list(graph, graph.value(action, HT.requests))
            exchanges = tuple(_exchange(graph, each) for each in requests)
            return ExchangeCase(iri, directory, _data(graph, test, UT), exchanges)
        case "ServiceDescriptionTest":
            return DescriptionCase(iri, directory)
        case _ if "SyntaxTest" in kind or kind.endswith("SyntaxTest11"):
            suite = "federation" if directory in _FEDERATED else "syntax"
            return SyntaxCase(iri, suite, str(action), kind.startswith("Positive"))
    raise AssertionError(f"{iri}: a kind of test that the runner does not know: {kind}")


def _data(graph: Graph, node: Node | None, words: Namespace) -> Data:
    named: list[tuple[str, str]] = []
    for found in graph.objects(node, words.graphData):
        if isinstance(found, URIRef):
            named.append((str(found), str(found)))
        else:
            named.append((str(graph.value(found, RDFS.label)), str(graph.value(found, words.graph))))
    return Data(tuple(sorted(map(str, graph.objects(node, words.data)))), tuple(sorted(named)))


def _services(graph: Graph, action: Node | None) -> tuple[tuple[str, str], ...]:
    found = graph.objects(action, QT.serviceData)
    return tuple(sorted((str(graph.value(f, QT.endpoint)), str(graph.value(f, QT.data))) for f in found))


def _exchange(graph: Graph, node: Node) -> tuple[Request, Expected]:
    body = graph.value(node, HT.body)
    request = Request(
        str(graph.value(node, HT.methodName)),
        str(graph.value(node, HT.absolutePath)),
        _headers(graph, node),
        None if body is None else _text(graph, body).encode(str(graph.value(body, CNT.characterEncoding))),
    )
    answer = graph.value(node, HT.resp)
    body = graph.value(answer, HT.body)
    truth = graph.value(answer, MF.expectedBoolean)
    return request, Expected(
        frozenset(_status(status) for status in graph.objects(answer, MF.expectedStatus)),
        _plain(graph, answer, MF.expectedFormat),
        None if truth is None else str(truth) == "true",
        _headers(graph, answer).get("content-type", ""),
        "" if body is None else _text(graph, body),
        _plain(graph, answer, MF.expectedLocation),
    )


def _plain(graph: Graph, node: Node | None, word: URIRef) -> str:
    found = graph.value(node, word)
    return "" if found is None else str(found)


def _text(graph: Graph, body: Node) -> str:
    return str(graph.value(body, CNT.chars))


def _headers(graph: Graph, node: Node | None) -> dict[str, str]:
    return {
        str(graph.value(each, HT.fieldName)): str(graph.value(each, HT.fieldValue))
        for each in _list(graph, graph.value(node, HT.headers))
    }


def _list(graph: Graph, head: Node | None) -> tuple[Node, ...]:
    """Return what an RDF list holds; nothing where there is none."""
    return () if head is None else tuple(Collection(graph, head))


_NAMED_STATUSES: Final = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}


def _status(term: Node) -> str:
    name = str(term).rpartition("#")[2]
    return _NAMED_STATUSES.get(name) or name.removeprefix("StatusCode")
