"""``legation entity find`` and ``show``: a name leads to its entity, an identifier to all that is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from kb import reference
from kb.cli import cli
from kb.entities.about import Knowledge
from kb.namespaces import expand, sparql_prologue
from tests.world import tiny_store

OWN = """
org:avaria-lamp a lg:Newspaper ; rdfs:label "Avaria Lamp"@en ; dct:source src:press-names ;
  lg:organisationOf state:PRK .
org:old-lamp a lg:Newspaper ; rdfs:label "Old Lamp"@en ; dct:source src:press-names ; owl:deprecated true ;
  lg:retiredOn "2026-01-05" ; lg:retirementReason "the same paper"@en ; dct:isReplacedBy org:avaria-lamp .
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("entities")
    (made / "own").mkdir()
    (made / "own" / "papers.ttl").write_text(sparql_prologue() + OWN, "utf-8")
    return made


@pytest.fixture(scope="module", autouse=True)
def _own_data(folder: Path) -> Iterator[None]:
    """Let the commands know two papers beside the shipped data, and keep their index in a test's folder.

    What ``show`` knows is read once, as no file changes here.
    """
    kept = (reference.version, reference.reference_triples, reference.ontology_triples, reference.load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEGATION_CACHE", str(folder / "cache"))
        patch.setenv("LEGATION_REFERENCE", str(folder / "own"))
        patch.setattr("kb.cli.entity_find.Knowledge", cache(Knowledge))
        for one in kept:
            one.cache_clear()
        yield
    for one in kept:
        one.cache_clear()


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ("entity", *words), prog_name="legation")


def test_a_name_leads_to_its_entity_and_the_reason() -> None:
    done = run("find", "Jong Un Kim")
    assert done.exit_code == 0
    assert "person:kim-jong-un" in done.stdout
    assert "other order of words" in done.stdout


def test_a_script_may_ask_for_json() -> None:
    (first, *_) = json.loads(run("find", "Путн", "--kind", "person", "--format", "json").stdout)
    assert (first["id"], first["state"]) == ("person:vladimir-putin", "RUS")
    assert first["how"] == ["script", "typo"]
    assert first["edits"] == 1
    assert 0 < first["score"] < 100


def test_kind_state_and_limit_narrow_what_is_found() -> None:
    found = json.loads(
        run("find", "Kim", "--kind", "Person", "--state", "prk", "--limit", "3", "--format", "json").stdout
    )
    assert len(found) == 3
    assert {(one["kind"], one["state"]) for one in found} == {("person", "PRK")}


def test_nothing_near_is_told_as_not_found() -> None:
    done = run("find", "Qwertz Uiopasdf")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "nothing is called 'Qwertz Uiopasdf'" in done.stderr


def test_nothing_near_is_an_empty_list_in_json() -> None:
    done = run("find", "Qwertz Uiopasdf", "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)) == (3, [])


def test_what_texts_name_is_found_in_a_store_that_is_given(tmp_path: Path) -> None:
    with tiny_store(tmp_path) as store:
        query = "SELECT ?label { ?x lg:unresolved true ; rdfs:label ?label } ORDER BY ?label LIMIT 1"
        ((label,),) = store.select(query)
    given = str(getattr(label, "value", ""))
    found = json.loads(run("find", given, "--format", "json", "--store", str(tmp_path / "store")).stdout)
    assert next(one["label"] for one in found if one["unresolved"]) == given


def test_a_person_is_shown_with_offices_sources_and_files() -> None:
    done = run("show", "person:kim-jong-un")
    assert done.exit_code == 0
    for told in (
        "label: 김정은 (ko)",
        "nationality: North Korea (state:PRK)",
        "tenure:kim-jong-un-supreme-leader-of-north-korea-2011",
        "from: 2011-12-17",
        "(src:verified-identifiers)",
        "said in persons.ttl, tenures.ttl",
    ):
        assert told in done.stdout


def test_what_points_at_an_entity_is_told() -> None:
    assert "lg:governmentOf: gov:PRK" in run("show", "state:PRK").stdout
    told = json.loads(run("show", "state:PRK", "--format", "json").stdout)
    assert "person:kim-jong-un" in told["named_by"]["lg:nationality"]


def test_an_entity_is_shown_as_turtle_with_its_records() -> None:
    done = run("show", "person:kim-jong-un", "--format", "turtle")
    said = {quad.subject.value for quad in parse(done.stdout, format=RdfFormat.TURTLE)}
    assert expand("person:kim-jong-un") in said
    assert all(one.startswith(expand("tenure:")) for one in said - {expand("person:kim-jong-un")})


def test_an_iri_is_as_good_as_its_short_form() -> None:
    assert run("show", expand("state:PRK")).stdout == run("show", "state:PRK").stdout


def test_a_retired_entity_is_shown_with_its_successor() -> None:
    done = run("show", "org:old-lamp")
    assert done.exit_code == 0
    assert "RETIRED on 2026-01-05; use org:avaria-lamp" in done.stdout
    assert (
        json.loads(run("show", "org:old-lamp", "--format", "json").stdout)["replaced_by"] == "org:avaria-lamp"
    )


def test_a_retired_entity_is_found_by_its_id_and_by_no_name() -> None:
    assert "now org:avaria-lamp" in run("find", "org:old-lamp").stdout
    assert "org:old-lamp" not in run("find", "Old Lamp").stdout


def test_an_unknown_id_is_told_with_the_nearest() -> None:
    done = run("show", "person:kim-jong-an")
    assert done.exit_code == 3
    assert "Nearest: person:kim-jong-un" in done.stderr


@pytest.mark.parametrize("word", ["Kim", "person:", "nobody:kim", ""])
def test_what_is_no_identifier_is_bad_input(word: str) -> None:
    done = run("show", word)
    assert done.exit_code == 2
    assert "legation entity find" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Putin", "--kind", "Airprt"], "Did you mean Airport?"),
        (["Putin", "--kind", "nonsense"], "there is no kind 'nonsense'"),
        (["Putin", "--state", "ZZZ"], "there is no state 'ZZZ'"),
        ([" "], "no name"),
    ],
)
def test_a_slip_in_what_is_asked_for_is_told_as_such(arguments: list[str], said: str) -> None:
    done = run("find", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
