"""Names become curated entities where one bears them, opaque ones where none does, always the same ones."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kb.claim_id import identified
from kb.entities import resolve
from kb.namespaces import expand, shorten
from kb.records import Article, Claim, ClaimType, Ref
from kb.terms import RDF_TYPE, RDFS_LABEL, iri, lg, text

ARTICLE = Article("a" * 16, "T01", "x" * 100, "unknown", None, "b" * 64)
VISIT = Claim("", ARTICLE.id, "T01", ClaimType.VISIT, "x", 0, 1)


def one(claim: Claim) -> Claim:
    return resolve([claim], ARTICLE)[0][0]


def refs(*names: str) -> tuple[Ref, ...]:
    return tuple(Ref(name) for name in names)


def curie(ref: Ref | None) -> str | None:
    return None if ref is None or ref.iri is None else shorten(ref.iri)


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Russia", "state:RUS"),
        ("DPRK", "state:PRK"),
        ("Soviet Union", "state:SUN"),
        ("Kim Jong-un", "person:kim-jong-un"),
        ("Recep Tayyip Erdogan", "person:recep-tayyip-erdogan"),
        ("RIA Novosti", "org:ria-novosti"),
    ],
)
def test_a_known_name_in_any_spelling_is_its_entity(name: str, entity: str) -> None:
    assert curie(one(replace(VISIT, agents=refs(name))).agents[0]) == entity


def test_each_slot_takes_its_own_kind_of_thing() -> None:
    claim = one(
        replace(
            VISIT,
            agents=refs("Kim Jong Un"),
            place=Ref("Komsomolsk-on-Amur"),
            facility=Ref("Komsomolsk-on-Amur Aircraft Plant"),
            items=refs("Su-35S"),
            office=Ref("Governor of Khabarovsk Krai"),
            via=Ref("Russia 1"),
        )
    )
    assert [curie(ref) for ref in (claim.place, claim.facility, *claim.items, claim.office, claim.via)] == [
        "place:komsomolsk-on-amur",
        "fac:komsomolsk-on-amur-aircraft-plant",
        "hw:su-35s",
        "office:governor-of-khabarovsk-krai",
        "org:russia-1",
    ]


def test_a_seat_of_government_speaks_for_its_government() -> None:
    claim = one(replace(VISIT, speaker=Ref("Kremlin"), facility=Ref("Kremlin")))
    assert curie(claim.speaker) == "gov:RUS"
    assert curie(claim.facility) == "fac:moscow-kremlin"


def test_an_iri_that_the_reader_gave_is_kept() -> None:
    given = Ref("Kim", expand("person:kim-jong-un"))
    assert one(replace(VISIT, agents=(given,))).agents == (given,)


def test_a_plant_that_makes_something_is_the_plant_that_the_claim_names() -> None:
    made = replace(
        VISIT, type=ClaimType.PRODUCTION, agents=refs("Ruritanian Mill"), facility=Ref("Ruritanian Mill")
    )
    claim = one(made)
    assert claim.facility is not None
    assert claim.agents[0].iri == claim.facility.iri


def test_an_unknown_person_gets_an_opaque_entity_with_a_label() -> None:
    claims, minted = resolve(
        [replace(VISIT, agents=refs("Rudolf Rassendyll"), agent_states=("GBR",))], ARTICLE
    )
    found = iri(claims[0].agents[0].iri or "")
    said = {(triple.predicate, triple.object) for triple in minted if triple.subject == found}
    assert (shorten(found.value) or "").startswith("person:x-")
    assert {(RDF_TYPE, lg("Person")), (RDFS_LABEL, text("Rudolf Rassendyll", "en"))} <= said
    assert (iri("dct:source"), iri(f"art:{ARTICLE.id}")) in said


@pytest.mark.parametrize("name", ["Ruritanian Ministry of War", "Hentzau", "foreign governments and experts"])
def test_what_does_not_look_like_a_person_is_an_organisation(name: str) -> None:
    assert (curie(one(replace(VISIT, agents=refs(name))).agents[0]) or "").startswith("org:x-")


def test_a_companion_of_one_name_is_a_person() -> None:
    assert (curie(one(replace(VISIT, companions=refs("Sapt"))).companions[0]) or "").startswith("person:x-")


def test_a_described_facility_stays_unnamed() -> None:
    described = "railway station in Komsomolsk-on-Amur"
    claims, minted = resolve(
        [replace(VISIT, place=Ref("Komsomolsk-on-Amur"), facility=Ref(described), country="RUS")], ARTICLE
    )
    assert claims[0].facility is not None
    said = {(t.predicate, t.object) for t in minted if t.subject == iri(claims[0].facility.iri or "")}
    assert (lg("description"), text(described, "en")) in said
    assert (lg("locatedIn"), iri("place:komsomolsk-on-amur")) in said
    assert RDFS_LABEL not in {predicate for predicate, _ in said}


def test_an_unknown_office_tells_its_state_and_role_by_its_name() -> None:
    claims, minted = resolve([replace(VISIT, office=Ref("Prime Minister of Iceland"))], ARTICLE)
    assert claims[0].office is not None
    said = {(t.predicate, t.object) for t in minted if t.subject == iri(claims[0].office.iri or "")}
    assert {(lg("officeRole"), lg("HeadOfGovernment")), (lg("ofState"), iri("state:ISL"))} <= said


def test_an_office_of_no_state_gets_no_leading_role() -> None:
    _, minted = resolve([replace(VISIT, office=Ref("President of the Hentzau Cycling Club"))], ARTICLE)
    assert lg("OtherOffice") in {t.object for t in minted if t.predicate == lg("officeRole")}


def test_one_name_of_two_states_is_two_entities() -> None:
    first, second = (
        one(replace(VISIT, agents=refs("Rudolf Rassendyll"), agent_states=(code,))).agents[0].iri
        for code in ("GBR", "DEU")
    )
    assert first != second


def test_a_mention_without_a_state_is_the_one_that_the_article_gives_a_state() -> None:
    stated = replace(VISIT, agents=refs("Rudolf Rassendyll"), agent_states=("GBR",))
    bare = replace(VISIT, companions=refs("Rudolf Rassendyll"))
    claims, _ = resolve([bare, stated], ARTICLE)
    assert claims[0].companions[0].iri == claims[1].agents[0].iri


def test_the_order_of_claims_does_not_matter() -> None:
    names = ["Rudolf Rassendyll", "Hentzau Ltd", "Antoinette de Mauban", "Kim Jong Un"]
    claims = [replace(VISIT, agents=refs(name), companions=refs("Fritz von Tarlenheim")) for name in names]
    forward, minted = resolve(claims, ARTICLE)
    random.Random(1).shuffle(claims)
    shuffled, again = resolve(claims, ARTICLE)
    assert minted == again
    assert set(forward) == set(shuffled)


def test_identifiers_of_claims_do_not_change() -> None:
    claim = identified(replace(VISIT, agents=refs("Kim Jong Un"), place=Ref("Zenda")))
    assert identified(one(claim)).id == claim.id


def test_nothing_stays_without_an_iri() -> None:
    claim = one(
        replace(
            VISIT,
            agents=refs("Kim Jong Un", "Rudolf Rassendyll"),
            counterparts=refs("Hentzau"),
            companions=refs("Sapt"),
            items=refs("ammunition", "Z-7"),
            place=Ref("Zenda"),
            facility=Ref("Zenda Castle"),
            office=Ref("King of Ruritania"),
            speaker=Ref("officials"),
            via=Ref("The Strelsau Gazette"),
        )
    )
    every = [*claim.agents, *claim.counterparts, *claim.companions, *claim.items]
    every += [ref for ref in (claim.place, claim.facility, claim.office, claim.speaker, claim.via) if ref]
    assert len(every) == 11
    assert [ref for ref in every if ref.iri is None] == []
