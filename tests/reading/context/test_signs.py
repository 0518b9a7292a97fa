"""What the network says becomes signs of words and of parties, and figures of dates and places."""

from __future__ import annotations

import pytest

from kb.articles.layout import body_spans
from kb.reading import offices
from kb.reading.accounts import Account
from kb.reading.chances.party_signs import looks
from kb.reading.chances.slot_scene import UNREAD
from kb.reading.context.context import step
from kb.reading.context.encoder import Encoder, encoder
from kb.reading.coreference import Referents
from kb.reading.page import Page
from tests.reading.chances.pages import seen
from tests.reading.desk import article, invented_lexicon

TEXT = "President Anton Varga met Foreign Minister Irina Sand in Strelsau on Friday."


def account(network: Encoder | None) -> Account:
    """Return a text as read with a network, or without one."""
    page = Page(article(TEXT), invented_lexicon(), body_spans(TEXT))
    return Account(Referents(page, offices.find(page)), network)


@pytest.mark.parametrize(
    ("odds", "lies"), [(0.0, 0), (0.49, 0), (-0.1, -1), (1.6, 3), (99.0, 14), (-99.0, -14)]
)
def test_log_odds_are_told_in_steps_of_a_half(odds: float, lies: int) -> None:
    assert step(odds) == lies


def test_a_word_bears_what_the_network_says_of_it_once_for_all_and_once_for_the_type() -> None:
    _, signs = seen(account(encoder()).telling, "met", "Meeting")

    told = [sign for sign in signs if "context" in sign]
    assert len(told) == 2
    assert told[1] == f"Meeting: {told[0]}"


def test_without_a_network_no_word_bears_a_sign_of_one() -> None:
    telling = account(None).telling
    look, signs = seen(telling, "met", "Meeting")

    assert not [sign for sign in signs if "context" in sign]
    assert {plain["context"] for plain in looks(telling, look, "Meeting")} == {"-"}


def test_a_party_bears_what_the_network_says_of_its_word() -> None:
    telling = account(encoder()).telling
    look, _ = seen(telling, "met", "Meeting")
    found = zip(look.near, looks(telling, look, "Meeting"), strict=True)
    by_name = {one.party.name: plain["context"] for one, plain in found}

    assert int(by_name["Anton Varga"]) >= 0
    assert int(by_name["Irina Sand"]) >= 0


def test_a_day_and_a_town_have_the_networks_log_odds_and_without_one_none() -> None:
    with_one, without = account(encoder()), account(None)
    for found, is_read in ((with_one, True), (without, False)):
        told = found.telling.told
        scene = found.scene(told)
        words = [found.referents.page.doc[at] for at in (8, 10)]
        for role in ("place", "time"):
            odds = scene.read_as(role, told[0], words)
            assert (odds != [UNREAD, UNREAD]) is is_read
