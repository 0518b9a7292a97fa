"""Which types of event a word may tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kb import plain_yaml
from kb.reading.chances import words
from kb.reading.chances.words import AIMED, SYMMETRIC, WEIGHED, part_of_speech, types_of, word_of
from kb.reading.frames import frames
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_build import compile_store
from kb.records import ClaimType
from tests.reading.chances.pages import account
from tests.reading.desk import WORLD

LISTED: Mapping[str, Sequence[str]] = plain_yaml.load(
    Path(words.__file__).with_name("words.yaml").read_text("utf-8")
)
_WORD = re.compile(r"[a-z-]+/(?:VERB|NOUN)")


def faults(listed: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield what is wrong with a list of words by type."""
    for kind, each in listed.items():
        if kind not in set(ClaimType) or kind not in WEIGHED:
            yield f"{kind} is no type of event"
        yield from (f"{word} has no part of speech" for word in each if not _WORD.fullmatch(word))
        if len(set(each)) < len(each):
            yield f"{kind} lists a word twice"


def test_the_list_names_real_types_and_each_word_has_a_part_of_speech() -> None:
    assert LISTED
    assert list(faults(LISTED)) == []


@pytest.mark.parametrize(
    ("listed", "fault"),
    [
        ({"Picnic": ["dine/VERB"]}, "Picnic is no type of event"),
        ({"Office": ["serve/VERB"]}, "Office is no type of event"),
        ({"Visit": ["drop by"]}, "drop by has no part of speech"),
        ({"Visit": ["Tour/NOUN"]}, "Tour/NOUN has no part of speech"),
        ({"Visit": ["tour/NOUN", "tour/NOUN"]}, "Visit lists a word twice"),
    ],
)
def test_a_bad_list_is_noticed(listed: Mapping[str, Sequence[str]], fault: str) -> None:
    assert list(faults(listed)) == [fault]


def test_every_listed_word_may_tell_its_type() -> None:
    assert all(kind in types_of(word) for kind, each in LISTED.items() for word in each)


def test_every_word_of_a_frame_may_tell_the_frame_s_type_if_that_is_weighed() -> None:
    for frame in [frame for frame in frames() if str(frame.type) in WEIGHED and not frame.quiet]:
        starts = [f"{verb.split()[0]}/VERB" for verb in frame.verbs] + [
            f"{noun}/NOUN" for noun in frame.nouns
        ]
        assert all(str(frame.type) in types_of(word) for word in starts)


def test_a_word_of_several_types_has_them_sorted_each_once() -> None:
    found = types_of("return/VERB")
    assert "Transfer" in found and "Visit" in found
    assert found == tuple(sorted(set(found)))


@pytest.mark.parametrize("word", ["sing/VERB", "manufacture/VERB", "visit", "visit/ADJ", ""])
def test_any_other_word_tells_nothing(word: str) -> None:
    assert types_of(word) == ()


def test_the_trees_know_every_type_that_a_word_may_tell() -> None:
    told = {str(frame.type) for frame in frames()} | set(LISTED)
    assert told - {"Office", "SourceNote", "Production"} <= set(WEIGHED)
    assert len(set(WEIGHED)) == len(WEIGHED)
    assert set(WEIGHED) >= SYMMETRIC | AIMED


def test_no_type_is_both_joint_and_aimed_at_another_side() -> None:
    assert SYMMETRIC.isdisjoint(AIMED)


def test_a_word_is_known_by_its_lemma_and_its_part_of_speech() -> None:
    doc = account("Anton Varga visited Strelsau. His visits were long.").referents.page.doc
    found = {token.text: word_of(token) for token in doc}
    assert (found["visited"], found["visits"]) == ("visit/VERB", "visit/NOUN")


def test_auxiliaries_are_verbs_and_names_are_nouns() -> None:
    doc = account("Anton Varga was in Strelsau.").referents.page.doc
    found = {token.text: part_of_speech(token) for token in doc}
    assert (found["was"], found["Varga"], found["in"]) == ("VERB", "NOUN", "ADP")


NAMED_SO = b"""
PREFIX fac: <https://w3id.org/legation/facility/>
PREFIX lg: <https://w3id.org/legation/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
fac:parade-house a lg:Palace ; rdfs:label "Parade House"@en .
"""


def triggers(text: str, more: bytes) -> list[str]:
    """Return the words that may tell an event, where the lexicon holds more."""
    store = Store()
    for path in sorted(WORLD.glob("*.ttl")):
        store.load(path=path, format=RdfFormat.TURTLE)
    store.load(input=more, format=RdfFormat.TURTLE)
    telling = account(text, lexicon=Lexicon(compile_store(store, "more"))).telling
    return [token.text for token, _ in telling.triggers]


def test_a_word_of_a_known_name_tells_no_event() -> None:
    text = "Anton Varga came to Parade House in Strelsau."
    assert triggers(text, NAMED_SO) == ["came"]
    assert triggers(text, b"") == ["came", "Parade"]


def test_a_word_that_a_quiet_frame_alone_tells_is_asked_about_only_where_it_holds() -> None:
    assert [frame.rule for frame in frames() if frame.quiet and "see" in frame.verbs]
    assert "Visit" not in types_of("see/VERB")
