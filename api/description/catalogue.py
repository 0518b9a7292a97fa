"""VoID and DCAT: what data set this is, how much of what is in it, and where it can be had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from api.description.counts import Counts, counts
from api.description.graphs import is_workbench
from api.description.service import marks, node_of
from api.description.words import DCAT, FORMATS, LICENCE, MEDIA, SELF, address, say
from api.querying.service import Service, the_service
from kb.namespaces import BASE, LG, PREFIXES
from kb.pipeline.describing import REFERENCE, TEXTS
from kb.pipeline.partitions import VOID, as_void, local_name
from kb.store import Store
from kb.store.embedded import EmbeddedStore
from kb.terms import graph, integer, iri, lg, text

_TYPE: Final = "rdf:type"
_DUMPS: Final = {
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
}
_VOCABULARIES: Final = ("rdfs", "skos", "dct", "oa", "prov")
_EXAMPLES: Final = ("State", "Person", "Airport", "FighterAircraft", "Treaty", "Visit")
"""Of each of these classes one member is an example."""
_TITLE: Final = "Legation: a bilateral-relations knowledge base"
_ABOUT: Final = (
    "Facts about states, leaders, facilities and military hardware, read from articles and communiqués. "
    "Every fact leads back to the words it rests on."
)


def catalogue_triples() -> list[Triple]:
    """Return the description of this request's service as a catalogue with one data set and one service."""
    service = the_service()
    endpoint = address("/sparql")
    base = SELF + ("workbench" if is_workbench(service.store) else "base")
    found = list(_catalogue(base, endpoint))
    found += _data_set(service, base, endpoint)
    found += _counted(counts(service), base)
    found += _distributions(base, endpoint)
    if not is_workbench(service.store):
        found += say(base, VOID + "subset", REFERENCE, TEXTS)
        found += service.remembered("description: parts", _described)
    return found


def _catalogue(base: str, endpoint: str) -> Iterator[Triple]:
    catalogue, service = SELF + "catalogue", node_of(endpoint)
    yield from say(catalogue, _TYPE, DCAT + "Catalog")
    yield from say(catalogue, "dct:title", text("What is served here", "en"))
    yield from say(catalogue, DCAT + "dataset", base)
    yield from say(catalogue, DCAT + "service", service)
    yield from say(service, _TYPE, DCAT + "DataService")
    yield from say(service, "dct:title", text("SPARQL endpoint", "en"))
    yield from say(service, DCAT + "endpointURL", endpoint)
    yield from say(service, DCAT + "endpointDescription", address("/.well-known/sparql-service"))
    yield from say(service, DCAT + "servesDataset", base)
    yield from say(service, "dct:conformsTo", "http://www.w3.org/TR/sparql11-protocol/")


def _data_set(service: Service, base: str, endpoint: str) -> Iterator[Triple]:
    yield from say(base, _TYPE, VOID + "Dataset", DCAT + "Dataset")
    yield from say(base, VOID + "sparqlEndpoint", endpoint)
    yield from say(base, DCAT + "version", Literal(service.store.version()))
    changed = changed_at(service.store)
    if changed is not None:
        yield from say(base, "dct:modified", Literal(changed.isoformat(), datatype=iri("xsd:dateTime")))
    for form in _DUMPS.values():
        yield from say(base, VOID + "feature", FORMATS + form)
    if is_workbench(service.store):
        yield from say(base, "dct:title", text("A workbench: data of whoever may change it", "en"))
        return
    yield from say(base, "dct:title", text(_TITLE, "en"))
    yield from say(base, "dct:description", text(_ABOUT, "en"))
    yield from say(base, "dct:creator", Literal("The Legation contributors"))
    yield from say(base, VOID + "uriSpace", Literal(BASE))
    yield from say(base, VOID + "vocabulary", LG, *(PREFIXES[name] for name in _VOCABULARIES))
    yield from say(
        base, VOID + "exampleResource", *service.remembered("description: examples", _example_things)
    )
    for part in (REFERENCE, TEXTS):
        yield from say(part, "dct:isPartOf", base)
    yield from say(REFERENCE, "dct:license", LICENCE)


def _counted(found: Counts, base: str) -> Iterator[Triple]:
    numbers = {
        "triples": found.triples,
        "entities": found.entities,
        "distinctSubjects": found.subjects,
        "classes": len(found.classes) or None,
        "properties": len(found.properties) or None,
    }
    for name, number in numbers.items():
        if number is not None:
            yield from say(base, VOID + name, integer(number))
    yield from as_void(base, found.partitions)
    for name, number in found.properties:
        part = f"{SELF}property-{local_name(name)}"
        yield from say(base, VOID + "propertyPartition", part)
        yield from say(part, VOID + "property", name)
        yield from say(part, VOID + "triples", integer(number))
    for comment in marks(found.done, found.left_out):
        yield from say(base, "rdfs:comment", comment)


def _distributions(base: str, endpoint: str) -> Iterator[Triple]:
    """Yield one distribution for each form in which the default graph can be had whole."""
    whole = address("/graphs?default")
    for media_type, form in _DUMPS.items():
        node = f"{SELF}as-{form.lower()}"
        yield from say(base, DCAT + "distribution", node)
        yield from say(node, _TYPE, DCAT + "Distribution")
        yield from say(node, "dct:title", text(f"The default graph as {form.replace('_', '/')}", "en"))
        yield from say(node, DCAT + "accessURL", whole)
        yield from say(node, DCAT + "accessService", node_of(endpoint))
        yield from say(node, DCAT + "mediaType", MEDIA + media_type)


def _described(store: Store) -> frozenset[Triple]:
    """Return what the base itself tells of its parts: classes, properties and the classes of values."""
    return frozenset(triple for triple in store.graph(graph("description")) if _is_void(triple))


def _is_void(triple: Triple) -> bool:
    names = (triple.predicate.value, triple.subject.value if isinstance(triple.subject, NamedNode) else "")
    return any(name.startswith((VOID, "http://ldf.fi/", SELF)) for name in names)


def _example_things(store: Store) -> tuple[str, ...]:
    found = []
    for name in _EXAMPLES:
        rows = store.select("SELECT ?thing { ?thing a ?class } LIMIT 1", bindings={"class": lg(name)}).rows
        found += [row[0].value for row in rows if isinstance(row[0], NamedNode)]
    return tuple(found)


def changed_at(store: Store) -> datetime | None:
    """Return when a store in a folder was last written, None where nothing tells."""
    if not isinstance(store, EmbeddedStore):
        return None
    try:
        seconds = (store.layout.folder / "current").stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
