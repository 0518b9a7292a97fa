"""What a store already holds of plans, of the reports that may meet them, and of where their places lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from kb.facts.met import Days, kinds_met_by, kinds_that_meet, since
from kb.facts.outlines import Outline, outlines
from kb.facts.roles import ROLES
from kb.facts.view import Row, View
from kb.records import ClaimType
from kb.terms import Triple, iri, lg

_LAST_DAY = "9999-12-31"
_FIRST_DAY = "0001-01-01"


class PlanView:
    """The state of a store before a change, as far as it tells which plans were met."""

    def __init__(self, view: View) -> None:
        self._over = view.over
        self.described_in = view.described_in

    def plans_like(self, reports: Iterable[Outline]) -> list[Outline]:
        """Return the plans that dated reports may meet: same agent and kind, and a time that fits."""
        query = """SELECT DISTINCT ?plan WHERE { VALUES (?role ?agent ?kind ?began ?ended) { $values }
            GRAPH g:prospective { ?plan ?role ?agent ; lg:kind ?kind
              OPTIONAL { ?plan lg:earliest ?first } OPTIONAL { ?plan lg:latest ?last } }
            FILTER((!BOUND(?first) || ?first <= ?ended) && (!BOUND(?last) || ?last >= ?began)) }"""
        rows = (
            f"({_role(kind)} <{agent}> {lg(kind)} {_day(report.first)} {_day(report.last)})"
            for report in reports
            if report.dated
            for kind in kinds_met_by(report.kind)
            for agent in report.agents
        )
        return self.plans(_node(row[0]) for row in self._over(query, rows))

    def reports_like(self, plans: Iterable[Outline], days: Days) -> list[Outline]:
        """Return the dated reports that may meet plans: same agent, kind and place, and a time that fits."""
        query = """SELECT DISTINCT ?report WHERE { VALUES (?role ?agent ?kind ?key ?since ?until) { $values }
            ?report ?role ?agent ; lg:kind ?kind ; lg:earliest ?began ; lg:latest ?ended .
            FILTER(?ended >= ?since && ?began <= ?until)
            ?report lg:atFacility|lg:hostState|lg:inCountry|lg:counterpartState|lg:kind ?key }"""
        rows = (
            f"({_role(kind)} <{min(plan.agents)}> {lg(kind)} <{key}> {_day(since(plan, days) or _FIRST_DAY)}"
            f" {_day(plan.last or _LAST_DAY)})"
            for plan in plans
            if plan.agents
            for kind in kinds_that_meet(plan.kind)
            for key in plan.facilities or plan.hosts or {lg(kind).value}
        )
        return self.reports(_node(row[0]) for row in self._over(query, rows))

    def reports_at(self, places: Iterable[str]) -> list[Outline]:
        """Return the reports of what took place at some places or facilities themselves."""
        query = """SELECT DISTINCT ?report WHERE { VALUES ?place { $values }
            ?report lg:atFacility|lg:atPlace ?place }"""
        return self.reports(_node(row[0]) for row in self._over(query, map(iri, places)))

    def plans(self, nodes: Iterable[NamedNode]) -> list[Outline]:
        """Return these plans."""
        query = "SELECT ?plan ?p ?o WHERE { VALUES ?plan { $values } GRAPH g:prospective { ?plan ?p ?o } }"
        return outlines(_triples(self._over(query, nodes)))

    def reports(self, nodes: Iterable[NamedNode]) -> list[Outline]:
        """Return these events from among the facts."""
        query = "SELECT ?report ?p ?o WHERE { VALUES ?report { $values } ?report ?p ?o }"
        return outlines(_triples(self._over(query, nodes)))

    def days(self, plans: Iterable[Outline]) -> Days:
        """Return the days on which texts were published that tell of some plans, by claim."""
        query = """SELECT ?claim ?day WHERE { VALUES ?claim { $values }
            ?claim lg:inArticle ?article . ?article lg:published ?day }"""
        claims = (iri(claim) for plan in plans for claim in plan.claims)
        return {
            _node(claim).value: day.value
            for claim, day in self._over(query, claims)
            if isinstance(day, Literal)
        }

    def met_by(self, reports: Iterable[NamedNode]) -> set[Triple]:
        """Return what stands of plans that were met by some reports."""
        query = """SELECT ?plan ?p ?report WHERE { VALUES ?report { $values } VALUES ?p { lg:metBy }
            GRAPH g:prospective { ?plan ?p ?report } }"""
        return set(_triples(self._over(query, reports)))

    def located(self, places: Iterable[str]) -> set[Triple]:
        """Return what some places lie directly in."""
        query = """SELECT ?place ?p ?outer WHERE { VALUES ?place { $values }
            VALUES ?p { lg:locatedIn } ?place ?p ?outer }"""
        return set(_triples(self._over(query, map(iri, places))))

    def inside(self, places: Iterable[str]) -> set[str]:
        """Return what lies directly in some places."""
        query = "SELECT DISTINCT ?inner WHERE { VALUES ?place { $values } ?inner lg:locatedIn ?place }"
        return {_node(row[0]).value for row in self._over(query, map(iri, places))}

    def describing(self, place: str) -> list[str]:
        """Return the identifiers of the articles that describe a place which only texts know."""
        query = "SELECT ?article WHERE { VALUES ?place { $values } ?place dct:source ?article }"
        found = (_node(row[0]).value for row in self._over(query, [iri(place)]))
        return sorted(article.rpartition("/")[2] for article in found)


def _role(kind: str) -> NamedNode:
    return lg(ROLES[ClaimType(kind)].agents)


def _day(day: str) -> str:
    return f'"{day}"^^xsd:date'


def _node(term: object) -> NamedNode:
    assert isinstance(term, NamedNode)
    return term


def _triples(rows: Iterable[Row]) -> Iterator[Triple]:
    return (Triple(*row) for row in rows)  # type: ignore[arg-type]
