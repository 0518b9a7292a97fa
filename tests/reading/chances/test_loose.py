"""Drafts of what no frame could fill: their words, their place, their parties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from kb.reading.model import NOWHERE, Draft, Party
from kb.reading.quotes import LONGEST
from kb.records import Modality
from tests.reading.chances.pages import account, seen

SILENT = "Anton Varga interacted with Boris Kelemen."
TEXTS = (
    "Anton Varga left.",
    "Anton Varga interacted with Boris Kelemen in Strelsau on Friday, and Irina Sand left for Onhava.",
    "The invasion of Zembla by Ruritania was swift. “We left,” said Irina Sand, “because we had to leave.”",
    "Zembla gave Ruritania R-7 tanks. Ruritania summoned the Zemblan ambassador, imposed sanctions and left.",
    "Visit of Anton Varga to Zembla\n\nTalks were held. They had a dinner\nat the Winter House (Strelsau).",
    "Anton Varga" + ", who had come by train and was tired" * 15 + ", left Strelsau with Boris Kelemen.",
    "Anton Varga said that"
    + " the long road to the north is closed and" * 15
    + " Boris Kelemen left Strelsau.",
    "The agreement" + " on tanks and on trains and on bread" * 20 + " was signed by Ruritania and Zembla.",
)


@cache
def drafts(text: str) -> tuple[tuple[Draft, int, int, int, int], ...]:
    """Return a loose draft of every trigger and type, with where trigger and sentence begin and end."""
    told, found = account(text), []
    for token, kinds in told.telling.triggers:
        for kind in kinds:
            near = seen(told.telling, token.text, kind)[0].near
            agents = tuple(one.party for one in near[:2])
            draft = told.loose.draft(token, kind, agents, ())
            end = token.idx + len(token)
            found.append((draft, token.idx, end, token.sent.start_char, token.sent.end_char))
    return tuple(found)


def faults(draft: Draft, start: int, end: int, low: int, high: int) -> Iterator[str]:
    """Yield what is wrong with a draft's words; the trigger's offsets are given, then its sentence's."""
    if not (draft.start <= start and end <= draft.end):
        yield "the trigger is left out"
    if not (low <= draft.start and draft.end <= high):
        yield "another sentence is quoted"
    if not 0 < draft.end - draft.start <= LONGEST:
        yield "too long"


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:30])
def test_its_words_hold_the_trigger_within_its_sentence_and_are_no_longer_than_a_quote(text: str) -> None:
    assert LONGEST == 390
    assert drafts(text)
    assert [fault for each in drafts(text) for fault in faults(*each)] == []


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        (5, 12, "the trigger is left out"),
        (0, 18, "another sentence is quoted"),
        (-380, 17, "another sentence is quoted; too long"),
    ],
)
def test_words_that_point_badly_would_be_noticed(start: int, end: int, fault: str) -> None:
    draft, *offsets = drafts("Anton Varga left.")[0]
    assert offsets == [12, 16, 0, 17]
    moved = replace(draft, start=start, end=end)
    assert "; ".join(faults(moved, *offsets)) == fault


def test_some_of_these_sentences_are_longer_than_a_quote_may_be() -> None:
    assert [text for text in TEXTS if any(high - low > LONGEST for *_, low, high in drafts(text))]


def one(text: str, word: str, kind: str, others: tuple[Party, ...] | None = None) -> Draft:
    told = account(text)
    look = seen(told.telling, word, kind)[0]
    return told.loose.draft(look.token, kind, (look.near[0].party,), others)


def test_its_rule_says_that_it_was_weighed_and_for_which_type() -> None:
    assert one("Anton Varga left.", "left", "Departure").rule == "departure/weighed"


def test_its_agents_are_the_given_ones_whoever_a_frame_would_take() -> None:
    told = account("Anton Varga met Boris Kelemen. Zembla was there.")
    look = seen(told.telling, "met", "Meeting")[0]
    zembla = next(near.party for near in look.near if near.party.name == "Zembla")
    assert told.loose.draft(look.token, "Meeting", (zembla,), ()).parties("agents") == (zembla,)


def test_a_given_other_side_stands_and_so_does_nobody_and_else_a_frame_may_find_one() -> None:
    text = "Zembla gave Ruritania tanks."
    borduria = Party("Borduria", "state", 0, 1)
    given = one(text, "gave", "Transfer", (borduria,))
    nobody = one(text, "gave", "Transfer", ())
    found = one(text, "gave", "Transfer")
    assert given.parties("counterparts") == (borduria,)
    assert nobody.parties("counterparts") == ()
    assert [party.name for party in found.parties("counterparts")] == ["Ruritania"]


def test_a_frame_s_other_roles_are_filled() -> None:
    found = one("Zembla gave Ruritania R-7 tanks.", "gave", "Transfer")
    assert [party.name for party in found.parties("items")] == ["R-7"]


@pytest.mark.parametrize(
    ("text", "place"),
    [("Anton Varga interacted in Strelsau with Boris Kelemen.", "Strelsau"),
     ("Anton Varga interacted with Boris Kelemen.", None)],
)  # fmt: skip
def test_where_no_frame_starts_from_a_word_its_own_prepositions_tell_the_place(
    text: str, place: str | None
) -> None:
    found = one(text, "interacted", "Meeting").spot
    assert (found.place.name if found.place else None) == place
    assert (found == NOWHERE) == (place is None)


def test_a_frame_that_asks_for_no_place_gets_none_from_the_prepositions() -> None:
    assert one("Ruritania condemned Zembla in Strelsau.", "condemned", "Statement").spot == NOWHERE


def test_a_position_taken_is_spoken_and_an_event_is_not() -> None:
    assert one("Ruritania condemned Zembla.", "condemned", "Statement").spoken
    assert not one("Anton Varga left.", "left", "Departure").spoken


def test_a_frame_s_modality_is_kept_and_without_a_frame_there_is_none() -> None:
    found = one("Ruritania invited Boris Kelemen to visit Strelsau.", "invited", "Visit")
    assert found.modality is Modality.REQUESTED
    assert one(SILENT, "interacted", "Meeting").modality is None


def test_stance_and_time_are_read_at_the_word_that_a_frame_anchors_them_to() -> None:
    text = "Experts believe Anton Varga may supply missiles to Zembla in exchange for fuel from Zembla."
    doc = account(text).referents.page.doc
    found = one(text, "exchange", "Transfer")
    assert (doc[found.trigger].text, doc[found.anchor].text) == ("exchange", "supply")
    silent = one(SILENT, "interacted", "Meeting")
    assert silent.anchor == silent.trigger
