"""What is wrong with the entities that tables would make: looked at one by one, all faults at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from kb.edtf_bounds import bounds, is_valid
from kb.entities.names import name_key
from kb.entities.table_base import Base, Outlook, Statement, short, states_of
from kb.entities.table_faults import Fault, Nearest
from kb.entities.table_homes import HOMES
from kb.entities.table_rows import Draft
from kb.entities.table_terms import CLASS, ITEM, LABEL, OTHER_NAME, SOURCE, is_ours

VERIFIED = "src:verified-identifiers"
_SPANS = (("lg:from", "lg:until"), ("lg:birth", "lg:death"), ("lg:signedOn", "lg:until"))


def check_drafts(
    base: Base, drafts: Mapping[str, Draft], beside: Mapping[str, set[Statement]] | None = None
) -> list[Fault]:
    """Return the faults of entities as they would be, and warnings, in the order of files and lines.

    ``beside`` holds all statements of other entities that change with them.
    """
    looker = _Looker(base, drafts, beside or {})
    return sorted({fault for draft in drafts.values() for fault in looker.faults(draft)})


class _Looker:
    def __init__(self, base: Base, drafts: Mapping[str, Draft], beside: Mapping[str, set[Statement]]) -> None:
        self._base = base
        self._terms = base.ontology
        self._drafts = drafts
        self._then = Outlook(base, {**beside, **{one: draft.statements for one, draft in drafts.items()}})
        self._near = Nearest(self._then.subjects())
        self._near_class = Nearest(one.removeprefix("lg:") for one in self._terms.classes)
        self._bearers = _bearers(self._then)
        self._holders: dict[str, set[str]] = defaultdict(set)
        for subject in self._then.subjects():
            if self._then.is_retired(subject):
                continue
            for item in self._then.links(subject, ITEM):
                self._holders[item].add(subject)

    def faults(self, draft: Draft) -> Iterator[Fault]:
        """Yield what is wrong with one entity as it would be."""
        yield from self._of_class(draft)
        for name, value in sorted(draft.statements, key=str):
            if name in draft.cells and name != CLASS and name not in draft.broken:
                yield from self._of_domain(draft, name)
                if isinstance(value, NamedNode) and name != ITEM:
                    yield from self._of_link(draft, name, short(value))
        yield from self._of_missing(draft)
        yield from self._of_spans(draft)
        yield from self._of_item(draft)
        yield from self._of_names(draft)

    def _of_class(self, draft: Draft) -> Iterator[Fault]:
        if CLASS in draft.broken:
            return
        home = HOMES[draft.subject.partition(":")[0]]
        classes = self._then.classes(draft.subject)
        if not classes:
            yield draft.fault(CLASS, f"{draft.subject} has no class", f"Write {home.top} in column a")
        for one in sorted(classes):
            plain = one.removeprefix("lg:")
            if one not in self._terms.classes:
                repair = self._near_class.hint(plain, f"Choose {home.top} or a class below it")
                yield draft.fault(CLASS, f"no class {plain}", repair)
            elif not self._terms.fits({one}, f"lg:{home.top}"):
                repair = f"Choose {home.top} or a class below it, or another prefix"
                yield draft.fault(CLASS, f"{draft.subject} cannot be a {plain}", repair)

    def _of_domain(self, draft: Draft, name: str) -> Iterator[Fault]:
        classes = self._then.classes(draft.subject)
        top = f"lg:{HOMES[draft.subject.partition(':')[0]].top}"
        if not all(self._terms.fits({one}, top) for one in classes):  # told already, and this would follow
            return
        for wanted in self._terms.properties[name].domain:
            if classes and not self._terms.fits(classes, wanted):
                said = " and ".join(sorted(one.removeprefix("lg:") for one in classes))
                problem = f"{name} is for class {wanted.removeprefix('lg:')}, and {draft.subject} is a {said}"
                yield draft.fault(name, problem, "Empty the cell, or correct the class")

    def _of_link(self, draft: Draft, name: str, target: str) -> Iterator[Fault]:
        known = self._terms.properties[name]
        prefix = target.partition(":")[0]
        if "://" in target or (prefix not in HOMES and not is_ours(target)):
            if known.ranges or name == SOURCE:
                yield draft.fault(name, f"{target} is no curated entity", "Name one of ours")
            return
        classes = self._then.classes(target)
        if self._then.is_retired(target):
            later = self._then.links(target, "dct:isReplacedBy")
            repair = f"Use {later[0]}" if later else "Name another, or empty the cell"
            yield draft.fault(name, f"{target} was retired", repair)
        elif not classes:
            if target in self._drafts:  # its own row is at fault
                return
            repair = self._near.hint(target, "Describe it in a table imported together with this one")
            yield draft.fault(name, f"no entity {target}", repair)
        elif name == SOURCE and "lg:Source" not in classes:
            yield draft.fault(name, f"{target} is no source", "Name a src: of sources.ttl")
        else:
            for wanted in known.ranges:
                if not self._terms.fits(classes, wanted):
                    said = " and ".join(sorted(one.removeprefix("lg:") for one in classes))
                    problem = f"{target} is a {said}, and {name} leads to a {wanted.removeprefix('lg:')}"
                    yield draft.fault(name, problem, f"Name a {wanted.removeprefix('lg:')}")

    def _of_missing(self, draft: Draft) -> Iterator[Fault]:
        subject = draft.subject
        home = HOMES[subject.partition(":")[0]]
        if home.named and LABEL not in draft.broken and not self._then.texts(subject, LABEL, "en"):
            yield draft.fault(LABEL, f"{subject} has no English label", "Write it in column rdfs:label@en")
        if subject.startswith("src:"):
            for name, example in (("dct:title", "dct:title@en"), ("lg:sourceKind", "sourceKind")):
                if name not in draft.broken and not self._then.texts(subject, name):
                    yield draft.fault(name, f"{subject} has no {name}", f"Write it in column {example}")
        elif SOURCE not in draft.broken and not self._then.links(subject, SOURCE):
            repair = "Name a src: in column dct:source, or leave the entity out"
            yield draft.fault(SOURCE, f"{subject} has no source", repair)

    def _of_spans(self, draft: Draft) -> Iterator[Fault]:
        for start, end in _SPANS:
            first, last = (self._then.texts(draft.subject, name) for name in (start, end))
            if {start, end} & draft.broken or len(first) != 1 or len(last) != 1:
                continue
            if not is_valid(first[0]) or not is_valid(last[0]):  # in statements that no column gives
                continue
            begun, ended = bounds(first[0]).earliest, bounds(last[0]).latest
            if begun and ended and ended < begun:
                blamed = end if end in draft.cells else start
                repair = "Look up both dates in the source"
                yield draft.fault(blamed, f"it ends ({last[0]}) before it begins ({first[0]})", repair)

    def _of_item(self, draft: Draft) -> Iterator[Fault]:
        items = [] if ITEM in draft.broken else self._then.links(draft.subject, ITEM)
        for item in items if ITEM in draft.cells or SOURCE in draft.cells else ():
            others = self._holders[item] - {draft.subject}
            if others:
                problem = f"{item} is the item of {', '.join(sorted(others))} too"
                yield draft.fault(
                    ITEM, problem, "One item stands for one entity: keep it where it is exactly the same"
                )
            if SOURCE not in draft.broken and not self._vouched(draft.subject):
                repair = (
                    f"Add {VERIFIED}, or the package that ships it, to dct:source; else leave it unlinked"
                )
                yield draft.fault(ITEM, f"no source of {draft.subject} vouches for {item}", repair)

    def _vouched(self, subject: str) -> bool:
        sources = self._then.links(subject, SOURCE)
        return VERIFIED in sources or any(
            "package" in self._then.texts(source, "lg:sourceKind") for source in sources
        )

    def _of_names(self, draft: Draft) -> Iterator[Fault]:
        """Warn of a name that another entity of the kind bears, in the same place or the same state."""
        before = self._base.statements.get(draft.subject, set())
        prefix = draft.subject.partition(":")[0]
        for name, value in sorted(draft.statements - before, key=str):
            if name not in (LABEL, OTHER_NAME) or not isinstance(value, Literal):
                continue
            others = self._bearers.get((prefix, name_key(value.value)), set()) - {draft.subject}
            for other in sorted(others):
                if self._same_home(draft.subject, other):
                    problem = f"{other} is called {value.value!r} too"
                    repair = "If it is the same, use its identifier; if not, tell them apart by the label"
                    yield draft.fault(name, problem, repair, warning=True)

    def _same_home(self, one: str, other: str) -> bool:
        places = [set(self._then.links(each, "lg:locatedIn")) for each in (one, other)]
        if all(places) and not places[0] & places[1]:
            return False
        return bool(states_of(self._then, one) & states_of(self._then, other))


def _bearers(outlook: Outlook) -> dict[tuple[str, str], set[str]]:
    """Return who bears a name, by prefix and what spellings of the name share."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for subject in outlook.subjects():
        for name, value in () if outlook.is_retired(subject) else outlook.statements(subject):
            if name in (LABEL, OTHER_NAME) and isinstance(value, Literal):
                found[subject.partition(":")[0], name_key(value.value)].add(subject)
    return found
