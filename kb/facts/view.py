"""What a store already holds around some claims: the questions that a small change has to ask first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pyoxigraph import NamedNode

from kb.claims import ArticleHead, StoredClaim, article_node, claim_node, heads_from, load_claims
from kb.namespaces import sparql_prologue
from kb.store import Limits, Store, Term
from kb.terms import Triple, text

CHUNK = 200
"""How many values one query carries."""
ALL = Limits(seconds=600, rows=20_000_000, bytes=2**40)
"""These are the writer's own questions: a cut answer would lose facts."""

Row = Sequence[Term | None]


class View:
    """The state of a store before a change, read in bounded questions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def select(self, query: str) -> Iterable[Row]:
        """Return all rows of a SELECT query; the project's prefixes are declared."""
        return self._store.select(sparql_prologue() + query, limits=ALL).rows

    def over(self, query: str, values: Iterable[object]) -> Iterator[Row]:
        """Yield the rows of a query over many values, which stand for ``$values`` in it."""
        waiting = iter(sorted(str(value) for value in set(values)))
        while some := list(islice(waiting, CHUNK)):
            yield from self.select(query.replace("$values", " ".join(some)))

    def families_matching(self, matches: Iterable[str]) -> set[str]:
        """Return the families of the claims that a denial with one of these match keys speaks of."""
        query = """SELECT DISTINCT ?family WHERE { VALUES ?match { $values }
            GRAPH g:meta { ?claim lg:matchKey ?match ; lg:familyKey ?family } }"""
        return {_value(row[0]) for row in self.over(query, map(text, matches))}

    def claims_of(self, families: Iterable[str]) -> set[NamedNode]:
        """Return the claims of some families."""
        query = """SELECT DISTINCT ?claim WHERE { VALUES ?family { $values }
            GRAPH g:meta { ?claim lg:familyKey ?family } }"""
        return {_node(row[0]) for row in self.over(query, map(text, families))}

    def denials_of(self, matches: Iterable[str]) -> set[NamedNode]:
        """Return the claims that deny what has one of these match keys."""
        query = """SELECT DISTINCT ?claim WHERE { VALUES ?match { $values }
            GRAPH g:meta { ?claim lg:matchKey ?match FILTER NOT EXISTS { ?claim lg:familyKey ?family } } }"""
        return {_node(row[0]) for row in self.over(query, map(text, matches))}

    def claims(self, nodes: Iterable[NamedNode]) -> list[StoredClaim]:
        """Return the claims of these nodes."""
        return load_claims(self.select, nodes)

    def heads(self, articles: Iterable[str]) -> dict[str, ArticleHead]:
        """Return the articles of these identifiers and those that they copy, as far as the store has them."""
        found = self._heads(articles)
        copied = {head.copy_of for head in found.values() if head.copy_of} - found.keys()
        return found | self._heads(copied)

    def _heads(self, articles: Iterable[str]) -> dict[str, ArticleHead]:
        query = "SELECT ?s ?p ?o WHERE { VALUES ?s { $values } ?s ?p ?o }"
        rows = self.over(query, map(article_node, articles))
        return {head.id: head for head in heads_from(Triple(*row) for row in rows)}  # type: ignore[arg-type]

    def families_of_visits(
        self, days: Iterable[tuple[NamedNode, Term]], always: Iterable[NamedNode]
    ) -> set[str]:
        """Return the families of visits by someone on one day, or by someone at any time."""
        pattern = (
            """{ ?event lg:visitor ?person ; lg:earliest ?day ; lg:latest ?day ; lg:supportedBy ?claim }"""
        )
        some = """SELECT DISTINCT ?family WHERE { VALUES $names { $values }
            { $pattern UNION { VALUES ?g { g:prospective g:alleged g:contested } GRAPH ?g $pattern } }
            GRAPH g:meta { ?claim lg:familyKey ?family } }"""
        on_day = some.replace("$pattern", pattern).replace("$names", "(?person ?day)")
        ever = some.replace("$pattern", pattern).replace("$names", "?person")
        pairs = (f"({person} {day})" for person, day in days)
        return {
            _value(row[0]) for rows in (self.over(on_day, pairs), self.over(ever, always)) for row in rows
        }

    def tenures_of(self, persons: Iterable[NamedNode]) -> set[Triple]:
        """Return what texts say of the offices of some persons: tenures among the facts."""
        query = """SELECT ?tenure ?p ?o WHERE { VALUES ?person { $values }
            GRAPH g:facts { ?tenure lg:holder ?person ; ?p ?o } }"""
        return _triples(self.over(query, persons))

    def about_offices(self, offices: Iterable[NamedNode]) -> set[Triple]:
        """Return whose offices these are and their roles, by whatever curated data and texts say."""
        query = """SELECT ?office ?p ?o WHERE { VALUES ?office { $values }
            VALUES ?p { lg:ofState lg:officeRole } ?office ?p ?o }"""
        return _triples(self.over(query, offices))

    def standing_on(self, claims: Iterable[str]) -> dict[NamedNode, set[Triple]]:
        """Return what the derived graphs hold of the nodes that rest on some claims, by graph."""
        query = """SELECT DISTINCT ?g ?node ?p ?o WHERE { VALUES ?claim { $values }
            VALUES ?owner { g:facts g:prospective g:alleged g:contested }
            GRAPH ?owner { ?node lg:supportedBy ?claim }
            VALUES ?g { g:facts g:prospective g:alleged g:contested g:inferred }
            GRAPH ?g { ?node ?p ?o } }"""
        found: dict[NamedNode, set[Triple]] = {}
        for name, *rest in self.over(query, map(claim_node, claims)):
            found.setdefault(_node(name), set()).add(Triple(*rest))  # type: ignore[arg-type]
        return found

    def redirects(self, events: Iterable[NamedNode]) -> set[Triple]:
        """Return where these events' IRIs lead now."""
        query = """SELECT ?event ?p ?to WHERE { VALUES ?event { $values } VALUES ?p { lg:redirectedTo }
            GRAPH g:meta { ?event ?p ?to } }"""
        return _triples(self.over(query, events))

    def dyad_sizes(self, dyads: Iterable[NamedNode]) -> dict[NamedNode, int]:
        """Return how many events stand in each of some dyads, in whatever graph."""
        query = """SELECT ?dyad (COUNT(DISTINCT ?event) AS ?size) WHERE { VALUES ?dyad { $values }
            VALUES ?g { g:inferred g:prospective g:alleged g:contested }
            GRAPH ?g { ?event lg:inDyad ?dyad } } GROUP BY ?dyad"""
        return {_node(dyad): int(_value(size)) for dyad, size in self.over(query, dyads)}

    def inferred_about(self, nodes: Iterable[NamedNode]) -> set[Triple]:
        """Return what g:inferred says of some nodes."""
        query = """SELECT ?node ?p ?o WHERE { VALUES ?node { $values } GRAPH g:inferred { ?node ?p ?o } }"""
        return _triples(self.over(query, nodes))

    def described_in(self, article: str) -> set[Triple]:
        """Return what an article's graph holds, descriptions of entities among it."""
        return self._store.graph(article_node(article))


def _node(term: Term | None) -> NamedNode:
    assert isinstance(term, NamedNode)
    return term


def _value(term: Term | None) -> str:
    assert term is not None and not isinstance(term, Triple)
    return term.value


def _triples(rows: Iterable[Row]) -> set[Triple]:
    return {Triple(*row) for row in rows}  # type: ignore[arg-type]
