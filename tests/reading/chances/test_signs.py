"""A sign says what it names: it changes with that, and not with anything else."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from kb.reading.chances.event_signs import event_signs
from kb.reading.chances.party_signs import looks, party_signs
from kb.reading.chances.weighing import events
from tests.reading.chances.pages import account, seen

VISIT = "Anton Varga visited Strelsau on Friday."
MEETING = "Anton Varga met Boris Kelemen in Strelsau."


def pairs(of: str) -> dict[str, dict[str, str]]:
    """Return by sign a trigger of an event, or a party near it, in two texts that differ in what it names."""
    with Path(__file__).with_name("signs.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        row["sign"]: {name: value.replace("\\n", "\n") for name, value in row.items()}
        for row in rows
        if row["of"] == of
    }


OF_EVENTS, OF_PARTIES = pairs("event"), pairs("party")
BY_OTHER_MEANS = {"kind", "known", "name's words", "home", "context", "context other"}
"""Signs of a party that no two texts about one party differ in; they have tests of their own."""


def party_look(party: str, word: str, kind: str, text: str, *, outlet: str = "unknown") -> dict[str, str]:
    telling = account(text, outlet=outlet).telling
    look = seen(telling, word, kind)[0]
    each = zip(look.near, looks(telling, look, kind), strict=True)
    found = [plain for one, plain in each if one.party.name == party]
    assert found, f"{party} is not near"
    return found[0]


def changed(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    """Return the names of the signs in which two looks differ."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


@pytest.mark.parametrize("name", OF_EVENTS)
def test_a_sign_of_an_event_changes_with_what_it_names(name: str) -> None:
    row = OF_EVENTS[name]
    one, other = (
        seen(account(row[text]).telling, row["word"], row["type"])[0].plain for text in ("one", "other")
    )
    assert one[name] != other[name]


@pytest.mark.parametrize("name", OF_PARTIES)
def test_a_sign_of_a_party_changes_with_what_it_names(name: str) -> None:
    row = OF_PARTIES[name]
    one, other = (party_look(row["party"], row["word"], row["type"], row[text]) for text in ("one", "other"))
    assert one[name] != other[name]


def test_every_sign_has_two_texts_that_differ_in_it() -> None:
    telling = account(VISIT).telling
    look = seen(telling, "visited", "Visit")[0]
    assert set(OF_EVENTS) == set(look.plain)
    assert set(OF_PARTIES) | BY_OTHER_MEANS == set(next(looks(telling, look, "Visit")))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (VISIT, set()),
        ("Anton Varga visited Strelsau on Sunday.", set()),
        ("Irina Sand visited Strelsau on Friday.", {"previous", "sides"}),
        ("Anton Varga visited Onhava on Friday.", {"next", "sides"}),
        (f"It rained. {VISIT}", {"sentence"}),
        ("Anton Varga will visit Strelsau on Friday.", {"tag", "head tag", "mood", "children", "previous"}),
    ],
    ids=["nothing", "another day", "another person", "another town", "another sentence", "a plan"],
)
def test_no_other_sign_of_an_event_changes(text: str, allowed: set[str]) -> None:
    word = "visit" if "will" in text else "visited"
    one = seen(account(VISIT).telling, "visited", "Visit")[0].plain
    other = seen(account(text).telling, word, "Visit")[0].plain
    assert changed(one, other) <= allowed


def test_a_sign_that_changes_with_something_else_would_be_noticed() -> None:
    assert changed({"mood": "REPORTED", "tag": "VB"}, {"mood": "PLANNED", "tag": "VB"}) == {"mood"}
    assert changed({"mood": "REPORTED"}, {}) == {"mood"}


def test_a_party_that_the_reference_data_lacks_is_unknown() -> None:
    text = "Anton Varga met Tomas Brandt in Strelsau."
    known = {
        name: party_look(name, "met", "Meeting", text)["known"] for name in ("Anton Varga", "Tomas Brandt")
    }
    assert known == {"Anton Varga": "True", "Tomas Brandt": "False"}


def test_a_name_s_words_are_counted() -> None:
    text = "Anton Varga met Zembla in Strelsau."
    found = {
        name: party_look(name, "met", "Meeting", text)["name's words"] for name in ("Anton Varga", "Zembla")
    }
    assert found == {"Anton Varga": "2", "Zembla": "1"}


@pytest.mark.parametrize(
    ("outlet", "home"),
    [
        ("Office of the President of Zembla", "True"),
        ("Office of the President of Ruritania", "False"),
        ("unknown", "nobody's"),
    ],
)
def test_a_party_is_at_home_in_the_voice_of_its_own_state(outlet: str, home: str) -> None:
    assert party_look("Boris Kelemen", "met", "Meeting", MEETING, outlet=outlet)["home"] == home


def test_a_party_that_stands_elsewhere_has_no_word_and_no_way() -> None:
    plain = party_look("Irina Sand", "met", "Meeting", f"{MEETING} It rained. Irina Sand came.")
    assert (plain["above"], plain["side"], plain["words"], plain["form"]) == ("elsewhere", "none", "13", "-")


def test_an_event_s_signs_name_its_type_where_they_count_for_it_alone() -> None:
    telling = account(MEETING).telling
    look, signs = seen(telling, "met", "Meeting")
    assert {"Meeting", "Meeting: mood REPORTED", "meet/VERB: dep ROOT", "mood REPORTED"} <= set(signs)
    arrival = event_signs(telling, look, "Arrival", 0)
    assert "Arrival: mood REPORTED" in arrival
    assert not any(sign.startswith("Meeting") for sign in arrival)


def test_no_sign_of_an_event_is_borne_twice() -> None:
    text = "Anton Varga had visited Strelsau in May in 2001 on Friday."
    signs = seen(account(text).telling, "visited", "Visit")[1]
    assert len(set(signs)) == len(signs)


@pytest.mark.parametrize(
    ("word", "kind", "text", "state"),
    [
        ("visited", "Visit", VISIT, "told"),
        ("left", "Departure", "Anton Varga left.", "silent"),
        ("visited", "Visit", f"Anton Varga visits Strelsau\n\n{VISIT} Later he visited Strelsau.", "dropped"),
    ],
)
def test_an_event_s_signs_say_what_the_frames_made_of_it(word: str, kind: str, text: str, state: str) -> None:
    signs = seen(account(text).telling, word, kind)[1]
    assert [sign for sign in signs if sign.startswith("frames ")] == [f"frames {state}"]
    assert f"{kind}: frames {state}" in signs


def starting(signs: Iterable[str], head: str) -> list[str]:
    return [sign for sign in signs if sign.startswith(head)]


def test_the_gate_s_confidence_is_a_sign_of_what_the_frames_told() -> None:
    told = seen(account(VISIT).telling, "visited", "Visit")[1]
    silent = seen(account("Anton Varga left.").telling, "left", "Departure")[1]
    assert starting(silent, "sure ") == ["sure 0"]
    assert starting(told, "sure ") != ["sure 0"]


@pytest.mark.parametrize("sign", ["told before", "triggers before"])
def test_events_before_are_counted(sign: str) -> None:
    texts = (VISIT, f"Irina Sand visited Onhava. {VISIT}")
    found = [starting(seen(account(text).telling, "visited", "Visit")[1], sign) for text in texts]
    assert found == [[f"{sign} 0"], [f"{sign} 1"]]


def test_an_event_told_later_is_not_told_before() -> None:
    text = f"{VISIT} Irina Sand visited Onhava."
    first = next(signs for look, kind, signs in events(account(text).telling) if kind == "Visit")
    assert starting(first, "told before") == ["told before 0"]
    assert starting(first, "others told") == ["others told 1"]


def test_auxiliaries_and_prepositions_are_signs_of_their_own() -> None:
    signs = seen(account("Anton Varga has flown to Onhava.").telling, "flown", "Arrival")[1]
    assert {"auxiliary has", "preposition to"} <= set(signs)
    assert not starting(seen(account(VISIT).telling, "visited", "Visit")[1], "auxiliary")


def test_a_party_s_signs_count_for_its_type_or_for_all_types_in_which_all_act() -> None:
    plain = party_look("Anton Varga", "met", "Meeting", MEETING)
    meeting, visit = party_signs(plain, "Meeting"), party_signs(plain, "Visit")
    assert "Meeting: side left" in meeting and "Visit: side left" in visit
    assert starting(meeting, "joint: ") and not starting(meeting, "single: ")
    assert starting(visit, "single: ") and not starting(visit, "joint: ")
    assert set(meeting) & set(visit) >= {"side left", "kind person"}


def test_a_party_s_trigger_is_no_sign_by_itself() -> None:
    signs = party_signs(party_look("Anton Varga", "met", "Meeting", MEETING), "Meeting")
    assert "word meet/VERB" not in signs
    assert "word+kind meet/VERB|person" in signs


def test_no_sign_of_a_party_is_borne_twice() -> None:
    signs = party_signs(party_look("Anton Varga", "met", "Meeting", MEETING), "Meeting")
    assert len(set(signs)) == len(signs)
