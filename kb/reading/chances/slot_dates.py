"""The dates that an event may have, each with its figures: of phrases near by, of other events, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Final

from kb.edtf_bounds import span
from kb.reading.chances.slot_date_figures import BASES, common_figures, place_in, plain_figures
from kb.reading.chances.slot_scene import (
    UNREAD,
    Scene,
    Timed,
    anchor_of,
    overlap,
    steps,
)
from kb.reading.chances.slot_stays import LONGEST, lasts
from kb.reading.merge import Told
from kb.reading.model import Spot, When
from kb.reading.scene_days import part_of_day
from kb.reading.time_anchors import anchors, rank
from kb.reading.time_calendar import is_day
from kb.reading.time_records import Basis, Tense
from kb.records import Modality

_KINDS: Final = ("date", "weekday", "yearless", "deictic", "relative", "vague")
_RELATIONS: Final = ("", "on", "in", "since", "until", "by", "for", "over", "from", "during", "after",
                     "before", "of", "at", "to")  # fmt: skip
_BACK, _ON, _LEAD = 3, 2, 2
"""Sentences before and after an event, and at the beginning of the text, whose dates it may have."""
_NEVER, _FAR = 9999, 99
_STAYS: Final = 4
"""Stays of the text, the first ones, whose number of days an event may last."""
_ELSEWHERE: Final = 8
"""How far off, at most, a stay counts that another sentence tells."""
_LASTING: Final = frozenset({"Visit", "Meeting", "Exercise", "Arrival", "Departure"})


@dataclass(slots=True)
class Dated:
    """A date that an event may have, and what speaks for it."""

    when: When
    rule: int = 0
    """1 for the date by rules."""
    basis: int = -1
    issue: int = 0
    """1 for the day of publication."""
    written: int = 0
    """1 for the day on which its text was written, where it tells but a part of the day."""
    mentions: int = 0
    off: int = 9
    """Sentences to the phrase that tells it next to the event; 9: none does."""
    words: int = _FAR
    side: int = 0
    rank: int = _FAR
    up: int = 9
    down: int = 9
    kind: int = -1
    relation: int = -1
    title: int = 0
    lead: int = 0
    events: int = 0
    """Other events that have it."""
    event_far: int = _NEVER
    event_persons: int = 0
    persons: int = 0
    sides: int = 0
    future: int = 0
    made: int = 0
    """0 where a phrase says it, 1 with its open side, 2 from two phrases, 3 and 4 counted by a stay."""
    event_type: int = -1
    dateline: int = 0
    inside: int = 0
    alike: int = 0
    here: int = 0
    between: int = 9
    last: int = 0
    paragraph: int = 9
    shared: float = 0.0
    spot: int = 0
    event_here: int = 0
    event_phrase: int = 0
    event_tag: int = -1
    event_paragraph: int = 9
    event_above: int = 0
    stay_far: int = 9
    """Of a counted stay: 0 where the event tells it, else 1 and the sentences to where it stands."""
    read: float = UNREAD
    """The network's log-odds of the phrase that it takes for the date most."""


_FIGURES: Final = attrgetter(*[name for name in Dated.__slots__ if name != "when"])
_OF_PHRASE: Final = ("off", "words", "side", "rank", "up", "down", "kind", "relation", "here", "between",
                     "last", "paragraph", "events", "event_far", "shared", "read")  # fmt: skip


def dates(scene: Scene, one: Told, at: int) -> list[tuple[When, list[float]]]:
    """Return the dates that an event may have, the rules' first, each with its figures.

    ``at``: the event's place among those of the scene, -1 for one that is not among them.
    """
    found = _Dates(scene, one).all(at)
    common = common_figures(scene, one, at, len(found))
    others = max(len(scene.dated) - (one.when.edtf is not None and at >= 0), 1)
    published = scene.page.article.published
    return [
        (held.when, [*common, *plain_figures(edtf, published), held.events / others, *_FIGURES(held)])
        for edtf, held in found.items()
    ]


class _Dates:
    """Gathers the dates that one event may have."""

    def __init__(self, scene: Scene, one: Told) -> None:
        self._scene, self._one, self._page = scene, one, scene.page
        self._token = scene.page.doc[anchor_of(one)]
        self._here = scene.sentence[self._token.sent.start]
        self._found: dict[str | None, Dated] = {}
        self._within = sum(time.sentence == self._here and not time.heads for time in scene.times)

    def all(self, at: int) -> dict[str | None, Dated]:
        """Return what speaks for each date."""
        rule = self._of(self._one.when)
        rule.rule, rule.basis = 1, place_in(BASES, self._one.when.basis)
        self._of(When())
        published = self._page.article.published
        if published is not None and self._scene.official:
            self._of(When(published.isoformat(), Basis.ISSUED_ON)).issue = 1
        self._of_part_of_day()
        self._told_near()
        if self._one.draft.type in _LASTING:
            self._counted()
        self._of_others(at)
        return self._found

    def _of_part_of_day(self) -> None:
        """Add the day on which its part of the text was written where an event is "in the evening"."""
        part = part_of_day(self._page.doc[self._one.draft.trigger])
        day = self._scene.timing.written(self._one.draft) if part is not None else None
        if part is not None and part.lower_ != "day" and day is not None:
            phrase = self._page.stored(part.left_edge.idx, part.idx + len(part))
            self._of(When(day.isoformat(), Basis.PUBLICATION_DAY, phrase)).written = 1

    def _of(self, when: When) -> Dated:
        held = self._found.get(when.edtf)
        if held is None:
            held = self._found[when.edtf] = Dated(when)
        return held

    def _told_near(self) -> None:
        ranks: dict[int, int] | None = None
        single: list[tuple[int, str, Timed]] = []
        tenses: tuple[Tense, ...] = ("past", "future")
        done = self._token.tag_ in ("VBD", "VBN")
        if self._one.stance.modality is not Modality.REPORTED:
            tenses = ("future", "past") if done else ("future",)
        elif done:
            tenses = ("past",)
        near = [time for time in self._scene.times if self._is_near(time)]
        odds = self._scene.read_as("time", self._one, [time.root for time in near])
        for time, said in zip(near, odds, strict=True):
            off = time.sentence - self._here
            title = time.mention.start < self._page.headline_end
            if off == 0 and ranks is None:
                ranks = {anchor.i: number for number, anchor in enumerate(anchors(self._token))}
            first: str | None = None
            for tense in tenses:
                read = self._scene.reading(time.mention, tense)
                edtf = read.edtf
                if edtf is None or edtf == first:
                    continue
                for form in dict.fromkeys((edtf, read.span or edtf)):
                    held = self._of(When(form, read.basis, read.phrase, read.start, read.end))
                    held.mentions += 1
                    held.read = max(held.read, said)
                    self._near(held, time, edtf, ranks or {}, form != edtf, first is not None)
                    held.title |= title
                    held.lead |= time.sentence <= _LEAD
                first = edtf
                if off == 0 and is_day(edtf):
                    single.append((time.root.i, edtf, time))
        self._from_to(single)

    def _is_near(self, time: Timed) -> bool:
        off, title = time.sentence - self._here, time.mention.start < self._page.headline_end
        return -_BACK <= off <= _ON or title or time.sentence <= _LEAD

    def _near(
        self, held: Dated, time: Timed, edtf: str, ranks: dict[int, int], opened: bool, future: bool
    ) -> None:
        """Tell of the phrase that says a date where it stands nearer than the one before."""
        token, root = self._token, time.root
        off, words = time.sentence - self._here, abs(root.i - token.i)
        if (abs(off), words) >= (abs(held.off), held.words):
            return
        start = time.mention.start
        others, between = self._scene.between(start, token.idx, edtf)
        held.off, held.words, held.side = off, min(words, _FAR), 1 if root.i > token.i else -1
        held.kind, held.relation = (
            place_in(_KINDS, time.mention.kind),
            place_in(_RELATIONS, time.mention.relation),
        )
        held.future, held.made, held.dateline = int(future), int(opened), int(time.heads)
        held.between, held.last = min(others, 5), int(start < token.idx and between == 1)
        held.paragraph = self._scene.paragraphs(token.idx, start)
        if off == 0:
            placed = rank(root, token, ranks)
            held.rank = _FAR if placed is None else placed
            held.up, held.down = steps(token, root)
            held.inside, held.here = int(token.is_ancestor(root)), self._within

    def _from_to(self, single: list[tuple[int, str, Timed]]) -> None:
        """Add what two days of the sentence span: "from Monday to Wednesday", "on 3 and 4 May"."""
        for first, begins, time in single:
            for last, ends, other in single:
                if first >= last or not 0 < _days(begins, ends) <= LONGEST:
                    continue
                start, end = time.mention.start, other.mention.end
                phrase = self._page.stored(start, end)
                held = self._of(When(f"{begins}/{ends}", time.mention.basis, phrase, start, end))
                if held.made < 2:
                    one, two = self._found[begins], self._found[ends]
                    held.made, held.off, held.words = 2, 0, min(_FAR, abs(first - self._token.i))
                    held.rank, held.up, held.down = min(one.rank, two.rank), one.up, one.down
                    held.kind, held.here = place_in(_KINDS, time.mention.kind), self._within

    def _counted(self) -> None:
        """Add the days of stays that begin or end on a day: the event's, and others of the text."""
        own = lasts(self._page.doc[self._one.draft.trigger])
        if own is not None:
            self._stay(own, 0)
        told = {days: abs(sentence - self._here) for days, sentence in self._scene.stays[:_STAYS]}
        for days, far in told.items():
            if days != own:
                self._stay(days, min(1 + far, _ELSEWHERE))

    def _stay(self, days: int, far: int) -> None:
        """Add what so many days come to that begin or end on a day; ``far``: see Dated.stay_far."""
        for edtf, day in list(self._found.items()):
            if edtf is None or not is_day(edtf):
                continue
            known, more = date.fromisoformat(edtf), timedelta(days=days - 1)
            for made, (start, end) in enumerate(((known, known + more), (known - more, known)), 3):
                held = self._of(When(span(start, end), day.when.basis, day.when.phrase))
                if held.made < 3 or day.off == 0:
                    for name in _OF_PHRASE:
                        setattr(held, name, getattr(day, name))
                    held.issue, held.made = day.issue, made
                held.stay_far = min(held.stay_far, far)

    def _of_others(self, at: int) -> None:
        one, mine = self._one, self._scene.seen(self._one)
        for place, other in self._scene.dated:
            if place == at:
                continue
            theirs, when = other.one.draft, other.one.when
            held = self._found.get(when.edtf)
            if held is None:
                held = self._of(When(when.edtf, Basis.SAME_EVENT, when.phrase))
            joint = not mine.persons.isdisjoint(other.persons)
            held.events += 1
            held.persons += joint
            held.sides += bool(mine.sides) and mine.sides <= other.sides
            held.alike += theirs.type == one.draft.type
            held.shared = max(held.shared, overlap(mine.names, other.names))
            held.spot = max(held.spot, _alike(one.draft.spot, theirs.spot))
            far = one.draft.start - theirs.start
            if abs(far) < abs(held.event_far):
                held.event_far, held.event_persons = far, int(joint)
                held.event_type, held.event_phrase = other.type, int(bool(when.phrase))
                held.event_here, held.event_tag = int(other.sentence == self._here), other.tag
                held.event_above = int(other.word.is_ancestor(mine.word))
                held.event_paragraph = self._scene.paragraphs(one.draft.start, theirs.start)


def _alike(one: Spot, other: Spot) -> int:
    """Return 1 for two places in one state, 3 for the same town."""
    town = one.place is not None and other.place is not None and one.place.name == other.place.name
    return 2 * town + (one.country is not None and one.country == other.country)


def _days(begins: str, ends: str) -> int:
    return (date.fromisoformat(ends) - date.fromisoformat(begins)).days
