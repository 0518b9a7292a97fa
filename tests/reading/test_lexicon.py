"""The lexicon finds names in running text, over a small invented world."""

from __future__ import annotations

import os
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store

from kb import reference
from kb.errors import BadReference, NotFound
from kb.namespaces import expand
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_build import compile_lexicon, compile_store
from kb.reading.lexicon_records import FORMS, KINDS, Match

WORLD = Path(__file__).parent / "world"
SPELLINGS = [
    tuple(line.replace("\\n", "\n").split("\t"))
    for line in (WORLD.parent / "spellings.tsv").read_text("utf-8").splitlines()[1:]
]
"""Rows of text, what is found in it, the entity's name, the kind of form; ``\\n`` is a line break."""


def world_store() -> Store:
    store = Store()
    for path in sorted(WORLD.glob("*.ttl")):
        store.load(path=path, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(compile_store(world_store(), "test"))


def only(lexicon: Lexicon, text: str) -> Match:
    matches = lexicon.matches(text)
    assert len(matches) == 1, matches
    return matches[0]


def shown(lexicon: Lexicon, text: str) -> list[tuple[str, str, list[str]]]:
    return [(m.text, m.form, [entry.name for entry in m.entries]) for m in lexicon.matches(text)]


@pytest.mark.parametrize(("text", "found", "name", "form"), SPELLINGS)
def test_a_spelling_is_found(lexicon: Lexicon, text: str, found: str, name: str, form: str) -> None:
    match = only(lexicon, text)
    assert (match.text, match.entries[0].name, match.form) == (found, name, form)


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("two Su-35S jets", "Su-35S", "Su-35S"),
        ("two Su\u201135S jets", "Su\u201135S", "Su-35S"),
        ("two Su 35S jets", "Su 35S", "Su-35S"),
        ("two Su35S jets", "Su35S", "Su-35S"),
        ("two SU-35S jets", "SU-35S", "Su-35S"),
        ("some Su-35 jets", "Su-35", "Su-35"),
        ("some Su-35s", "Su-35s", "Su-35"),
        ("some Su-35Ss", "Su-35Ss", "Su-35S"),
        ("an MGM-140 hit", "MGM-140", "MGM-140 ATACMS"),
        ("the Flanker-E", "Flanker-E", "Su-35"),
    ],
)
def test_a_designation_is_exact_but_for_its_joint_and_its_plural(
    lexicon: Lexicon, text: str, found: str, name: str
) -> None:
    match = only(lexicon, text)
    assert (match.text, match.entries[0].name, match.form) == (found, name, "designation")


def test_in_a_headline_of_capitals_a_short_word_may_be_a_name(lexicon: Lexicon) -> None:
    assert [match.text for match in lexicon.matches("KIM ARRIVES\n\nThe train came.")] == ["KIM"]


@pytest.mark.parametrize(
    "text",
    [
        "They told us a joke about turkey and the un",
        "kim jong un",
        "the pacific fleet",
        "Su-35M and Su-350",
        "su-35",
        "Nikolayevsk-on-Amur",
        "Ahmed al-Putin",
        "North, Korea",
        "North\n\nKorea",
        "Moscowite",
        "the Foreign Minister",
        "Северная Корея",
        "a United front of Nations",
        "the KIM programme",
    ],
)
def test_what_is_no_spelling_is_not_found(lexicon: Lexicon, text: str) -> None:
    assert shown(lexicon, text) == []


def test_the_possessive_stays_outside(lexicon: Lexicon) -> None:
    for text in ("Putin’s visit", "Putin's visit"):
        assert only(lexicon, text).text == "Putin"


def test_an_ambiguous_short_form_carries_all_its_entries(lexicon: Lexicon) -> None:
    match = only(lexicon, "Then Kim left")
    assert match.form == "short"
    assert [entry.name for entry in match.entries] == ["Kim Jong Il", "Kim Jong Un"]


def test_a_name_of_a_state_and_of_a_region_carries_both_the_state_first(lexicon: Lexicon) -> None:
    assert [(e.kind, e.state) for e in only(lexicon, "in Georgia").entries] == [
        ("state", "GEO"),
        ("region", "USA"),
    ]


def test_a_king_is_not_named_by_his_kingdom(lexicon: Lexicon) -> None:
    assert [e.kind for e in only(lexicon, "in Jordan").entries] == ["state"]


def test_a_capital_is_a_place_and_may_be_read_as_its_state(lexicon: Lexicon) -> None:
    match = only(lexicon, "Moscow said")
    assert match.form == "metonym"
    assert [(e.name, form) for e, form in zip(match.entries, match.forms, strict=True)] == [
        ("Russia", "metonym"),
        ("Moscow", "name"),
    ]


def test_a_state_that_is_no_more_comes_after_those_that_are(lexicon: Lexicon) -> None:
    found = only(lexicon, "Belgrade said").entries
    assert [(e.name, e.until) for e in found] == [
        ("Serbia", None),
        ("Serbia and Montenegro", "2006-06-03"),
        ("Belgrade", None),
    ]


def test_a_seat_of_government_is_a_facility_and_may_be_read_as_its_state(lexicon: Lexicon) -> None:
    match = only(lexicon, "the Kremlin said")
    assert (match.text, match.form) == ("Kremlin", "metonym")
    assert {entry.kind for entry in match.entries} == {"state", "facility"}


def test_the_longest_name_wins_and_matches_never_overlap(lexicon: Lexicon) -> None:
    text = "North Korean leader Kim Jong Un toured the Komsomolsk-on-Amur Aircraft Plant in Khabarovsk Krai."
    assert [m[0] for m in shown(lexicon, text)] == [
        "North Korean", "Kim Jong Un", "Komsomolsk-on-Amur Aircraft Plant", "Khabarovsk Krai",
    ]  # fmt: skip


def test_a_full_stop_after_a_name_stays_outside(lexicon: Lexicon) -> None:
    assert only(lexicon, "He came to Russia.").end == len("He came to Russia")


def test_entries_know_where_they_belong(lexicon: Lexicon) -> None:
    plant = only(lexicon, "KnAAPO").entries[0]
    assert (plant.kind, plant.state, plant.place) == ("facility", "RUS", expand("place:komsomolsk-on-amur"))
    assert plant.classes == ("Plant", "Facility", "Site")
    mayor = lexicon.entry(expand("office:mayor"))
    assert (mayor.state, mayor.place) == ("RUS", expand("place:komsomolsk-on-amur"))
    assert lexicon.entry(expand("hw:su-35s")).state == "RUS"  # by its parent's maker
    assert lexicon.entry(expand("org:tass")).kind == "outlet"
    assert lexicon.entry(expand("person:kim-jong-un")).gender == "male"
    assert lexicon.state("PRK").name == "North Korea"


def test_an_unknown_iri_or_code_is_not_found(lexicon: Lexicon) -> None:
    with pytest.raises(NotFound):
        lexicon.entry("https://example.org/nobody")
    with pytest.raises(NotFound):
        lexicon.state("XXX")


@pytest.mark.parametrize(
    ("on", "names"),
    [
        (date(2001, 8, 4), ["Vladimir Putin"]),
        (date(2010, 1, 1), ["Dmitry Medvedev"]),
        (date(2023, 9, 15), ["Vladimir Putin"]),
        (date(1999, 1, 1), []),
        (None, ["Vladimir Putin", "Dmitry Medvedev"]),
    ],
)
def test_holders_of_an_office_are_told_by_day(lexicon: Lexicon, on: date | None, names: list[str]) -> None:
    assert [e.name for e in lexicon.holders(expand("office:president-of-russia"), on)] == names


def test_a_vague_date_leaves_two_possible_holders_the_certain_one_first(lexicon: Lexicon) -> None:
    possible = lexicon.holders(expand("office:supreme-leader"), date(2011, 12, 10))
    assert [e.name for e in possible] == ["Kim Jong Il", "Kim Jong Un"]


def test_an_end_that_nobody_looked_up_is_not_certain(lexicon: Lexicon) -> None:
    possible = lexicon.holders(expand("office:mayor-2"), date(2000, 1, 1))
    assert [e.name for e in possible] == ["Dmitry Medvedev", "Shinzo Abe"]


def test_offices_are_found_by_person_and_by_role(lexicon: Lexicon) -> None:
    assert [o.name for o in lexicon.offices_of(expand("person:mikhail-degtyarev"), date(2023, 9, 15))] == [
        "Governor of Khabarovsk Krai"
    ]
    assert lexicon.offices_of(expand("person:mikhail-degtyarev"), date(2019, 9, 15)) == []
    assert [o.name for o in lexicon.offices("RUS", "HeadOfState")] == ["President of Russia"]
    assert [o.iri for o in lexicon.offices("RUS", "Mayor")] == [
        expand("office:mayor"),
        expand("office:mayor-2"),
    ]
    assert lexicon.roles(expand("office:supreme-leader")) == ("HeadOfState", "PartyStateLeader")


def test_a_noun_of_two_classes_means_the_more_general(lexicon: Lexicon) -> None:
    nouns = lexicon.common_nouns()
    assert nouns["base"] == "MilitaryBase"
    assert nouns["naval base"] == "NavalBase"
    assert nouns["factory"] == "Plant"


@given(st.text(alphabet="KimJongUnPuti RussaMoscowS-35’.\n\u00a0", max_size=60))
def test_any_text_gives_sorted_matches_that_quote_it(text: str) -> None:
    matches = LEXICON.matches(text)
    assert all(m.text == text[m.start : m.end] and m.form in FORMS and m.entries for m in matches)
    assert all(a.end <= b.start for a, b in pairwise(matches))
    assert all(entry.kind in KINDS for m in matches for entry in m.entries)


LEXICON = Lexicon(compile_store(world_store(), "test"))


def test_compiling_twice_gives_the_same(lexicon: Lexicon) -> None:
    assert compile_store(world_store(), "test") == compile_store(world_store(), "test")


def test_a_store_that_names_nothing_is_refused() -> None:
    with pytest.raises(BadReference, match="nothing to name"):
        compile_store(Store(), "test")


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the little world stand for the bundled reference data."""
    monkeypatch.setattr(reference, "load", world_store)
    monkeypatch.setattr(reference, "version", lambda: "world")


@pytest.mark.usefixtures("bundled")
def test_the_cache_gives_back_what_was_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compile_lexicon(tmp_path)
    monkeypatch.setattr(reference, "load", Store)  # would raise: so it is not asked again
    second = compile_lexicon(tmp_path)
    text = "Kim Jong-un saw the Su-35s in Moscow"
    assert second.matches(text) == first.matches(text)
    assert second.version == first.version


@pytest.mark.usefixtures("bundled")
def test_a_cache_that_cannot_be_written_does_not_stop_reading(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be", "utf-8")
    assert compile_lexicon(tmp_path / "taken").matches("Moscow")


@pytest.mark.usefixtures("bundled")
def test_a_cache_that_cannot_be_put_in_place_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert compile_lexicon(tmp_path).matches("Moscow")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize("damage", [slice(0), slice(1), slice(40), slice(None, -1), slice(1, None)])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: slice) -> None:
    compile_lexicon(tmp_path)
    (path,) = tmp_path.glob("lexicon-*")
    whole = path.read_bytes()
    path.write_bytes(whole[damage])
    assert compile_lexicon(tmp_path).matches("Moscow")
    assert path.read_bytes() == whole


@pytest.mark.usefixtures("bundled")
def test_other_reference_data_make_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    first = compile_lexicon(None).version
    monkeypatch.setattr(reference, "version", lambda: "another world")
    assert compile_lexicon(None).version != first


def test_five_thousand_entities_start_from_the_cache_quickly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many() -> Store:
        store = world_store()
        person, label = NamedNode(expand("lg:Person")), expand("rdfs:label")
        lines = (
            f'<{expand("person:")}p{n}> a <{person.value}> ; <{label}> "Given{n} Of Family{n}"@en ;'
            f" <{expand('lg:nationality')}> <{expand('state:PRK')}> ."
            for n in range(5000)
        )
        store.load("\n".join(lines), format=RdfFormat.TURTLE)
        return store

    monkeypatch.setattr(reference, "load", many)
    monkeypatch.setattr(reference, "version", lambda: "many")
    compile_lexicon(tmp_path)
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        found = compile_lexicon(tmp_path)
        spent.append(time.perf_counter() - start)
    assert len(found.entries("person")) >= 5000
    assert min(spent) < 1.0, "0.1 s measured; a start of seconds would mean that the cache is not used"
