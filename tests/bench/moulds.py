"""Articles of the seed as moulds: their triples with gaps where a copy names something of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kb.facts.met import MET_BY
from kb.namespaces import BASE, LG, PREFIXES
from kb.store.interface import is_asked
from kb.terms import RDFS_LABEL, graph, lg


class Gap(Enum):
    """What a gap of a mould is filled with; the text beside it says from what it is made."""

    FRESH = auto()
    """An IRI with an identifier of the copy's own; the text is the old IRI."""
    KEY = auto()
    """A string of hexadecimal digits of the copy's own; the text is the old one."""
    DOC = auto()
    DAY = auto()
    EDTF = auto()
    WORDS = auto()
    """Words of the text, letter for letter others."""
    STATE = auto()
    CODE = auto()
    """A state's code as a string."""
    OF_STATE = auto()
    """An IRI that ends in a state's code: a territory, a government."""
    DYAD = auto()
    PERSON = auto()
    FACILITY = auto()
    PLACE = auto()
    HARDWARE = auto()
    OFFICE = auto()
    UNNAMED_OFFICE = auto()
    """An office that reference data do not know: the same for all articles that tell of it in a state."""
    NAME_OF_OFFICE = auto()
    OUTLET = auto()


Filling = tuple[Gap, str]


@dataclass(frozen=True, slots=True)
class Section:
    """Some triples of one graph: a template for ``%``, one triple a line, and which gaps go into it."""

    graph: Filling | str
    """The graph's name, as N-Quads writes it."""
    template: str
    gaps: tuple[int, ...]
    asked: bool
    own: bool
    """Whether every subject is the copy's own; else other copies may say the same."""
    event: str = ""
    """The event that it tells of as a fact; "" where it is of something else."""


@dataclass(frozen=True, slots=True)
class Mould:
    """One article, or two that tell of the same events."""

    gaps: tuple[Filling, ...]
    sections: tuple[Section, ...]
    states: tuple[str, ...]
    """Codes, the two that most events involve first."""
    published: date
    whole_years: bool
    """Whether it may only be shifted by whole years, because it has dates that name no month."""
    articles: tuple[str, ...]
    events: tuple[str, ...]
    """The dated facts."""

    @property
    def weight(self) -> int:
        """How often it is copied: the shipped questions are most about visits to facilities."""
        return 2 + sum(gap is Gap.FACILITY for gap, _ in self.gaps)


_OWN: Final = re.compile(
    rf"{BASE}(?:(?:article|claim|slot|evidence|event)/(c?[0-9a-f]{{16}})(?:-.*)?|(?:facility|place)/x-([0-9a-f]{{12}}))"
)
_EVENT_GRAPHS: Final = tuple(
    graph(name) for name in ("facts", "inferred", "prospective", "alleged", "contested", "meta")
)
_THINGS: Final = {
    "person": Gap.PERSON,
    "facility": Gap.FACILITY,
    "place": Gap.PLACE,
    "region": Gap.PLACE,
    "hardware": Gap.HARDWARE,
    "office": Gap.OFFICE,
    "territory": Gap.OF_STATE,
    "government": Gap.OF_STATE,
    "state": Gap.STATE,
    "dyad": Gap.DYAD,
}
_LITERALS: Final = {
    **dict.fromkeys(("familyKey", "matchKey", "sha256"), Gap.KEY),
    **dict.fromkeys(("claimTime", "time"), Gap.EDTF),
    **dict.fromkeys(("quote", "exact", "prefix", "suffix", "storedText", "title"), Gap.WORDS),
    **dict.fromkeys(("claimSpeakerName", "claimViaName", "slotName"), Gap.WORDS),
    "doc": Gap.DOC,
    "outletName": Gap.OUTLET,
}
_XSD_DATE: Final = NamedNode(PREFIXES["xsd"] + "date")
_CODE: Final = re.compile("[A-Z]{3}")


def own_id(iri: str) -> str | None:
    """Return the identifier in the IRI of an article, a claim, an event or an unnamed place, else None."""
    found = _OWN.fullmatch(iri)
    return (found[1] or found[2]) if found else None


def moulds(store: Store) -> list[Mould]:
    """Return the moulds of a base, in a stable order: articles that support one event stand together."""
    claims = {
        _iri(quad.subject): _iri(quad.object)
        for quad in store.quads_for_pattern(None, lg("inArticle"), None, None)
    }
    event_articles: dict[str, set[str]] = defaultdict(set)
    for name in ("supportedBy", "disputedBy"):
        for quad in store.quads_for_pattern(None, lg(name), None, None):
            if _iri(quad.subject).startswith(PREFIXES["ev"]):
                event_articles[_iri(quad.subject)].add(claims[_iri(quad.object)])
    groups = _joined(set(claims.values()), event_articles.values())
    return [_mould(store, articles, claims, event_articles) for articles in groups]


def _joined(articles: set[str], together: Iterable[set[str]]) -> list[tuple[str, ...]]:
    group = {article: frozenset({article}) for article in articles}
    for those in together:
        whole = frozenset().union(*(group[article] for article in those))
        group.update(dict.fromkeys(whole, whole))
    return sorted({tuple(sorted(those)) for those in group.values()})


def _mould(
    store: Store, articles: tuple[str, ...], claims: Mapping[str, str], event_articles: Mapping[str, set[str]]
) -> Mould:
    making = _Making()
    for article in articles:
        making.add(store.quads_for_pattern(None, None, None, NamedNode(article)))
        making.add(store.quads_for_pattern(NamedNode(article), None, None, graph("texts")))
    events = sorted(event for event, those in event_articles.items() if those & set(articles))
    subjects = [*events, *sorted(claim for claim, article in claims.items() if article in articles)]
    for subject in subjects:
        for name in _EVENT_GRAPHS:
            making.add(store.quads_for_pattern(NamedNode(subject), None, None, name))
    for event in events:  # what other IRIs lead to it
        making.add(store.quads_for_pattern(None, lg("redirectedTo"), NamedNode(event), graph("meta")))
    return making.done(articles)


@dataclass(slots=True)
class _Making:
    """The quads of a mould, as they come together."""

    sections: dict[tuple[str, str, bool], list[Triple]] = field(default_factory=dict)

    def add(self, quads: Iterable[Quad]) -> None:
        for quad in quads:
            if quad.predicate == MET_BY:
                continue  # a copy's plan may be met by another copy's report: that is worked out at the end
            subject, name = _iri(quad.subject), _iri(quad.graph_name)
            asked_event = subject.startswith(PREFIXES["ev"]) and is_asked(NamedNode(name))
            key = name, subject if asked_event else "", own_id(subject) is not None
            self.sections.setdefault(key, []).append(quad.triple)

    def done(self, articles: tuple[str, ...]) -> Mould:
        gaps: dict[Filling, int] = {}
        sections = tuple(self._section(key, gaps) for key in sorted(self.sections))
        states = Counter(
            _local(triple.object)
            for triples in self.sections.values()
            for triple in triples
            if triple.predicate in (lg("involvesState"), lg("slotEntity"))
            and _iri(triple.object).startswith(PREFIXES["state"])
        )
        days = [
            date.fromisoformat(triple.object.value)
            for triples in self.sections.values()
            for triple in triples
            if triple.predicate == lg("published") and isinstance(triple.object, Literal)
        ]
        return Mould(
            gaps=tuple(gaps),
            sections=sections,
            states=_travelling_first(states, self.sections.values()),
            published=min(days, default=date(2015, 1, 1)),
            whole_years=any(gap is Gap.EDTF and not re.search(r"\d-\d\d", text) for gap, text in gaps),
            articles=articles,
            events=tuple(sorted({key[1] for key in self.sections if key[1] and self._dated(key[1])})),
        )

    def _dated(self, event: str) -> bool:
        return any(
            triple.predicate == lg("earliest")
            for key, triples in self.sections.items()
            if key[1] == event
            for triple in triples
        )

    def _section(self, key: tuple[str, str, bool], gaps: dict[Filling, int]) -> Section:
        name, event, own = key
        lines: list[str] = []
        used: list[int] = []
        for triple in sorted(self.sections[key], key=str):
            parts = []
            for term in triple:
                filling = _filling(term, triple)
                if filling is None:
                    parts.append(str(term).replace("%", "%%"))
                else:
                    parts.append("%s")
                    used.append(gaps.setdefault(filling, len(gaps)))
            lines.append(" ".join(parts))
        article = own_id(name) is not None
        return Section(
            graph=(Gap.FRESH, name) if article else f"<{name}>",
            template="\n".join(lines),
            gaps=tuple(used),
            asked=is_asked(NamedNode(name)),
            own=own,
            event=event,
        )


def _travelling_first(states: Counter[str], sections: Iterable[list[Triple]]) -> tuple[str, ...]:
    """Return the states, the two most named before the others, of them the one whose people travel first."""
    hosts = Counter(
        _local(triple.object)
        for triples in sections
        for triple in triples
        if triple.predicate == lg("hostState")
    )
    found = sorted(states, key=lambda code: (-states[code], code))
    return (*sorted(found[:2], key=lambda code: (hosts[code], code)), *found[2:])


def _filling(term: object, triple: Triple) -> Filling | None:
    """Return what stands in the place of a term in a copy, None where the term stays."""
    if isinstance(term, NamedNode):
        return _of_iri(term.value)
    assert isinstance(term, Literal)
    if term.datatype == _XSD_DATE:
        return Gap.DAY, term.value
    about = _of_iri(_iri(triple.subject))
    if about and about[0] is Gap.UNNAMED_OFFICE and triple.predicate == RDFS_LABEL:
        return Gap.NAME_OF_OFFICE, about[1]
    gap = _LITERALS.get(_local(triple.predicate))
    if gap is Gap.WORDS and _CODE.fullmatch(term.value):
        return Gap.CODE, term.value
    return None if gap is None else (gap, term.value)


def _of_iri(iri: str) -> Filling | None:
    if own_id(iri) is not None:
        return Gap.FRESH, iri
    kind, _, name = iri.removeprefix(BASE).partition("/")
    gap = _THINGS.get(kind) if iri.startswith(BASE) and not iri.startswith(LG) else None
    if gap is None or not name.startswith("x-"):
        return None if gap is None else (gap, iri)
    return (Gap.UNNAMED_OFFICE, iri) if gap is Gap.OFFICE else None


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _local(term: object) -> str:
    return _iri(term).replace("#", "/").rpartition("/")[2]
