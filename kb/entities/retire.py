"""Take an entity out of use: its identifier stays and is never used again, its names lead to it no longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pyoxigraph import NamedNode

from kb.entities.links import read_links
from kb.entities.table_base import Base, Outlook, Statement, short
from kb.entities.table_faults import Fault
from kb.entities.table_homes import HOMES
from kb.entities.table_rows import Draft
from kb.entities.table_terms import CLASS
from kb.errors import BadInput, NotFound
from kb.namespaces import expand
from kb.reference import TOMBSTONE
from kb.terms import day, iri, text, truth

_PARTS: Final = ("name:", "desig:")
"""Records that are of use only to the entity that has them."""


@dataclass(frozen=True, slots=True)
class Retirement:
    """What taking an entity out of use comes to."""

    after: Mapping[str, set[Statement]]
    """All statements of the entity and of those that refer to it, as they would be."""
    referring: Mapping[str, Draft]
    """Those that would refer to the entity that takes its place, to be checked."""
    faults: tuple[Fault, ...]


def retire(base: Base, subject: str, reason: str, on: date, replaced_by: str = "") -> Retirement:
    """Return what becomes of an entity (a CURIE) that is retired, and of all that refers to it.

    Without an entity that takes its place, each reference to it is a fault. Raises NotFound where either
    entity is unknown, BadInput where one is retired already, where both are the same, or for no reason.
    """
    outlook = Outlook(base)
    _check(outlook, subject, "ID")
    if not reason.strip():
        raise BadInput("no reason", place="--reason", repair="Say in a few words why it is retired")
    if replaced_by:
        _check(outlook, replaced_by, "--replaced-by")
        if replaced_by == subject:
            raise BadInput("an entity cannot replace itself", place="--replaced-by", repair="Name another")
    after = {subject: _tombstone(base, subject, reason.strip(), on, replaced_by)}
    referring = _referring(base, subject)
    faults = _leftovers(base, subject)
    drafts = {}
    for other, statements in referring.items():
        names = {name for name, _ in statements}
        if not replaced_by:
            faults += [
                Fault(other, 0, base.ontology.properties[name].short, f"refers to {subject}", _REPAIR)
                for name in sorted(names)
            ]
            continue
        moved = {(name, iri(replaced_by)) for name in names if other != replaced_by}
        after[other] = base.statements[other] - statements | moved
        cells = {name: (other, 0, base.ontology.properties[name].short) for name in names}
        drafts[other] = Draft(other, after[other], other, 0, cells)
    return Retirement(after, drafts, tuple(faults))


_REPAIR: Final = "Retire or correct it first, or give --replaced-by"


def _check(outlook: Outlook, subject: str, place: str) -> None:
    if subject.partition(":")[0] not in HOMES or not outlook.exists(subject):
        repair = "`legation entity find` finds entities by name"
        raise NotFound(f"no curated entity {subject}", place=place, repair=repair)
    if outlook.is_retired(subject):
        raise BadInput(f"{subject} is retired already", place=place, repair="Name one that is in use")


def _tombstone(base: Base, subject: str, reason: str, on: date, replaced_by: str) -> set[Statement]:
    """Return the statements of the retired entity; those that are not ours to remove stay in their file.

    Loading drops what a tombstone does not hold, wherever it stands (kb.reference).
    """
    found: set[Statement] = {
        (CLASS, iri("owl:Thing")),
        ("owl:deprecated", truth(True)),
        ("lg:retiredOn", day(on)),
        ("lg:retirementReason", text(reason, "en")),
    }
    if replaced_by:
        found.add(("dct:isReplacedBy", iri(replaced_by)))
    node = iri(subject)
    shipped = any(
        triple.subject == node for file in base.files if not base.ours(file) for triple in file.triples
    )
    now = base.statements[subject]
    return found | (now if shipped else {one for one in now if one[0] in TOMBSTONE})


def _referring(base: Base, subject: str) -> dict[str, set[Statement]]:
    """Return, by other entity in use, its statements that lead to an entity."""
    target = NamedNode(expand(subject))
    outlook = Outlook(base)
    found = {
        other: {one for one in statements if one[1] == target}
        for other, statements in base.statements.items()
        if other != subject and not outlook.is_retired(other)
    }
    return {other: statements for other, statements in sorted(found.items()) if statements}


def _leftovers(base: Base, subject: str) -> list[Fault]:
    """Warn of records that nothing else leads to, and of rows in the table of links."""
    used: dict[str, set[str]] = {}
    for other, statements in base.statements.items():
        for _, value in statements:
            if isinstance(value, NamedNode) and short(value).startswith(_PARTS):
                used.setdefault(short(value), set()).add(other)
    found = [
        Fault(part, 0, "", f"nothing leads to it once {subject} is retired", "Retire it too", warning=True)
        for part, users in sorted(used.items())
        if users == {subject}
    ]
    if any(link.entity == expand(subject) for link in read_links()):
        repair = f"Remove the rows of {subject}"
        found.append(Fault("kb/data/links.sssom.tsv", 0, "", "it links the entity", repair, warning=True))
    return found
