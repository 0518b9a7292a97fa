"""What the network says becomes signs of words and of parties, and figures of dates and places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.articles.layout import body_spans
from kb.reading import offices
from kb.reading.accounts import Account
from kb.reading.chances.casts import NO_STEP
from kb.reading.chances.party_signs import looks
from kb.reading.chances.slot_scene import UNREAD
from kb.reading.chances.weighing import HARDLY, events, seat, setting_of
from kb.reading.context.context import HOPELESS, Context, step
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


class Doubting(Context):
    """A network that gives every word little chance."""

    def event(self, offset: int, type_: str) -> float:
        """Return log-odds at which a frame is still tried, but no word weighed where frames are silent."""
        return (HOPELESS + HARDLY) / 2


@pytest.mark.parametrize("doubts", [False, True])
def test_what_the_network_hardly_believes_is_weighed_only_where_a_frame_speaks(doubts: bool) -> None:
    telling = account(encoder()).telling
    read = replace(telling, context=Doubting(encoder(), TEXT) if doubts else telling.context)
    bare = replace(read, drafts=(), told=())

    assert any(kind == "Meeting" for _, kind, _ in events(read))
    assert any(kind == "Meeting" for _, kind, _ in events(bare)) is not doubts


def test_the_trees_see_what_the_network_says_of_event_and_party() -> None:
    telling = account(encoder()).telling
    look, _ = seen(telling, "met", "Meeting")
    seats = [
        seat(one, plain, 0.5, 0.5)
        for one, plain in zip(look.near, looks(telling, look, "Meeting"), strict=True)
    ]

    assert setting_of(telling, look, "Meeting", 0.5, ()).told == step(
        telling.context.event(TEXT.index("met"), "Meeting") if telling.context else 0.0
    )
    assert {one.name for one in seats if one.acting > 0} == {"Anton Varga", "Irina Sand"}
    assert all(one.acting == one.opposite == NO_STEP for one in seats if one.near.word is None)


def test_without_a_network_the_trees_see_that_nobody_was_asked() -> None:
    telling = account(None).telling
    look, _ = seen(telling, "met", "Meeting")

    assert setting_of(telling, look, "Meeting", 0.5, ()).told == 0
    assert all(
        seat(one, plain, 0.5, 0.5).acting == NO_STEP
        for one, plain in zip(look.near, looks(telling, look, "Meeting"), strict=True)
    )
