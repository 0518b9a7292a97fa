"""Items of an event: which names it may have, in which words, and which of them are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.reading.chances.forest import Forest, forest
from kb.reading.chances.slot_extents import beginnings, endings
from kb.reading.chances.slot_item_choice import item_rows, likeliest_items
from kb.reading.chances.slot_items import LEAVING, Item
from kb.reading.chances.slot_scene import Scene
from kb.reading.chances.slot_wares import Wares
from kb.reading.extents import name_end
from kb.reading.merge import Told
from tests.reading.chances.pages import account, even

HEAD = "Talks in Strelsau\n\n"
SOLD = "Ruritania sold 30 old river boats to Zembla."
WORDS = (
    "the",
    "30",
    "old",
    ",",
    "river",
    "boats",
    "of",
    "fish",
    "between",
    "and",
    "its",
    "new",
    "to",
    "agreement",
)
SIGNED = "Ruritania and Zembla signed an agreement on trade in fish between their ports."


def scene(text: str) -> Scene:
    """Return what the frames tell of a text."""
    told = account(HEAD + text)
    return told.scene(told.telling.told)


def of(found: Scene, kind: str) -> tuple[Told, list[Item]]:
    """Return the first event of a type with the items that it may have."""
    at, one = next((at, one) for at, one in enumerate(found.told) if one.draft.type == kind)
    return one, item_rows(Wares(found), one, at)


def names(text: str, kind: str) -> set[str]:
    """Return the names of items that the first event of a type may have."""
    return {item.party.name for item in of(scene(text), kind)[1]}


def preferring(held: list[Item], *wanted: str) -> Forest:
    """Return trees by which the items of these names are likely and all others are not."""
    likes = [item.figures for item in held if item.party.name in wanted]
    others = [item.figures for item in held if item.party.name not in wanted]
    for at in range(len(likes[0])):
        least = min(row[at] for row in likes)
        if all(row[at] < least for row in others):
            most = max(row[at] for row in others)
            return forest({"roots": [0], "figure": [at, 0, 0], "most": [most, 0.0, 0.0],
                           "first": [1, 1, 2], "second": [2, 1, 2], "value": [0.0, -4.0, 4.0],
                           "depth": 1, "start": 0.0})  # fmt: skip
    raise AssertionError("no figure tells them apart")


def told_items(trees: Forest, text: str, kind: str) -> list[str]:
    """Return the names of the items that the first event of a type gets."""
    one, held = of(scene(text), kind)
    return [party.name for party in likeliest_items(trees, [one], [held])[0]]


def test_goods_may_be_named_with_and_without_number_and_adjectives() -> None:
    assert {"boats", "river boats", "old river boats", "30 old river boats"} <= names(SOLD, "Transfer")


def test_a_paper_may_be_named_with_and_without_what_it_is_on() -> None:
    found = names(SIGNED, "Agreement")
    assert {"agreement", "agreement on trade", "agreement on trade in fish"} <= found


def test_a_day_is_no_item() -> None:
    assert not any(
        "Monday" in name for name in names("Ruritania sold boats to Zembla on Monday.", "Transfer")
    )


def test_only_a_deployment_may_be_a_withdrawal() -> None:
    left = "Ruritania withdrew its troops from Zembla."
    assert LEAVING in names(left, "Deployment") and LEAVING not in names(SOLD, "Transfer")


def test_a_designation_of_another_sentence_may_be_what_was_sold() -> None:
    text = "The Su-35 is made in Strelsau. Ruritania sold the jets to Zembla."
    assert "Su-35" in names(text, "Transfer")


def test_the_name_of_a_paper_in_another_sentence_may_be_what_was_signed() -> None:
    text = "The Strelsau Fisheries Agreement is long. Ruritania and Zembla signed the agreement."
    assert "Strelsau Fisheries Agreement" in names(text, "Agreement")


def test_a_type_of_which_no_items_are_weighed_has_none() -> None:
    found = scene("President Anton Varga of Ruritania visited Strelsau on Monday.")
    assert of(found, "Visit")[1] == []


def test_what_other_types_have_stands() -> None:
    found = scene("President Anton Varga of Ruritania visited Strelsau on Monday.")
    one, held = of(found, "Visit")
    assert likeliest_items(even(9.0), [one], [held]) == [one.draft.parties("items")]


def test_where_all_is_alike_likely_the_rules_items_stand() -> None:
    one, held = of(scene(SOLD), "Transfer")
    assert likeliest_items(even(0.0), [one], [held]) == [one.draft.parties("items")]


def test_of_one_noun_one_name_is_told() -> None:
    trees = preferring(of(scene(SOLD), "Transfer")[1], "30 old river boats")
    assert told_items(trees, SOLD, "Transfer") == ["30 old river boats"]


def test_a_further_item_is_told_where_it_is_likely_too() -> None:
    text = "Ruritania supplied rifles and helmets to Zembla."
    one, held = of(scene(text), "Transfer")
    assert told_items(even(4.0), text, "Transfer") == [party.name for party in one.draft.parties("items")]
    assert {"rifles", "helmets"} <= {item.party.name for item in held}


def test_an_event_without_a_likely_item_has_none() -> None:
    assert told_items(even(-5.0), SOLD, "Transfer") == []


def test_a_long_list_stands_as_the_rules_read_it() -> None:
    found = scene(SOLD)
    one, held = of(found, "Transfer")
    boats = one.draft.parties("items")[0]
    many = tuple(replace(boats, name=f"boat {at}") for at in range(21))
    listed = replace(one, draft=replace(one.draft, roles={**one.draft.roles, "items": many}))
    assert held and item_rows(Wares(found), listed, -1) == []
    assert likeliest_items(even(9.0), [listed], [[]]) == [many]


def test_each_item_has_as_many_figures() -> None:
    text = f"{SOLD} {SIGNED} Ruritania withdrew its troops from Zembla. The Strelsau Arms Treaty holds."
    found = scene(text)
    wares = Wares(found)
    rows = [item_rows(wares, one, at) for at, one in enumerate(found.told)]
    assert len({len(item.figures) for held in rows for item in held}) == 1


def test_the_same_page_gives_the_same_items() -> None:
    assert of(scene(SOLD), "Transfer")[1] == of(scene(SOLD), "Transfer")[1]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=18))
def test_a_name_holds_its_noun_and_stays_in_the_text(words: list[str]) -> None:
    document = scene("Ruritania sold " + " ".join(words) + " to Zembla.").page.doc
    for token in document:
        firsts, lasts = beginnings(token), endings(token)
        assert token.i in firsts and (token.i in lasts or name_end(token) in lasts)
        assert all(0 <= at <= token.i for at in firsts)
        assert all(token.i <= at < len(document) for at in lasts)


@pytest.mark.parametrize("text", ["", "Agreement", "Agreement of the", "- Treaty -", "The Treaty of the and"])
def test_a_paper_s_name_has_two_words_at_least(text: str) -> None:
    assert all(" " in ware.party.name for ware in Wares(scene(f"{text}.")).named)


def test_an_adjective_of_a_noun_inside_a_name_is_never_cut_off() -> None:
    document = scene("They signed a new nuclear energy agreement on Monday.").page.doc
    head = next(token for token in document if token.text == "agreement")
    found = {document[at : head.i + 1].text for at in beginnings(head)}
    assert "nuclear energy agreement" in found
    assert "energy agreement" not in found


@pytest.mark.parametrize(
    ("text", "noun", "names"),
    [
        ("They signed a long-term agreement on Monday.", "agreement", {"long-term agreement", "agreement"}),
        ("They gave US$6.5 million to Zembla.", "million", {"US$6.5 million"}),
    ],
)
def test_a_name_begins_with_whole_words(text: str, noun: str, names: set[str]) -> None:
    document = scene(text).page.doc
    head = next(token for token in document if token.text == noun)
    found = {document[at : head.i + 1].text for at in beginnings(head)}
    assert names <= found
    assert not any(name.startswith("-") for name in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They signed the Treaty of Friendship, Trade and Cooperation with him.", "Cooperation"),
        ("They signed the Declaration on Principles for Relations and Trade in Onhava.", "Trade"),
        ("They signed the Treaty, Irina Sand said.", "Treaty"),
        ("They signed a treaty of friendship and trade.", "treaty"),
    ],
)
def test_a_paper_s_own_name_ends_with_its_last_capital(text: str, name: str) -> None:
    document = scene(text).page.doc
    head = next(token for token in document if token.lower_ in ("treaty", "declaration"))
    assert document[name_end(head)].text == name
