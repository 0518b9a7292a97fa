"""Which class the entities of each prefix have, and which file of a reference folder a new one goes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Home:
    """What a prefix stands for among curated entities."""

    top: str
    """The class, without prefix, that each entity of the prefix has, or one below it."""
    file: str
    """The file that a new entity goes to."""
    named: bool = True
    """Whether it must have an English label."""


HOMES: Final[dict[str, Home]] = {
    "state": Home("State", "states-added.ttl"),
    "gov": Home("Government", "states-added.ttl"),
    "terr": Home("Territory", "states-added.ttl"),
    "code": Home("StateCode", "codes.ttl", named=False),
    "ctrl": Home("Control", "control.ttl", named=False),
    "region": Home("Region", "places.ttl"),
    "place": Home("Settlement", "places.ttl"),
    "fac": Home("Facility", "facilities.ttl"),
    "person": Home("Person", "persons.ttl"),
    "office": Home("Office", "offices.ttl"),
    "tenure": Home("OfficeTenure", "tenures.ttl", named=False),
    "org": Home("Organisation", "organisations.ttl"),
    "membership": Home("Membership", "memberships.ttl", named=False),
    "treaty": Home("Treaty", "treaties.ttl"),
    "summit": Home("SummitSeries", "treaties.ttl"),
    "hw": Home("Hardware", "hardware.ttl"),
    "desig": Home("Designation", "hardware.ttl", named=False),
    "prod": Home("Production", "hardware.ttl", named=False),
    "name": Home("Name", "names.ttl", named=False),
    "form": Home("AmbiguousForm", "forms.ttl", named=False),
    "src": Home("Source", "sources.ttl", named=False),
}
"""The one table of prefix, class and file. A statement on an entity that a file describes joins it there."""

MAKER: Final = "python -m kb.entities.curate.states"
MADE_FROM: Final = "kb/entities/curate/states.tsv"
GENERATED: Final[dict[str, str]] = {"states.ttl": MAKER, "capitals.ttl": MAKER}
"""Files of the shipped data that a command makes whole: what stands in them is not edited by hand."""
GENERATED_PREFIXES: Final = frozenset({"state", "gov", "terr"})
"""Prefixes whose new entities the shipped data get by that command alone."""
