"""Each leg of a trip is a claim of its own: "travel to X and Y" is two visits."""

from __future__ import annotations

from dataclasses import replace

from kb.reading.match import Engine
from kb.reading.model import Draft
from kb.records import ClaimType


def apart(engine: Engine, draft: Draft) -> list[Draft]:
    """Return a draft for each spot of a visit to several; the draft alone otherwise."""
    if draft.type != ClaimType.VISIT:
        return [draft]
    spots = engine.legs(draft)
    if len(spots) < 2:
        return [draft]
    return [replace(draft, spot=spot, end=max(draft.end, spot.end)) for spot in spots]
