"""The figures of a date that an event may have which do not come of where the date stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from spacy.tokens import Token

from kb.edtf_bounds import bounds
from kb.reading.chances.slot_scene import Scene, anchor_of, modality_of, names_of, tag, type_of
from kb.reading.merge import Told
from kb.reading.scene_views import sides_of
from kb.reading.time_records import Basis

BASES: Final = ("", *Basis)
_DETERMINERS: Final = ("", "the", "a", "an", "his", "her", "their", "its", "this")
_BEFORE: Final = ("", "during", "after", "at", "in", "for", "on", "before", "following", "with", "of",
                  "about", "ahead", "to", "from", "by", "since", "upon")  # fmt: skip
_LONG, _LATE = 500, 12
DAY: Final = len("2023-09-15")


def common_figures(scene: Scene, one: Told, at: int, many: int) -> list[float]:
    """Return the figures that do not differ between an event's dates; ``many``: how many it may have."""
    page, draft = scene.page, one.draft
    token, trigger = page.doc[anchor_of(one)], page.doc[draft.trigger]
    helpers = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
    before = trigger.head.lower_ if trigger.dep_ == "pobj" else ""
    sides = sides_of(one)
    known = names_of(one) | sides
    here = scene.sentence[token.sent.start]
    return [
        type_of(one), modality_of(one), tag(token), draft.spoken, draft.start < page.headline_end,
        page.home is not None, page.article.published is not None,
        sum([time.sentence == here and not time.heads for time in scene.times]), min(here, _LATE),
        place_in(BASES, one.when.basis), one.when.edtf is None,
        not helpers.isdisjoint(("has", "have")), "had" in helpers,
        not helpers.isdisjoint(("will", "would", "to")),
        place_in(_DETERMINERS, _determiner(trigger)), place_in(_BEFORE, before),
        len(known & scene.in_title) / max(len(known), 1),
        page.home in sides if page.home else -1, trigger.tag_ in ("NN", "NNS", "NNP"),
        draft.spot.place is not None, draft.spot.country is not None,
        len(scene.dated) - (one.when.edtf is not None and at >= 0), scene.many_days,
        draft.rule.endswith("/weighed"), many, bool(one.when.phrase), one.when.basis == Basis.VAGUE,
        scene.paragraphs(page.headline_end, draft.start),
    ]  # fmt: skip


def plain_figures(edtf: str | None, published: date | None) -> Iterator[float]:
    """Yield what a date is by itself: none at all, of which form, how many days from the publication."""
    yield edtf is None
    yield _form(edtf)
    known = bounds(edtf) if edtf is not None and published is not None else None
    for side in (known.earliest, known.latest) if known is not None else ():
        far = (side - published).days if side is not None and published is not None else _LONG
        yield max(-_LONG, min(_LONG, far))
    if known is None:
        yield 0
        yield 0


def _form(edtf: str | None) -> int:
    if edtf is None:
        return 0
    if "/" in edtf:
        return 6 if ".." in edtf else 5
    return {DAY: 1, len("2023-09"): 2, len("2023"): 3}.get(len(edtf), 4)


def _determiner(noun: Token) -> str:
    return next((child.lower_ for child in noun.children if child.dep_ in ("det", "poss")), "")


def place_in(names: tuple[str, ...], name: str, other: int = 20) -> int:
    """Return where a name stands in a list, another number where it does not."""
    return names.index(name) if name in names else other
