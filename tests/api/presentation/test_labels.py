"""What pages call things: no raw IRI for a word of another vocabulary, no code for a date's basis."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat
from pyoxigraph import parse as parse_rdf

from api.presentation.foreign import NAMES, foreign_name
from api.presentation.labels import labels
from api.presentation.wording import BASES, UNDATED, dating
from kb import reference
from kb.namespaces import BASE, PREFIXES, expand
from kb.reading.time_records import Basis
from kb.store import GraphChange, Store, open_store
from tests.api.html import parse


def test_every_word_of_another_vocabulary_in_what_is_curated_has_a_name() -> None:
    curated = reference.triples()
    words = {triple.predicate.value for triple in curated}
    words |= {
        triple.object.value
        for triple in curated
        if triple.predicate.value == expand("rdf:type") and isinstance(triple.object, NamedNode)
    }
    assert sorted(word for word in words if not word.startswith(BASE) and word not in NAMES) == []


def test_every_basis_of_a_date_has_words() -> None:
    assert {basis.value for basis in Basis} == {*BASES, *UNDATED}
    assert dating("weekday") == "dated by the day of the week"
    assert dating("vague") == "undated: the text names no date"
    assert dating("something-new") == "dated by something-new"


def test_an_item_of_wikidata_is_called_by_its_number(store: Store) -> None:
    item = PREFIXES["wd"] + "Q159"
    assert foreign_name(item) == "Q159"
    assert labels(store, [item]) == {item: "Q159"}


TENURES = """
office:o rdfs:label "Head"@en . person:p rdfs:label "Ann"@en .
tenure:both lg:office office:o ; lg:holder person:p ; lg:from "2011-12-17" ; lg:until "2019" .
tenure:open lg:office office:o ; lg:holder person:p ; lg:from "2021" .
tenure:past lg:office office:o ; lg:holder person:p ; lg:until "1999" .
tenure:told lg:office office:o ; lg:holder person:p ; lg:attestedOn "2023-09-15"^^xsd:date .
tenure:bare lg:office office:o ; lg:holder person:p .
tenure:whose lg:office office:o ; lg:holder person:nameless ; lg:from "2022" .
tenure:nothing lg:office office:nameless ; lg:holder person:p .
"""


def test_tenures_of_one_office_are_told_apart_by_their_time(tmp_path: Path) -> None:
    written = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()) + TENURES
    triples = frozenset(quad.triple for quad in parse_rdf(written, format=RdfFormat.TURTLE))
    with open_store(str(tmp_path / "store")) as store:
        store.commit([GraphChange(NamedNode(expand("g:reference")), triples)])
        named = ("both", "open", "past", "told", "bare", "whose", "nothing")
        found = labels(store, [expand(f"tenure:{name}") for name in named])
    assert set(found.values()) == {
        "Head (Ann, 2011-12-17–2019)",
        "Head (Ann, from 2021)",
        "Head (Ann, until 1999)",
        "Head (Ann, attested 2023-09-15)",
        "Head (Ann)",
        "Head (from 2022)",
        "tenure:nothing",
    }


RECORDS = """
state:AVA rdfs:label "Avaria"@en . org:league rdfs:label "League"@en .
code:gw-1 lg:codeOf state:AVA ; lg:codeText "017" ; lg:from "1990" .
membership:m lg:member state:AVA ; lg:memberIn org:league ; lg:from "1990" ; lg:until "2001" .
form:f lg:formText "Avaria"@en ; lg:mayMean state:AVA , org:league .
"""


def test_codes_memberships_and_ambiguous_forms_are_called_by_what_they_hold(tmp_path: Path) -> None:
    written = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()) + RECORDS
    triples = frozenset(quad.triple for quad in parse_rdf(written, format=RdfFormat.TURTLE))
    with open_store(str(tmp_path / "store")) as store:
        store.commit([GraphChange(NamedNode(expand("g:reference")), triples)])
        found = labels(store, [expand(name) for name in ("code:gw-1", "membership:m", "form:f")])
    assert list(found.values()) == ["017 (Avaria, from 1990)", "Avaria", "League (Avaria, 1990–2001)"]


@pytest.mark.parametrize("prefixed", ["/fac/kestrel-works", "/hw/k-9", "/ev/tour", "/art/herald"])
def test_the_prefix_of_a_kind_leads_to_its_page(client: FlaskClient, prefixed: str) -> None:
    response = client.get(prefixed)
    assert response.status_code == 303
    assert client.get(response.headers["Location"], follow_redirects=True).status_code == 200


def test_a_prefix_leads_nowhere_else(client: FlaskClient) -> None:
    assert client.get("/fac/%0d%0aX:y").status_code == 404
    assert client.get("/fac/..%2f..%2fevil").status_code == 404


def test_an_article_names_all_who_share_a_role_together(browser: FlaskClient) -> None:
    text = parse(browser.get("/article/herald").data).all("main")[0].words
    assert "agents Ada Moor , Bo Lund" in text
    assert "companion Cy Reed" in text
