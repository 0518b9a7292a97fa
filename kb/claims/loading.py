"""Triples back into claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode
from pyoxigraph import Triple as TripleTerm

from kb.claims.stored import Review, StoredClaim
from kb.namespaces import LG
from kb.records import Claim, ClaimType, Modality, Polarity, Ref, Tier
from kb.terms import RDF_TYPE, Triple, lg, local

CHUNK = 200
"""How many claims one query asks for."""

Value = NamedNode | BlankNode | Literal | TripleTerm


class Selects(Protocol):
    """Whatever answers a SELECT query with rows, all of them: a store, as a function."""

    def __call__(self, query: str, /) -> Iterable[Sequence[Value | None]]: ...


def load_claims(select: Selects, nodes: Iterable[NamedNode]) -> list[StoredClaim]:
    """Return the claims of these nodes, by identifier; a node that is no claim is left out."""
    wanted = sorted({node.value for node in nodes})
    triples: list[Triple] = []
    for first in range(0, len(wanted), CHUNK):
        some = " ".join(f"<{node}>" for node in wanted[first : first + CHUNK])
        triples += [Triple(*row) for row in select(_QUERY.replace("$claims", some))]  # type: ignore[arg-type]
    return from_triples(triples)


_QUERY = f"""
SELECT DISTINCT ?s ?p ?o WHERE {{
  VALUES ?claim {{ $claims }}
  {{ ?claim ?p ?o BIND(?claim AS ?s) }}
  UNION {{ ?claim <{LG}hasSlot> ?s . ?s ?p ?o }}
  UNION {{ ?claim <{LG}inArticle> ?s . ?s <{LG}doc> ?o BIND(<{LG}doc> AS ?p) }}
}}"""


def from_triples(triples: Iterable[Triple]) -> list[StoredClaim]:
    """Return the claims that triples hold, by identifier.

    The triples are those of the claims, of their slots, and the ``lg:doc`` of their articles.
    """
    said = _Said(triples)
    claims = [node for node, types in said.types() if lg("Claim") in types]
    return [_stored(said, node) for node in sorted(claims, key=lambda node: node.value)]


class _Said:
    """What triples say, by subject and by local name of the property."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._values: dict[NamedNode, dict[NamedNode, list[Value]]] = {}
        for subject, predicate, value in triples:
            if isinstance(subject, NamedNode):
                self._values.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def types(self) -> Iterator[tuple[NamedNode, list[Value]]]:
        return ((node, said.get(RDF_TYPE, [])) for node, said in self._values.items())

    def nodes(self, node: NamedNode, name: str) -> list[NamedNode]:
        found = self._values.get(node, {}).get(lg(name), [])
        return [value for value in found if isinstance(value, NamedNode)]

    def text(self, node: NamedNode, name: str) -> str:
        found = self._values.get(node, {}).get(lg(name), [])
        return next((value.value for value in found if isinstance(value, Literal)), "")

    def texts(self, node: NamedNode, name: str) -> tuple[str, ...]:
        found = self._values.get(node, {}).get(lg(name), [])
        return tuple(sorted(value.value for value in found if isinstance(value, Literal)))

    def local_name(self, node: NamedNode, name: str) -> str:
        return next((local(value) for value in self.nodes(node, name)), "")


def _stored(said: _Said, node: NamedNode) -> StoredClaim:
    return StoredClaim(
        claim=_claim(said, node, _slots(said, node)),
        review=Review(said.local_name(node, "reviewState")),
        run=said.local_name(node, "run"),
    )


def _slots(said: _Said, node: NamedNode) -> dict[str, tuple[Ref, ...]]:
    found: dict[str, list[tuple[int, Ref]]] = {}
    for slot in said.nodes(node, "hasSlot"):
        entity = next(iter(said.nodes(slot, "slotEntity")), None)
        ref = Ref(said.text(slot, "slotName"), entity.value if entity else None)
        found.setdefault(said.text(slot, "slotRole"), []).append((int(said.text(slot, "slotOrder")), ref))
    return {
        role: tuple(ref for _, ref in sorted(refs, key=lambda each: each[0])) for role, refs in found.items()
    }


def _claim(said: _Said, node: NamedNode, slots: dict[str, tuple[Ref, ...]]) -> Claim:
    article = said.nodes(node, "inArticle")[0]

    def one(role: str) -> Ref | None:
        return next(iter(slots.get(role, ())), None)

    def states(role: str) -> tuple[str, ...]:
        return tuple(ref.name for ref in slots.get(role, ()))

    return Claim(
        id=local(node),
        article=local(article),
        doc=said.text(article, "doc"),
        type=ClaimType(said.local_name(node, "claimType")),
        quote=said.text(node, "quote"),
        start=int(said.text(node, "start")),
        end=int(said.text(node, "end")),
        agents=slots.get("agents", ()),
        agent_states=states("agentStates"),
        counterparts=slots.get("counterparts", ()),
        counterpart_states=states("counterpartStates"),
        companions=slots.get("companions", ()),
        place=one("place"),
        facility=one("facility"),
        country=said.local_name(node, "claimCountry") or None,
        items=slots.get("items", ()),
        office=one("office"),
        edtf=said.text(node, "claimTime") or None,
        basis=said.text(node, "timeBasis"),
        time_phrase=said.text(node, "timePhrase"),
        modality=Modality(said.local_name(node, "modality").removeprefix("modality").lower()),
        polarity=Polarity(said.local_name(node, "polarity").removeprefix("polarity").lower()),
        speaker=_source(said, node, "claimSpeaker"),
        via=_source(said, node, "claimVia"),
        tier=Tier(said.text(node, "tier")),
        confidence=float(said.text(node, "confidence")),
        rule=said.text(node, "rule"),
        stage=said.text(node, "claimStage"),
        vehicle=said.text(node, "claimVehicle"),
        quantity=said.text(node, "claimQuantity"),
        medium=said.text(node, "claimMedium"),
        detail=said.text(node, "claimDetail"),
        extractors=said.texts(node, "extractor"),
        other_readings=said.texts(node, "otherReading"),
    )


def _source(said: _Said, node: NamedNode, name: str) -> Ref | None:
    label = said.text(node, name + "Name")
    entity = next(iter(said.nodes(node, name)), None)
    return Ref(label, entity.value if entity else None) if label else None
