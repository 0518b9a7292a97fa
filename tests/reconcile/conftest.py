"""The service over the invented world, with tenures, a retired paper, hostile names and a minted person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from kb.settings import Settings
from kb.store import GraphChange, Store, open_store
from kb.terms import graph, iri
from tests.entities.test_name_index import FURTHER, read
from tests.reconcile.asking import Asking
from tests.world import world

SCRIPT = "<script>alert(1)</script>"
MORE = f"""
person:ada-aster-younger a lg:Person ; rdfs:label "Ada Aster"@en ; lg:nationality state:COR ;
  lg:birth "1990-02-03" .
person:x-grub a lg:Person ; lg:unresolved true ; rdfs:label "Gena Grub"@en ; lg:nationality state:COR .
person:mallory a lg:Person ; rdfs:label "Mallory {SCRIPT}"@en ; skos:altLabel "\\"><img src=x>"@en ;
  lg:nationality state:COR .
tenure:vaskov a lg:OfficeTenure ; lg:holder person:orlen-vaskov ; lg:office office:mayor-of-borville ;
  lg:from "2001-02-03" ; lg:until "2004" .
tenure:vaskov-again a lg:OfficeTenure ; lg:holder person:orlen-vaskov ; lg:office office:president-of-avaria ;
  lg:from "2010-05" .
org:twice-old a owl:Thing ; owl:deprecated true ; rdfs:label "Twice Old"@en ; lg:retiredOn "2025-01-01" ;
  dct:isReplacedBy org:old-lantern .
"""
LATE = 'person:x-late a lg:Person ; lg:unresolved true ; rdfs:label "Laterius Newman"@en .'


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("reconcile") / "store")) as store:
        triples = [one for one in read(MORE) if not str(one.subject).endswith("x-grub>")]
        minted = frozenset(read(MORE)) - frozenset(triples)
        store.commit(
            [
                GraphChange(graph("ontology"), world().ontology),
                GraphChange(graph("reference"), frozenset([*world().reference, *read(FURTHER), *triples])),
                GraphChange(iri("art:grubs"), minted),
            ]
        )
        yield store


@pytest.fixture(scope="session")
def app(base: Store, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    cache = str(tmp_path_factory.mktemp("reconcile-cache"))
    return create_app(base, Settings(cache=cache, requests_per_second=0))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def ask(client: FlaskClient) -> Asking:
    """Return what sends queries and sees that each answer is valid where the schemas are at hand."""
    return Asking(client)
