"""The SPARQL 1.1 Service Description: what the endpoint speaks, and which graphs a query can name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, Triple

from api.description.counts import counts
from api.description.graphs import MOST, is_workbench, named_graphs, takes_updates
from api.description.words import ENTAILMENT, FORMATS, SD, SELF, address, say
from api.querying.service import Service, the_service
from kb.pipeline.describing import examples, prefixes
from kb.pipeline.partitions import VOID, as_void
from kb.store.interface import MAIN
from kb.terms import integer, text

_RESULTS: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)
_INPUT: Final = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads")
_TYPE: Final = "rdf:type"


def service_triples() -> list[Triple]:
    """Return the description of the endpoint of this request's service."""
    service = the_service()
    endpoint = address("/sparql")
    found = list(_service(service, endpoint))
    found += _data_set(service, endpoint)
    if not is_workbench(service.store):
        found += [*prefixes(), *examples(endpoint)]
    return found


def node_of(endpoint: str) -> str:
    """Return the IRI of the service that answers at an address."""
    return f"{endpoint}#service"


def _service(service: Service, endpoint: str) -> Iterator[Triple]:
    node = node_of(endpoint)
    updates = takes_updates(service.store)
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if updates else ())]
    yield from say(node, _TYPE, SD + "Service")
    yield from say(node, SD + "endpoint", endpoint)
    yield from say(node, SD + "supportedLanguage", *(SD + name for name in languages))
    yield from say(node, SD + "resultFormat", *(FORMATS + name for name in _RESULTS))
    if updates:
        yield from say(node, SD + "inputFormat", *(FORMATS + name for name in _INPUT))
    if service.settings.services:
        yield from say(node, SD + "feature", SD + "BasicFederatedQuery")
    yield from say(node, SD + "defaultEntailmentRegime", ENTAILMENT + "Simple")
    yield from say(node, SD + "defaultDataset", f"{endpoint}#dataset")
    yield from say(node, "rdfs:seeAlso", address("/.well-known/void"))
    chosen = service.settings
    limits = (
        f"A query may run {chosen.query_seconds:g} s and give {chosen.query_rows} rows or "
        f"{chosen.answer_bytes} bytes; what is cut is marked."
    )
    yield from say(node, "rdfs:comment", text(limits, "en"))


def _data_set(service: Service, endpoint: str) -> Iterator[Triple]:
    node, default = f"{endpoint}#dataset", f"{endpoint}#default"
    yield from say(node, _TYPE, SD + "Dataset")
    yield from say(node, SD + "defaultGraph", default)
    yield from say(default, _TYPE, SD + "Graph", VOID + "Dataset")
    if not is_workbench(service.store):
        yield from say(default, "dct:isPartOf", SELF + "base")
        yield from _main(endpoint, default)
    yield from _counted(service, default)
    names, more = named_graphs(service)
    for number, name in enumerate(names, start=1):
        graph = f"{endpoint}#graph-{number}"
        yield from say(node, SD + "namedGraph", graph)
        yield from say(graph, _TYPE, SD + "NamedGraph")
        yield from say(graph, SD + "name", name)
    if more:
        yield from say(node, "rdfs:comment", text(f"Only the first {MOST} named graphs are told.", "en"))


def _main(endpoint: str, default: str) -> Iterator[Triple]:
    """Yield the name under which FROM takes the default graph; some editors look for partitions of names."""
    available, main = f"{endpoint}#available", f"{endpoint}#main"
    yield from say(node_of(endpoint), SD + "availableGraphs", available)
    yield from say(available, _TYPE, SD + "GraphCollection")
    yield from say(available, SD + "namedGraph", main)
    yield from say(main, _TYPE, SD + "NamedGraph")
    yield from say(main, SD + "name", MAIN.value)
    yield from say(main, SD + "graph", default)


def _counted(service: Service, node: str) -> Iterator[Triple]:
    """Yield what is counted of the default graph; where the counting goes on, that it does."""
    found = counts(service)
    if found.triples is not None:
        yield from say(node, VOID + "triples", integer(found.triples))
    yield from as_void(node, found.partitions)
    for comment in marks(found.done, found.left_out):
        yield from say(node, "rdfs:comment", comment)


def marks(done: bool, left_out: tuple[str, ...]) -> Iterator[Literal]:
    """Yield what a description says of counts that it lacks."""
    if not done:
        yield text("Counting goes on; ask again for the rest.", "en")
    if left_out:
        yield text(f"Left out, because there was too much of it: {', '.join(left_out)}.", "en")
