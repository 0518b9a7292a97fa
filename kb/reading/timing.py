"""Attach to each event the phrase of time that dates it: same clause first, then what governs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from spacy.tokens import Token

from kb.reading.beside_events import Counted, counted, counted_from, stay
from kb.reading.data import nominals
from kb.reading.dates import find_times, resolve, resolve_relative
from kb.reading.dates_words import date_words
from kb.reading.model import Draft, When
from kb.reading.page import Page
from kb.reading.quotations import Quotations
from kb.reading.time_anchors import anchors, rank
from kb.reading.time_clauses import (
    bounded,
    finer,
    is_due,
    is_fixed_for,
    since_event,
    telling,
    tense_of,
    told_as_past,
)
from kb.reading.time_datelines import Written, written_at, written_days
from kb.reading.time_issue import before, issued
from kb.reading.time_phases import phases
from kb.reading.time_records import Basis, Tense, TimeMention
from kb.records import ClaimType, Modality, Polarity

UNDATED: Final = When()
_ONCE: Final = frozenset(
    {
        ClaimType.MEETING,
        ClaimType.CALL,
        ClaimType.VISIT,
        ClaimType.ARRIVAL,
        ClaimType.DEPARTURE,
        ClaimType.AGREEMENT,
        ClaimType.STATEMENT,
    }
)
_ONGOING: Final = frozenset({ClaimType.SANCTION, ClaimType.DEPLOYMENT, ClaimType.PRODUCTION})
"""What lasts: since a date it holds, and no end is told."""
_MADE_KNOWN: Final = frozenset(
    {
        ClaimType.SANCTION,
        ClaimType.VISIT,
        ClaimType.MEETING,
        ClaimType.CALL,
        ClaimType.AGREEMENT,
        ClaimType.EXERCISE,
    }
)
_BESIDE: Final = 4
"""Tokens between a date and the occasion that it names."""
_VAGUE: Final = 100
"""Added to the rank of a phrase that has no date: "recently" counts where nothing else stands."""


class Timing:
    """Dates the events of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._published = page.article.published
        self._written: list[Written] = []
        self._quotations = Quotations(page)
        self._times = self._found()
        self._roots = {mention.start: self._root(mention) for mention in self._times}
        self._by_sentence: dict[int, list[tuple[TimeMention, Token]]] = {}
        datelines = {start for start, _ in self._written}
        for mention in self._times:
            root = self._roots[mention.start]
            if root is not None and mention.start not in datelines:
                self._by_sentence.setdefault(root.sent.start, []).append((mention, root))

    def _found(self) -> list[TimeMention]:
        """Return the phrases of time, each read from the day on which its part of the text was written."""
        state = self._page.outlet.state if self._page.outlet else None
        month_first = state in date_words().month_first_states
        found = find_times(self._page.text, self._published, month_first=month_first)
        self._written = written_days(self._page.text, found, self._published)
        if any(day != self._published for _, day in self._written):
            found = find_times(
                self._page.text, self._published, month_first=month_first, written=self._written
            )
        return found

    def mentions(self) -> Iterator[tuple[TimeMention, Token, bool]]:
        """Yield each phrase of time with its root, and whether it is the date of a dateline."""
        datelines = {start for start, _ in self._written}
        for mention in self._times:
            root = self._roots[mention.start]
            if root is not None:
                yield mention, root, mention.start in datelines

    def in_sentence(self, token: Token) -> list[TimeMention]:
        """Return the phrases of time of a word's sentence, datelines left out."""
        return [mention for mention, _ in self._by_sentence.get(token.sent.start, ())]

    def written(self, draft: Draft) -> date | None:
        """Return the day on which an event's part of the text was written."""
        return written_at(draft.start, self._written, self._published)

    def when(self, draft: Draft, modality: Modality, polarity: Polarity) -> When:
        """Return when an event is told to happen."""
        token = self._page.doc[draft.anchor]
        closely = draft.spoken or draft.type == ClaimType.PRODUCTION
        mention = self._nearest(
            token, closely=closely, ahead=modality is not Modality.REPORTED, spoken=draft.spoken
        )
        tense: Tense = "past" if modality is Modality.REPORTED else "future"
        if draft.type == ClaimType.EXERCISE:
            lasting = phases(token, self._by_sentence.get(token.sent.start, ()))
            if lasting is not None:
                return When(lasting, Basis.YEAR_NEAREST)
        beside = counted(token)
        if beside is not None and (mention is None or not self._dates(mention, beside)):
            return self._counted(beside, self._nearest(beside.governor, outside=beside), tense)
        for other in counted_from(token) if mention is None or mention.kind == "relative" else ():
            inner = self._nearest(other.event, closely=True)
            if inner is not None and inner.kind != "relative":
                return self._counted(other, inner, tense)
        if mention is None and modality is Modality.REPORTED:
            mention = self._of_announcement(draft, token)
        earlier = before(token) if token.pos_ in ("NOUN", "PROPN") else None
        if earlier is not None and not self._stands_with(mention, token):
            return When(None, Basis.VAGUE, earlier.text)
        if mention is not None and (mention.kind != "vague" or modality is Modality.REPORTED):
            found = self._read(mention, draft, token, tense)
            if found is not None:
                return found
        if mention is None and modality is Modality.REPORTED and draft.type != ClaimType.PRODUCTION:
            scene = self._scene(token)
            if scene != UNDATED:
                return scene
        day = self.written(draft)
        if day is not None and issued(self._page, draft, modality, polarity):
            return When(day.isoformat(), Basis.ISSUED_ON, "")
        return UNDATED

    def _read(self, mention: TimeMention, draft: Draft, token: Token, tense: Tense) -> When | None:
        """Return the date that a phrase gives an event, None where a readout's own day is better."""
        day = mention.context.published
        read = resolve(mention, day, tense_of(self._roots.get(mention.start), tense))
        if read.edtf is None and read.kind == "relative" and self._page.home and day:
            read = resolve_relative(read, day.isoformat())
        if read.edtf is None:
            readout = self._page.home and mention.kind == "relative"
            return None if readout else When(None, read.basis, read.phrase)
        edtf = (self._programmed(read) if tense == "future" else None) or self._span(read, draft, token)
        if edtf is not None and draft.type == ClaimType.VISIT:
            edtf = stay(token, edtf, begins=read.relation == "from")
        return When(edtf, read.basis, read.phrase, read.start, read.end)

    def _programmed(self, read: TimeMention) -> str | None:
        """Return the one later day that a programme has named by its weekday: "Monday 17 May … On Monday"."""
        if read.kind != "weekday" or read.edtf is None or len(read.edtf) != len("2023-09-15"):
            return None
        weekday = date.fromisoformat(read.edtf).weekday()
        days = {m.edtf for m in self._times if m.start < read.start and m.kind in ("date", "yearless")
                and m.edtf is not None and len(m.edtf) == len(read.edtf) and m.edtf > read.edtf
                and date.fromisoformat(m.edtf).weekday() == weekday}  # fmt: skip
        return days.pop() if len(days) == 1 else None

    def _of_announcement(self, draft: Draft, token: Token) -> TimeMention | None:
        """Return the day on which a state made known what it does: "X is expelling Y, it said on Z"."""
        verb = telling(token)
        if verb is None:
            return None
        done_by_it = draft.type == ClaimType.SANCTION or any(
            c.lower_ in ("has", "have") for c in token.children
        )
        if not done_by_it or draft.type not in _MADE_KNOWN:
            return None
        subjects = {word.lemma_.lower() for word in verb.children if word.dep_ == "nsubj"}
        if verb.lemma_ not in ("announce", "declare") and not subjects & nominals()["announcers"]:
            return None
        agents = {state for party in draft.parties("agents") for state in party.states}
        speaking = {s for mention in self._page.mentions_in(verb.left_edge.i, verb.right_edge.i + 1)
                    if not token.left_edge.i <= mention.first <= token.right_edge.i
                    for entry in mention.entries if (s := entry.state)}  # fmt: skip
        if speaking and not speaking & agents:
            return None
        return self._nearest(verb, closely=True)

    def _scene(self, token: Token) -> When:
        """Return the day of the sentence before, where one goes on "there" or "from there"."""
        start = token.sent.start
        there = [part for part in token.sent if part.lower_ == "there" and part.dep_ != "expl"]
        if not start or not there or not (there[0].i - start < 2 or there[0].head == token):
            return UNDATED
        before = self._by_sentence.get(token.doc[start - 1].sent.start, ())
        days = {m.edtf for m, _ in before if m.edtf is not None and len(m.edtf) == len("2023-09-15")}
        return When(days.pop(), Basis.SAME_EVENT) if len(days) == 1 else UNDATED

    def _stands_with(self, mention: TimeMention | None, token: Token) -> bool:
        """Tell whether a phrase hangs on the noun itself: "the recent talks on Monday"."""
        root = self._roots.get(mention.start) if mention is not None else None
        return root is not None and token.is_ancestor(root)

    def _dates(self, mention: TimeMention, beside: Counted) -> bool:
        """Tell whether a phrase stands with an event that is counted from another, and is a date itself."""
        root = self._roots.get(mention.start)
        return mention.kind != "relative" and root is not None and beside.holds(root)

    def _counted(self, beside: Counted, mention: TimeMention | None, tense: Tense) -> When:
        """Return a date counted from that of the other event of the sentence."""
        if mention is None:
            return UNDATED
        known = resolve(mention, mention.context.published, tense).edtf
        phrase = self._page.stored(beside.start, beside.end)
        edtf = beside.date(known)
        return When(edtf, Basis.RELATIVE_TO_EVENT, phrase) if edtf is not None else UNDATED

    def lies_ahead(self, draft: Draft, modality: Modality) -> bool:
        """Tell whether the present tense speaks of a day to come: "X leaves on Wednesday", in no title."""
        token, published = self._page.doc[draft.anchor], self.written(draft)
        goes = draft.type in (ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.DEPARTURE)
        if not goes or published is None or modality is not Modality.REPORTED or not is_due(token):
            return False
        ahead = self.when(draft, Modality.PLANNED, Polarity.AFFIRMED).edtf
        return draft.start >= self._page.headline_end and ahead is not None and ahead > published.isoformat()

    def _span(self, mention: TimeMention, draft: Draft, token: Token) -> str | None:
        """Return a date with its open side; of what happens once "since March" is no date."""
        root = self._roots.get(mention.start)
        inside = root is not None and root.is_ancestor(token)
        if mention.relation == "since" and draft.type in _ONCE:
            repeated = any(child.lower_ in ("have", "has") for child in token.children)
            return mention.edtf if inside else bounded(mention) if repeated else None
        since = draft.type not in _ONCE and not inside and since_event(root)
        edtf = bounded(replace(mention, relation="since") if since else mention)
        day = self.written(draft)
        up_to_now = edtf is not None and edtf.endswith("/..") and draft.type not in _ONGOING
        if up_to_now and day is not None and edtf is not None and edtf < day.isoformat():
            return edtf.removesuffix("..") + day.isoformat()
        return edtf

    def occasion(self, draft: Draft, modality: Modality) -> When:
        """Return the date by which the text elsewhere names an undated meeting: "Wednesday's summit"."""
        if draft.type != ClaimType.MEETING or modality is not Modality.REPORTED:
            return UNDATED
        found = {m.edtf: m for m in self._times if m.edtf and self._names_occasion(m, draft)}
        if len(found) != 1:
            return UNDATED
        mention = next(iter(found.values()))
        return When(mention.edtf, "same-event", mention.phrase)

    def _names_occasion(self, mention: TimeMention, draft: Draft) -> bool:
        root = self._roots.get(mention.start)
        if root is None or root.dep_ not in ("poss", "compound", "nmod", "npadvmod"):
            return False
        noun = root.head
        if abs(noun.i - root.i) > _BESIDE:
            return False
        return noun.lemma_.lower() in ("summit", "talk", "meeting", "negotiation") and noun.i != draft.trigger

    def _root(self, mention: TimeMention) -> Token | None:
        span = self._page.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return span.root if span is not None else None

    def _nearest(
        self,
        token: Token,
        *,
        closely: bool = False,
        outside: Counted | None = None,
        ahead: bool = False,
        spoken: bool = False,
    ) -> TimeMention | None:
        """Return the time phrase nearest to a trigger, by rank of its anchor and then by distance."""
        found = [token, token.head] if token.dep_ in ("xcomp", "conj", "advcl") else [token]
        ranks = {anchor.i: number for number, anchor in enumerate(found if closely else anchors(token))}
        ranked = []
        own = counted(token)
        for mention, root in self._by_sentence.get(token.sent.start, ()):
            if own is not None and own.start <= mention.start and mention.end <= own.end:
                continue  # "two days after" counts from the event, and says nothing of its own date
            if self._is_period_of_item(mention, root) or (outside is not None and outside.holds(root)):
                continue
            if ahead and told_as_past(root, token):
                continue
            if spoken and self._quotations.holds(root.idx):
                continue  # "We stand today …": what is said tells not when
            place = rank(root, token, ranks, closely=closely)
            if place is not None:
                place += _VAGUE * (mention.kind == "vague")
                ranked.append((place, abs(root.i - token.i), mention.start, mention))
        if not ranked:
            return None
        mentions = [mention for *_, mention in sorted(ranked, key=lambda found: found[:3])]
        return next((mention for mention in mentions if finer(mention, mentions[0])), mentions[0])

    def _is_period_of_item(self, mention: TimeMention, root: Token) -> bool:
        """A span of years that an agreement covers is no date of its signing: "over 2010-2014"."""
        if mention.relation == "for" and is_fixed_for(root):
            return False
        return mention.relation in ("for", "over") or (
            root.dep_ == "nummod" and root.head.pos_ in ("NOUN", "PROPN")
        )
