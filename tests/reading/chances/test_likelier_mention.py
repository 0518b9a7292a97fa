"""Of two mentions of one event the one that is clearly likelier is kept, else the fuller."""

from __future__ import annotations

import pytest

from kb.reading.merge import Told, merged
from kb.reading.model import Draft, Party, Spot, Stance, When
from kb.records import Ref

FULL, BARE = (10, "Visit"), (40, "Visit")


def told(trigger: int, spot: Spot) -> Told:
    """Return a mention of a visit of Anton Varga's."""
    varga = Party("Anton Varga", "person", trigger, trigger + 11)
    draft = Draft("Visit", "visit/visit-verb", trigger, {"agents": (varga,)}, spot, trigger, trigger + 9)
    return Told(draft, Stance(), When())


def kept(chances: dict[tuple[int, str], float] | None) -> Told:
    """Return what is kept of a fuller mention and of a barer one after it."""
    full = told(FULL[0], Spot(place=Ref("Strelsau", None)))
    (found,) = merged([full, told(BARE[0], Spot())], 0, chances)
    return found


@pytest.mark.parametrize(
    ("chances", "trigger"),
    [
        (None, FULL),
        ({FULL: 0.4, BARE: 0.5}, FULL),
        ({FULL: 0.4, BARE: 0.7}, BARE),
        ({FULL: 0.7, BARE: 0.4}, FULL),
        ({BARE: 0.7}, BARE),
    ],
    ids=["nothing weighed", "hardly likelier", "clearly likelier", "fuller and likelier", "only one weighed"],
)
def test_the_clearly_likelier_mention_is_kept_else_the_fuller(
    chances: dict[tuple[int, str], float] | None, trigger: tuple[int, str]
) -> None:
    assert kept(chances).draft.trigger == trigger[0]


def test_what_only_the_fuller_mention_tells_is_not_lost() -> None:
    assert kept({FULL: 0.4, BARE: 0.7}).draft.spot.place == Ref("Strelsau", None)
