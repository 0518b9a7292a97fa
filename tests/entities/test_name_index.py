"""Whom a name may mean, in a tiny invented world."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse

from kb import reference
from kb.entities import name_index_cache
from kb.entities.name_index import NameIndex
from kb.entities.name_index_build import write_index
from kb.entities.name_index_cache import KEPT, open_names
from kb.entities.name_index_records import FormKind, How
from kb.entities.name_index_score import LEAST, nearness
from kb.entities.name_index_source import read_names
from kb.namespaces import PREFIXES, sparql_prologue
from kb.reference import ontology_triples
from tests.world import world

FURTHER = """
person:orlen-vaskov a lg:Person ; rdfs:label "Orlen Vaskov"@en , "Орлен Васьков"@ru ;
  lg:nationality state:AVA ;
  skos:altLabel "Orlén V. Vaskov"@en ; lg:shortForm "Vaskov"@en .
person:dmitry-zhiltsov a lg:Person ; rdfs:label "D. Zhiltsov"@en , "Дмитрий Жильцов"@ru ;
  lg:nationality state:BOR .
person:han-ga-ram a lg:Person ; rdfs:label "Han Ga Ram"@en ; lg:nationality state:KOR .
person:pak-jong-su a lg:Person ; rdfs:label "Pak Jong Su"@en , "박종수"@ko ; lg:nationality state:PRK .
place:cordia-town a lg:Settlement ; rdfs:label "Cordia"@en ; lg:locatedIn terr:BOR .
place:yul a lg:Settlement ; rdfs:label "Yul"@en ; lg:locatedIn terr:AVA .
form:cordia a lg:AmbiguousForm ; lg:formText "Cordia"@en ; lg:mayMean state:COR , place:cordia-town ;
  lg:decidedBy "a minister makes it the state, a mayor the town"@en .
form:aster a lg:AmbiguousForm ; lg:formText "President Aster"@en ;
  lg:mayMean person:ada-aster , person:bela-aster ;
  lg:decidedBy "the day: Ada until 1 May 2012, Bela from then on"@en .
fac:portsea-naval-base lg:hasName name:fort-portsea ; lg:iataCode "PSB" .
name:fort-portsea a lg:Name ; lg:nameText "Fort Portsea"@en ; lg:until "1990" .
hw:t-1 lg:hasDesignation desig:anvil .
desig:anvil a lg:Designation ; lg:designationText "Anvil" ; lg:designationSystem "NATO" .
hw:t-35 a lg:HardwareModel ; rdfs:label "Tav-35"@en .
hw:t-34 a lg:HardwareModel ; rdfs:label "Tav-34"@en .
code:bor-cow a lg:StateCode ; lg:codeOf state:BOR ; lg:codeText "912" ; lg:codeSystem "COW" .
org:the-lantern a lg:Newspaper ; rdfs:label "The Lantern"@en ; lg:organisationOf state:COR .
org:older-lantern a owl:Thing ; owl:deprecated true ; lg:retiredOn "2026-01-04" .
org:old-lantern a lg:Newspaper ; rdfs:label "Old Lantern"@en ; lg:retiredOn "2026-01-05" ;
  lg:retirementReason "the same paper"@en ; dct:isReplacedBy org:the-lantern .
"""


def triples() -> list[Triple]:
    return [*ontology_triples(), *world().reference, *read(FURTHER)]


def read(turtle: str) -> list[Triple]:
    quads = parse(sparql_prologue() + turtle, format=RdfFormat.TURTLE)
    return [Triple(*quad.triple) for quad in quads]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    path = tmp_path_factory.mktemp("names") / "names.sqlite"
    write_index(path, read_names(triples()), "1")
    return NameIndex(path, "1")


@pytest.mark.parametrize(
    ("text", "found", "how"),
    [
        ("Ada Aster", "person:ada-aster", {How.EXACT}),
        ("ADA ASTER", "person:ada-aster", {How.EXACT}),
        ("Aster, Ada", "person:ada-aster", {How.ORDER}),
        ("AdaAster", "person:ada-aster", {How.SPACING}),
        ("Ada Astre", "person:ada-aster", {How.TYPO}),
        ("Boris Brnd", "person:boris-brand", {How.TYPO}),
        ("Brandt Boris", "person:boris-brand", {How.ORDER, How.TYPO}),
        ("C. Cole", "person:carla-cole", {How.INITIALS}),
        ("Cole C.", "person:carla-cole", {How.INITIALS}),
        ("Comrade Dora Dunn", "person:dora-dunn", {How.PART}),
        ("Borville Tract", "fac:borville-tractor-works", {How.PART}),
        ("Орлен Васьков", "person:orlen-vaskov", {How.EXACT}),
        ("Васьков Орлен", "person:orlen-vaskov", {How.ORDER}),
        ("Орлин Васьков", "person:orlen-vaskov", {How.TYPO}),
        ("Борис Бранд", "person:boris-brand", {How.SCRIPT}),
        ("박종수", "person:pak-jong-su", {How.EXACT}),
        ("한가람", "person:han-ga-ram", {How.SCRIPT, How.SOUND}),
        ("Ga-ram Han", "person:han-ga-ram", {How.ORDER}),
        ("Garam Han", "person:han-ga-ram", {How.ORDER}),
        ("Bak Jeongsu", "person:pak-jong-su", {How.SOUND}),
        ("Bag Jongsu", "person:pak-jong-su", {How.SPACING}),
        ("Dmitrii Zhiltsov", "person:dmitry-zhiltsov", {How.EXACT}),
        ("Dmitriy Zhil'tsov", "person:dmitry-zhiltsov", {How.EXACT}),
        ("Dmitrij Zhilcov", "person:dmitry-zhiltsov", {How.EXACT}),
        ("Orlen Vas'kov", "person:orlen-vaskov", {How.EXACT}),
        ("Fort Portsea", "fac:portsea-naval-base", {How.EXACT}),
        ("PSB", "fac:portsea-naval-base", {How.EXACT}),
        ("Anvil", "hw:t-1", {How.EXACT}),
        ("BOR", "state:BOR", {How.EXACT}),
        ("912", "state:BOR", {How.EXACT}),
        ("Borlandic", "state:BOR", {How.EXACT}),
        ("Lantern", "org:the-lantern", {How.EXACT}),
        ("Teh Lantern", "org:the-lantern", {How.EXACT}),
        ("Teh Lantenr", "org:the-lantern", {How.TYPO}),
        ("state:BOR", "state:BOR", {How.EXACT}),
        (PREFIXES["state"] + "BOR", "state:BOR", {How.EXACT}),
    ],
)
def test_a_name_is_found_and_the_way_told(index: NameIndex, text: str, found: str, how: set[How]) -> None:
    best = index.find(text)[0]
    assert (best.id, set(best.how)) == (found, how)


def test_the_nearer_a_name_the_higher_its_score(index: NameIndex) -> None:
    queries = ["Orlen Vaskov", "OrlenVaskov", "Vaskov Orlen", "Orlen Vaskv", "Orlan Vaskv", "Orlen"]
    scores = [index.find(text)[0].score for text in queries]
    assert scores[0] == 100
    assert all(before > after for before, after in pairwise(scores))


@pytest.mark.parametrize(
    "text", ["", "  ", "!?", "Qwertz Uiop", "Ulu", "\0", '"*', "x:y", "a" * 5000, "(" * 40]
)
def test_what_is_nobodys_name_finds_nobody(index: NameIndex, text: str) -> None:
    assert index.find(text) == ()


@given(st.text(max_size=30))
def test_any_text_has_an_answer_within_bounds(text: str) -> None:
    found = _shared().find(text, limit=5)
    assert len(found) <= 5
    assert all(LEAST <= match.score <= 100 for match in found)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


_made: list[NameIndex] = []


def _shared() -> NameIndex:
    return _made[0]


@pytest.fixture(autouse=True)
def _share(index: NameIndex) -> Iterator[None]:
    _made[:] = [index]
    yield


def test_a_name_of_three_letters_has_no_typos(index: NameIndex) -> None:
    assert nearness(("yul",), ("yol",)) is None
    assert index.find("Yul")[0].id == "place:yul"


def test_another_number_is_another_thing(index: NameIndex) -> None:
    best, other = index.find("Tav-34", limit=1)[0], index.find("Tav-36")
    assert best.id == "hw:t-34"
    assert all(match.score < 80 for match in other)


def test_an_initial_too_many_is_no_typo(index: NameIndex) -> None:
    assert index.find("X. Brand") == ()
    assert index.find("Orlén Vaskov")[0].how == (How.EXACT,)
    assert nearness(("korea",), ("n", "korea")) == nearness(("n", "korea"), ("korea",))


def test_a_generated_form_names_its_system_and_its_origin(index: NameIndex) -> None:
    best = index.find("Dmitrii Zhiltsov")[0]
    assert best.form.kind is FormKind.GENERATED
    assert best.form.source == "Дмитрий Жильцов"
    assert "ICAO" in best.form.scheme
    assert best.score == 98
    assert "made from “Дмитрий Жильцов” by ICAO" in best.explanation


def test_a_form_tells_its_language(index: NameIndex) -> None:
    assert index.find("Орлен Васьков")[0].form.language == "ru"
    assert index.find("Orlen Vaskov")[0].form.language == "en"


def test_the_query_in_the_letters_of_the_form_is_told(index: NameIndex) -> None:
    assert index.find("Борис Бранд")[0].read_as == "Boris Brand"


def test_meanings_of_an_ambiguous_form_come_with_what_decides(index: NameIndex) -> None:
    found = index.find("Cordia", limit=2)
    assert {match.id for match in found} == {"state:COR", "place:cordia-town"}
    assert all(match.ambiguous and "a mayor the town" in match.decided_by for match in found)
    assert "what decides: a minister makes it the state" in found[0].explanation


def test_an_ambiguous_form_need_be_nobodys_own(index: NameIndex) -> None:
    found = index.find("President Aster", limit=2)
    assert {match.id for match in found} == {"person:ada-aster", "person:bela-aster"}
    assert {match.form.kind for match in found} == {FormKind.AMBIGUOUS}


def test_one_meaning_that_fits_the_kind_is_left(index: NameIndex) -> None:
    assert [match.id for match in index.find("Cordia", kinds=["place"])] == ["place:cordia-town"]


@pytest.mark.parametrize("kind", ["fac", "Facility", "NavalBase"])
def test_a_kind_is_a_prefix_or_a_class(index: NameIndex, kind: str) -> None:
    assert [match.id for match in index.find("Portsea", kinds=[kind])] == ["fac:portsea-naval-base"]


def test_a_state_narrows_near_forms_too(index: NameIndex) -> None:
    assert index.find("Orlen Vaskv", state="AVA")[0].id == "person:orlen-vaskov"
    assert index.find("Orlen Vaskv", state="BOR") == ()


def test_a_thing_lies_in_the_state_that_its_places_lead_to(index: NameIndex) -> None:
    assert index.find("Borville Tractor Works")[0].entity.state == "BOR"


def test_a_retired_entity_is_found_by_its_id_alone(index: NameIndex) -> None:
    assert [match.id for match in index.find("Old Lantern")] == ["org:the-lantern"]
    (old,) = index.find("org:old-lantern")
    assert old.entity.retired == "2026-01-05"
    assert old.entity.successor == PREFIXES["org"] + "the-lantern"
    assert "retired on 2026-01-05, now org:the-lantern" in old.explanation
    assert index.find("org:older-lantern")[0].explanation.endswith("retired on 2026-01-04")


def test_readers_may_share_an_index(index: NameIndex) -> None:
    gate = threading.Barrier(4)

    def look(_: int) -> list[str]:
        gate.wait(5)
        return [index.find(text)[0].id for text in ("Ada Astre", "Борис Бранд", "Cole C.") for _ in range(20)]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(look, range(4)))
    assert answers == [answers[0]] * 4


def test_the_same_data_give_the_same_answers(index: NameIndex, tmp_path: Path) -> None:
    write_index(tmp_path / "again", read_names(reversed(triples())), "1")
    again = NameIndex(tmp_path / "again")
    for text in ("Aster", "Borvile", "Portsea", "Cordia"):
        assert again.find(text) == index.find(text)


@pytest.fixture
def in_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "triples", triples)
    monkeypatch.setattr(reference, "version", lambda: "world")


@pytest.mark.usefixtures("in_the_world")
class TestCache:
    def test_an_index_is_made_once(self, tmp_path: Path) -> None:
        open_names(tmp_path)
        (file,) = tmp_path.iterdir()
        made = file.stat().st_mtime_ns
        assert open_names(tmp_path).find("Ada Aster")[0].id == "person:ada-aster"
        assert [file] == list(tmp_path.iterdir())
        assert file.stat().st_mtime_ns == made

    def test_other_data_have_another_index(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = open_names(tmp_path).version
        monkeypatch.setattr(reference, "version", lambda: "another")
        assert open_names(tmp_path).version != before
        assert len(list(tmp_path.iterdir())) == 2

    @pytest.mark.parametrize("damage", ["empty", "not SQLite", "half", "other tables"])
    def test_a_damaged_index_is_made_anew(self, tmp_path: Path, damage: str) -> None:
        open_names(tmp_path)
        (file,) = tmp_path.iterdir()
        content = file.read_bytes()
        file.unlink()
        if damage == "other tables":
            with sqlite3.connect(file) as base:
                base.execute("CREATE TABLE meta (name TEXT, value TEXT)")
        else:
            kept = {"empty": b"", "not SQLite": b"names" * 999, "half": content[: len(content) // 2]}
            file.write_bytes(kept[damage])
        assert open_names(tmp_path).find("Ada Aster")[0].score == 100

    def test_an_index_that_is_in_use_may_be_replaced(self, tmp_path: Path) -> None:
        index = open_names(tmp_path)
        for file in tmp_path.iterdir():
            file.unlink()
        assert index.find("Ada Aster")[0].id == "person:ada-aster"

    def test_without_a_folder_an_index_lasts_as_long_as_it_is_used(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder")
        for folder in (None, tmp_path / "file"):
            assert open_names(folder).find("Ada Aster")[0].id == "person:ada-aster"

    def test_old_indexes_go(self, tmp_path: Path) -> None:
        for number in range(KEPT + 2):
            open_names(tmp_path, minted_version=str(number))
        assert len(list(tmp_path.iterdir())) == KEPT

    def test_entities_minted_from_texts_are_found_and_marked(self, tmp_path: Path) -> None:
        minted = read(
            'person:x-1 a lg:Person ; lg:unresolved true ; rdfs:label "Gena Grub"@en ;'
            " lg:nationality state:COR ."
        )
        index = open_names(tmp_path, minted=lambda: minted, minted_version="1")
        best = index.find("Gena Grub", state="COR")[0]
        assert best.id == "person:x-1"
        assert best.entity.minted
        assert not open_names(tmp_path).find("Gena Grub")


def _meet(barrier: Barrier) -> None:
    """Let a process know the invented world, and wait until the others do too."""
    vars(reference).update(triples=triples, version=lambda: "world")
    barrier.wait(60)


def _open(folder: str) -> str:
    return open_names(Path(folder)).find("Ada Aster", limit=1)[0].id


def test_several_processes_may_make_one_index_at_once(tmp_path: Path) -> None:
    spawn = get_context("spawn")
    with spawn.Pool(3, _meet, (spawn.Barrier(3),)) as pool:
        assert pool.map(_open, [str(tmp_path)] * 3, 1) == ["person:ada-aster"] * 3
    assert [file.suffix for file in tmp_path.iterdir()] == [".sqlite"]


def test_every_file_that_decides_on_the_index_counts_for_its_version() -> None:
    folder = Path(name_index_cache.__file__).parent
    assert all((folder / name).exists() for name in name_index_cache._CODE)
