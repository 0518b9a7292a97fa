"""Ships are told by a common noun before a name, and are visited like plants and bases."""

from __future__ import annotations

import pytest

from kb.reading.ships import is_vessel
from tests.reading.desk import read, the
from tests.reading.test_participants import page


@pytest.mark.parametrize(
    ("text", "facility"),
    [
        ("Anton Varga toured the nuclear submarine Le Temeraire and spoke with its crew.", "Le Temeraire"),
        ("President Anton Varga then went aboard the frigate Aquitaine.", "Aquitaine"),
        ("Anton Varga visited the destroyer Choe Hyon at Strelsau.", "Choe Hyon"),
        ("Irina Sand inspected the aircraft carrier Liaodong.", "Liaodong"),
        ("Irina Sand visited the cruiser Peter the Great.", "Peter the Great"),
        ("Irina Sand visited the hospital ship Peace Ark on Monday.", "Peace Ark"),
        ("Irina Sand visited the destroyer on Monday.", "destroyer"),
        ("Anton Varga went on board the cruiser Quincy.", "Quincy"),
        ("Irina Sand spent a day on board the aircraft carrier Liaodong off Strelsau.", "Liaodong"),
    ],
)
def test_a_ship_is_visited_by_its_name(text: str, facility: str) -> None:
    claim = the("Visit", text)
    assert claim.facility is not None
    assert claim.facility.name == facility


@pytest.mark.parametrize(
    "text",
    [
        "Anton Varga and Irina Sand met on board the cruiser Strelsau.",
        "The talks between Anton Varga and Irina Sand took place aboard the cruiser Strelsau.",
    ],
)
def test_a_ship_that_bears_the_name_of_a_town_is_not_in_it(text: str) -> None:
    claim = the("Meeting", text)
    assert (claim.facility and claim.facility.name, claim.place, claim.country) == ("Strelsau", None, None)


@pytest.mark.parametrize(
    "text", ["Irina Sand inspected the ship Ruritania had seized.", "Irina Sand toured the ship Tuesday."]
)
def test_a_name_that_begins_something_else_is_not_the_ships(text: str) -> None:
    facilities = [claim.facility.name for claim in read(text) if claim.facility is not None]
    assert set(facilities) <= {"ship"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the aircraft carrier sailed", True),
        ("the carrier Zembla Airways", False),
        ("the aircraft Carrier Strike Group", False),
    ],
)
def test_a_carrier_is_a_ship_only_of_aircraft_and_in_small_letters(text: str, *, expected: bool) -> None:
    words = page(text).doc
    assert any(is_vessel(word) for word in words) == expected
