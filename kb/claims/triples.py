"""A claim as triples: a node that asserts nothing, with slot nodes and evidence selectors of its own."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kb.claims.stored import StoredClaim
from kb.edtf_bounds import is_valid
from kb.errors import BadArticle
from kb.records import Article, Claim, Ref
from kb.terms import RDF_TYPE, Triple, decimal, integer, iri, lg, state, text

CONTEXT = 32
"""How many characters before and after a quote its selector repeats."""

SOURCES = {"claimSpeaker": "speaker", "claimVia": "via"}
"""Property that holds the entity -> field; the same property with "Name" behind holds the name."""

TEXTS = {
    "claimTime": "edtf",
    "timeBasis": "basis",
    "timePhrase": "time_phrase",
    "rule": "rule",
    "claimStage": "stage",
    "claimVehicle": "vehicle",
    "claimQuantity": "quantity",
    "claimMedium": "medium",
    "claimDetail": "detail",
}
"""Property of strings -> field."""

LISTS = {"extractor": "extractors", "otherReading": "other_readings"}
"""Property of strings, of which there may be several -> field."""


def claim_node(claim: str) -> NamedNode:
    """Return the node of a claim's identifier."""
    return iri(f"claim:{claim}")


def article_node(article: str) -> NamedNode:
    """Return the node of an article's identifier; it names the article's graph too."""
    return iri(f"art:{article}")


def to_triples(stored: StoredClaim, article: Article) -> list[Triple]:
    """Return what the article's graph holds of a claim.

    Raises BadArticle where the claim's quote does not stand at its span in the article's text, or its date
    is not EDTF.
    """
    claim = stored.claim
    if claim.edtf is not None and not is_valid(claim.edtf):
        raise BadArticle(
            f"claim {claim.id} is dated {claim.edtf!r}, which is not EDTF",
            place=article.doc,
            repair="Write dates like 2023-09-15, 2023-09, 2002 or 195X",
        )
    if article.text[claim.start : claim.end] != claim.quote:
        raise BadArticle(
            f"claim {claim.id} quotes what does not stand at {claim.start}:{claim.end}",
            place=article.doc,
            repair="Read the article again; offsets count code points of the stored text",
        )
    return [*_statements(stored), *_slots(claim), *_evidence(claim, article.text)]


def _statements(stored: StoredClaim) -> Iterator[Triple]:
    claim = stored.claim
    node = claim_node(claim.id)

    def say(name: str, value: NamedNode | Literal) -> Triple:
        return Triple(node, lg(name), value)

    yield Triple(node, RDF_TYPE, lg("Claim"))
    yield say("claimType", lg(claim.type.value))
    yield say("inArticle", article_node(claim.article))
    yield say("quote", text(claim.quote))
    yield say("start", integer(claim.start))
    yield say("end", integer(claim.end))
    yield say("modality", lg("modality" + claim.modality.value.capitalize()))
    yield say("polarity", lg("polarity" + claim.polarity.value.capitalize()))
    yield say("confidence", decimal(claim.confidence))
    yield say("tier", text(claim.tier.value))
    yield say("reviewState", lg(stored.review.value))
    yield say("run", iri(f"run:{stored.run}"))
    if claim.country:
        yield say("claimCountry", state(claim.country))
    for name, field in TEXTS.items():
        if value := getattr(claim, field):
            yield say(name, text(value))
    for name, field in LISTS.items():
        yield from (say(name, text(value)) for value in getattr(claim, field))
    for name, field in SOURCES.items():
        if ref := getattr(claim, field):
            yield say(name + "Name", text(ref.name))
            if ref.iri:
                yield say(name, iri(ref.iri))


def _slots(claim: Claim) -> Iterator[Triple]:
    singles = {"place": claim.place, "facility": claim.facility, "office": claim.office}
    filled = {
        "agents": claim.agents,
        "counterparts": claim.counterparts,
        "companions": claim.companions,
        "items": claim.items,
        "agentStates": tuple(Ref(code, state(code).value) for code in claim.agent_states),
        "counterpartStates": tuple(Ref(code, state(code).value) for code in claim.counterpart_states),
        **{role: (ref,) for role, ref in singles.items() if ref},
    }
    for role, refs in filled.items():
        for order, ref in enumerate(refs):
            yield from _slot(claim, role, order, ref)


def _slot(claim: Claim, role: str, order: int, ref: Ref) -> Iterator[Triple]:
    node = iri(f"slot:{claim.id}-{role}-{order}")
    yield Triple(claim_node(claim.id), lg("hasSlot"), node)
    yield Triple(node, RDF_TYPE, lg("Slot"))
    yield Triple(node, lg("slotRole"), text(role))
    yield Triple(node, lg("slotOrder"), integer(order))
    yield Triple(node, lg("slotName"), text(ref.name))
    if ref.iri:
        yield Triple(node, lg("slotEntity"), iri(ref.iri))


def _evidence(claim: Claim, stored: str) -> Iterator[Triple]:
    """Yield the selectors of the Web Annotation model (https://www.w3.org/TR/annotation-model/#selectors)."""
    node = iri(f"evi:{claim.id}")
    yield Triple(claim_node(claim.id), lg("hasEvidence"), node)
    for kind in ("lg:Evidence", "oa:TextPositionSelector", "oa:TextQuoteSelector"):
        yield Triple(node, RDF_TYPE, iri(kind))
    yield Triple(node, iri("oa:start"), integer(claim.start))
    yield Triple(node, iri("oa:end"), integer(claim.end))
    yield Triple(node, iri("oa:exact"), text(claim.quote))
    yield Triple(node, iri("oa:prefix"), text(stored[max(0, claim.start - CONTEXT) : claim.start]))
    yield Triple(node, iri("oa:suffix"), text(stored[claim.end : claim.end + CONTEXT]))
