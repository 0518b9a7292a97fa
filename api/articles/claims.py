"""An article and its claims, as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pyoxigraph import NamedNode

from api.presentation.privacy import held_back
from api.querying.rows import Texts, texts
from kb.errors import NotFound
from kb.namespaces import LG, PREFIXES
from kb.store import Store

_HEAD: Final = """
SELECT ?title ?doc ?outlet ?outlet_iri ?published ?note ?copy_of ?retracted ?reason ?text WHERE {
  ?article lg:doc ?doc ; lg:outletName ?outlet .
  OPTIONAL { ?article dct:title ?title }
  OPTIONAL { ?article lg:outlet ?outlet_iri }
  OPTIONAL { ?article lg:published ?published }
  OPTIONAL { ?article lg:sourceNote ?note }
  OPTIONAL { ?article lg:copyOf ?copy_of }
  OPTIONAL { ?article lg:retractedOn ?retracted }
  OPTIONAL { ?article lg:retractionReason ?reason }
  OPTIONAL { GRAPH g:texts { ?article lg:storedText ?text } }
} LIMIT 1
"""
_CLAIMS: Final = """
SELECT ?claim ?type ?quote ?start ?end ?speaker ?via ?modality ?polarity ?when ?basis ?phrase ?review WHERE {
  ?claim lg:inArticle ?article ; lg:claimType ?type ; lg:quote ?quote ; lg:start ?start ; lg:end ?end ;
    lg:modality ?modality ; lg:polarity ?polarity .
  OPTIONAL { ?claim lg:claimSpeakerName ?speaker }
  OPTIONAL { ?claim lg:claimViaName ?via }
  OPTIONAL { ?claim lg:claimTime ?when }
  OPTIONAL { ?claim lg:timeBasis ?basis }
  OPTIONAL { ?claim lg:timePhrase ?phrase }
  OPTIONAL { ?claim lg:reviewState ?review }
} ORDER BY ?start ?end ?type ?claim
"""
_SLOTS: Final = """
SELECT ?claim ?role ?order ?name ?entity WHERE {
  ?claim lg:inArticle ?article ; lg:hasSlot ?slot .
  ?slot lg:slotRole ?role ; lg:slotName ?name .
  OPTIONAL { ?slot lg:slotOrder ?order }
  OPTIONAL { ?slot lg:slotEntity ?entity }
} ORDER BY ?claim ?role ?order
"""
ROLES: Final = ("agents", "counterparts", "companions", "facility", "place", "items", "office")
"""In the order in which a page lists them; the states behind them are left to the data."""


@dataclass(frozen=True, slots=True)
class Head:
    """An article, as its page shows it."""

    iri: str
    title: str
    outlet: str
    outlet_iri: str
    published: str
    note: str
    copy_of: str
    retracted: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a slot of a claim."""

    role: str
    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim, as the page of its article shows it."""

    iri: str
    number: int
    type: str
    quote: str
    start: int
    end: int
    speaker: str
    via: str
    modality: str
    polarity: str
    when: str
    basis: str
    phrase: str
    review: str
    fillers: tuple[Filler, ...]

    @property
    def name(self) -> str:
        """Return the local name, which is its anchor."""
        return self.iri.removeprefix(PREFIXES["claim"])

    @property
    def roles(self) -> tuple[tuple[str, tuple[Filler, ...]], ...]:
        """Return the fillers of each role together, under its name: "agents", or "agent" for one alone."""
        grouped = (
            (role, tuple(held)) for role, held in groupby(self.fillers, key=lambda filler: filler.role)
        )
        return tuple((role if len(held) > 1 else role.removesuffix("s"), held) for role, held in grouped)


def head_of(store: Store, iri: str) -> Head:
    """Return an article with its stored text. Raises NotFound."""
    found = texts(store, _HEAD, article=NamedNode(iri))
    if not found:
        raise NotFound("there is no such article", place=iri.removeprefix(PREFIXES["art"]))
    said = found[0]
    return Head(
        iri=iri,
        title=said.get("title") or _first_line(said.get("text", "")) or said["doc"],
        outlet=said["outlet"],
        outlet_iri=said.get("outlet_iri", ""),
        published=said.get("published", ""),
        note=said.get("note", ""),
        copy_of=said.get("copy_of", ""),
        retracted=said.get("retracted", ""),
        reason=said.get("reason", ""),
        text=said.get("text", ""),
    )


def claims_of(store: Store, article: str) -> list[ShownClaim]:
    """Return an article's claims in the order of the text, without those that await review."""
    found = texts(store, _CLAIMS, article=NamedNode(article))
    held = held_back(store, [said["claim"] for said in found])
    fillers: dict[str, list[Filler]] = {}
    for said in texts(store, _SLOTS, article=NamedNode(article)):
        filler = Filler(said["role"], said["name"], said.get("entity", ""))
        fillers.setdefault(said["claim"], []).append(filler)
    shown = [said for said in found if said["claim"] not in held]
    return [
        _claim(number, said, _ordered(fillers.get(said["claim"], ())))
        for number, said in enumerate(shown, start=1)
    ]


def _claim(number: int, said: Texts, fillers: tuple[Filler, ...]) -> ShownClaim:
    return ShownClaim(
        iri=said["claim"],
        number=number,
        type=said["type"].removeprefix(LG),
        quote=said["quote"],
        start=int(said["start"]),
        end=int(said["end"]),
        speaker=said.get("speaker", ""),
        via=said.get("via", ""),
        modality=said["modality"].removeprefix(LG + "modality").lower(),
        polarity=said["polarity"].removeprefix(LG + "polarity").lower(),
        when=said.get("when", ""),
        basis=said.get("basis", ""),
        phrase=said.get("phrase", ""),
        review=said.get("review", "").removeprefix(LG).lower(),
        fillers=fillers,
    )


def _ordered(fillers: Sequence[Filler]) -> tuple[Filler, ...]:
    listed = [filler for filler in fillers if filler.role in ROLES]
    return tuple(sorted(listed, key=lambda filler: ROLES.index(filler.role)))


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
