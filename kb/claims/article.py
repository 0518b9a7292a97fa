"""What the store says of an article: metadata beside its claims, and its text in a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from kb.claims.triples import article_node
from kb.records import Article
from kb.terms import RDF_TYPE, Triple, day, iri, lg, local, text


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What is known about an article beside its text and its claims."""

    id: str
    doc: str
    outlet: str
    published: date | None
    sha256: str
    outlet_iri: str | None = None
    """The outlet's organisation, where the name is known."""
    title: str = ""
    source_note: str = ""
    copy_of: str | None = None
    run: str = ""
    """Version of the reader that read it last."""
    retracted_on: date | None = None
    retraction_reason: str = ""


def head_of(article: Article, *, outlet_iri: str | None, run: str) -> ArticleHead:
    """Return what is kept about an article as it is taken in."""
    return ArticleHead(
        id=article.id,
        doc=article.doc,
        outlet=article.outlet,
        published=article.published,
        sha256=article.sha256,
        outlet_iri=outlet_iri,
        title=article.title,
        source_note=article.source_note,
        copy_of=article.copy_of,
        run=run,
    )


def head_triples(head: ArticleHead) -> list[Triple]:
    """Return the article's metadata, and its run, as triples."""
    node = article_node(head.id)
    triples = [
        *run_triples(head.run),
        Triple(node, RDF_TYPE, lg("Article")),
        Triple(node, lg("doc"), text(head.doc)),
        Triple(node, lg("outletName"), text(head.outlet)),
        Triple(node, lg("sha256"), text(head.sha256)),
        Triple(node, lg("run"), iri(f"run:{head.run}")),
    ]
    maybe = {
        lg("outlet"): iri(head.outlet_iri) if head.outlet_iri else None,
        lg("published"): day(head.published) if head.published else None,
        iri("dct:title"): text(head.title) if head.title else None,
        lg("sourceNote"): text(head.source_note) if head.source_note else None,
        lg("copyOf"): article_node(head.copy_of) if head.copy_of else None,
        lg("retractedOn"): day(head.retracted_on) if head.retracted_on else None,
        lg("retractionReason"): text(head.retraction_reason) if head.retraction_reason else None,
    }
    return triples + [Triple(node, name, value) for name, value in maybe.items() if value is not None]


def run_triples(version: str) -> list[Triple]:
    """Return a run of the reader as triples; its version must be fit for an IRI."""
    run = iri(f"run:{version}")
    return [Triple(run, RDF_TYPE, lg("Run")), Triple(run, lg("readerVersion"), text(version))]


def text_triple(article: Article) -> Triple:
    """Return what graph g:texts holds of an article: its stored text, to the character."""
    return Triple(article_node(article.id), lg("storedText"), text(article.text))


def heads_from(triples: Iterable[Triple]) -> list[ArticleHead]:
    """Return the articles that triples describe, by identifier."""
    found: dict[NamedNode, dict[str, str]] = {}
    articles = set()
    for subject, predicate, value in triples:
        if isinstance(subject, NamedNode):
            found.setdefault(subject, {})[local(predicate)] = value.value
            if predicate == RDF_TYPE and value == lg("Article"):
                articles.add(subject)
    return [_head(node, found[node]) for node in sorted(articles, key=lambda node: node.value)]


def _head(node: NamedNode, said: dict[str, str]) -> ArticleHead:
    def on(name: str) -> date | None:
        return date.fromisoformat(said[name]) if name in said else None

    return ArticleHead(
        id=local(node),
        doc=said["doc"],
        outlet=said["outletName"],
        published=on("published"),
        sha256=said["sha256"],
        outlet_iri=said.get("outlet"),
        title=said.get("title", ""),
        source_note=said.get("sourceNote", ""),
        copy_of=local(iri(said["copyOf"])) if "copyOf" in said else None,
        run=local(iri(said["run"])),
        retracted_on=on("retractedOn"),
        retraction_reason=said.get("retractionReason", ""),
    )
