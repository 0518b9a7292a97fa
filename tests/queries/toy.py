"""A tiny invented base: entities and events from toy.trig, claims written as the project writes them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kb.claims import Review, StoredClaim, head_of, head_triples, text_triple, to_triples
from kb.namespaces import expand
from kb.records import Article, Claim, ClaimType, Modality, Polarity, Ref
from kb.store import GraphChange, Store, open_store

HERALD_TEXT: Final = (
    "Ada Moor, the president of Alpinia, toured the Kestrel Works on Friday with president Bo Lund and "
    "the mayor, Cy Reed.\n\n"
    "Lund said that her father, Abel Moor, had seen the works in 2002. She will visit Port Sol on "
    "Sunday, Lund told Channel B. Some officials fear that Alpinia may send shells to Bothnia. “Ada "
    "Moor met Bo Lund on Wednesday,” a reader recalls. She stopped at a station & left <soon>. As a "
    "student she saw the works in 2005. The works build the K-9. Lund has asked her to meet again.\n"
)
POST_TEXT: Final = (
    "Moor toured the works, a spokesman says. Bothnia denies that Moor toured the works. "
    "A trader, Dee Fox, may have sold rifles to Bothnia.\n"
)
OLD_TEXT: Final = (
    "Abel Moor will visit Port Sol this year. Later: Abel Moor landed in Port Sol on 4 May. "
    "In 2002 he is to see the Shire.\n"
)

ADA, ABEL, BO, CY, FOX = (
    Ref(name, expand(f"person:{local}"))
    for name, local in (
        ("Ada Moor", "ada-moor"),
        ("Abel Moor", "abel-moor"),
        ("Bo Lund", "bo-lund"),
        ("Cy Reed", "cy-reed"),
        ("Dee Fox", "x-fox"),
    )
)
WORKS: Final = Ref("Kestrel Works", expand("fac:kestrel-works"))
PORT: Final = Ref("Port Sol", expand("place:port-sol"))
ALPINIA: Final = Ref("Alpinia", expand("state:XAL"))
BOTHNIA: Final = Ref("Bothnia", expand("state:XBO"))


def article(name: str, text: str, outlet: str, published: date) -> Article:
    return Article(
        name, name, text, outlet, published, hashlib.sha256(text.encode()).hexdigest(), title=f"The {name}"
    )


HERALD: Final = article("herald", HERALD_TEXT, "Northern Herald", date(2023, 9, 15))
POST: Final = article("post", POST_TEXT, "Southern Post", date(2023, 9, 16))
OLD: Final = article("old", OLD_TEXT, "Old Gazette", date(2001, 2, 1))


def said(where: Article, name: str, kind: ClaimType, quote: str, **more: object) -> tuple[Claim, Article]:
    """Return a claim on the words ``quote`` of an article; its identifier is its name here."""
    start = where.text.index(quote)
    claim = Claim(name, where.id, where.doc, kind, quote, start, start + len(quote), **more)  # type: ignore[arg-type]
    return claim, where


V, PLANNED, FEARED = ClaimType.VISIT, Modality.PLANNED, Modality.SPECULATED
CLAIMS: Final = (
    said(HERALD, "tour", V,
         "toured the Kestrel Works on Friday with president Bo Lund and the mayor, Cy Reed",
         agents=(ADA, BO), companions=(CY,), facility=WORKS, edtf="2023-09-15", basis="weekday"),
    said(HERALD, "mayor", ClaimType.OFFICE, "the mayor, Cy Reed", agents=(CY,)),
    said(HERALD, "father", V, "her father, Abel Moor, had seen the works in 2002",
         agents=(ABEL,), facility=WORKS, edtf="2002", basis="explicit", speaker=BO),
    said(HERALD, "plan", V, "She will visit Port Sol on Sunday", agents=(ADA,), place=PORT, edtf="2023-09-17",
         modality=PLANNED, speaker=BO, via=Ref("Channel B")),
    said(HERALD, "shells", ClaimType.TRANSFER, "Alpinia may send shells to Bothnia", agents=(ALPINIA,),
         counterparts=(BOTHNIA,), items=(Ref("shells", expand("hw:shells")),), modality=FEARED,
         speaker=Ref("Some officials")),
    said(HERALD, "talks", ClaimType.MEETING, "Ada Moor met Bo Lund on Wednesday", agents=(ADA, BO),
         edtf="2023-09-13", basis="weekday"),
    said(HERALD, "stop", V, "She stopped at a station & left <soon>", agents=(ADA,),
         facility=Ref("railway station in Kestrel", expand("fac:x-station")), edtf="2022"),
    said(HERALD, "young", V, "As a student she saw the works in 2005",
         agents=(ADA,), facility=WORKS, edtf="2005"),
    said(HERALD, "makes", ClaimType.PRODUCTION, "The works build the K-9", agents=(WORKS,), facility=WORKS,
         items=(Ref("K-9", expand("hw:k-9")),)),
    said(HERALD, "invited", ClaimType.MEETING, "Lund has asked her to meet again", agents=(ADA, BO),
         modality=Modality.REQUESTED),
    said(POST, "tour-again", V, "Moor toured the works, a spokesman says", agents=(ADA,), facility=WORKS,
         edtf="2023-09-15", speaker=Ref("a spokesman")),
    said(POST, "denial", V, "Bothnia denies that Moor toured the works", agents=(ADA,), facility=WORKS,
         polarity=Polarity.NEGATED, speaker=BOTHNIA),
    said(POST, "rifles", ClaimType.TRANSFER, "A trader, Dee Fox, may have sold rifles to Bothnia",
         agents=(FOX,), counterparts=(BOTHNIA,), items=(Ref("rifles"),), modality=FEARED),
    said(OLD, "plan-met", V, "Abel Moor will visit Port Sol this year", agents=(ABEL,),
         place=PORT, edtf="2001", modality=PLANNED),
    said(OLD, "plan-shire", V, "In 2002 he is to see the Shire", agents=(ABEL,),
         place=Ref("The Shire", expand("region:shire")), edtf="2002", modality=PLANNED),
    said(OLD, "port", ClaimType.ARRIVAL, "Abel Moor landed in Port Sol on 4 May", agents=(ABEL,), place=PORT,
         edtf="2001-05-04"),
)  # fmt: skip


def graphs() -> dict[NamedNode, set[Triple]]:
    """Return the whole base, by owning graph."""
    found: dict[NamedNode, set[Triple]] = defaultdict(set)
    for quad in parse(path=Path(__file__).with_name("toy.trig"), format=RdfFormat.TRIG):
        assert isinstance(quad.graph_name, NamedNode)
        found[quad.graph_name].add(quad.triple)
    for where in (HERALD, POST, OLD):
        found[NamedNode(expand(f"art:{where.id}"))] |= set(
            head_triples(head_of(where, outlet_iri=None, run="toy"))
        )
        found[NamedNode(expand("g:texts"))].add(text_triple(where))
    for claim, where in CLAIMS:
        stored = StoredClaim(claim, Review.UNREVIEWED, "toy")
        found[NamedNode(expand(f"art:{where.id}"))] |= set(to_triples(stored, where))
    return found


def toy_store(folder: Path) -> Store:
    """Return an embedded store, in a folder, that holds the toy base. The caller closes it."""
    store = open_store(str(folder))
    store.commit([GraphChange(name, frozenset(triples)) for name, triples in graphs().items()])
    return store
