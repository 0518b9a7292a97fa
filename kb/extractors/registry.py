"""Which extractors are installed, and the chosen ones, made and looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from kb.errors import BadInput, LegationError, MissingPart
from kb.extractors.protocol import GROUP, RULES, Extractor, Trouble, told
from kb.settings import Settings

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_VERSION: Final = re.compile(r"[A-Za-z0-9._-]{1,120}")


def installed() -> dict[str, list[EntryPoint]]:
    """Return the entry points of the group by name, sorted; a name may be taken twice."""
    found: dict[str, list[EntryPoint]] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        found.setdefault(entry.name, []).append(entry)
    return found


def chosen(names: str) -> tuple[str, ...]:
    """Return the names of a list with commas, the rules first, then by alphabet, each once.

    The order in which a user wrote them must not make other claims. Raises BadInput for an empty list.
    """
    wanted = {name.strip() for name in names.split(",") if name.strip()}
    if not wanted:
        raise BadInput("no extractor is named", place="--extractor", repair=f"Use {_listed()}")
    return tuple(sorted(wanted, key=lambda name: (name != RULES, name)))


def load(names: Iterable[str], settings: Settings) -> tuple[list[Extractor], list[Trouble]]:
    """Return the extractors of these names that work, and what is wrong with the others.

    Raises BadInput for a name that is not installed, or that two packages claim; MissingPart where none
    works; and whatever of our own errors an extractor raises, which is about the operator's settings.
    """
    known = installed()
    working: list[Extractor] = []
    troubles: list[Trouble] = []
    for name in names:
        try:
            working.append(_made(name, _entry(name, known), settings))
        except LegationError:
            raise
        except Exception as error:  # noqa: BLE001 (a plug-in may raise anything)
            troubles.append(Trouble(name, f"cannot be loaded: {told(error)}"))
    if not working:
        problems = "; ".join(f"{one.extractor} {one.problem}" for one in troubles)
        raise MissingPart(problems, place="--extractor", repair="Mend or reinstall the package, or use rules")
    return working, troubles


def _entry(name: str, known: dict[str, list[EntryPoint]]) -> EntryPoint:
    entries = known.get(name, [])
    if not entries:
        raise BadInput(f"no extractor is called {name!r}", place="--extractor", repair=f"Use {_listed()}")
    if len({entry.value for entry in entries}) > 1:
        values = ", ".join(entry.value for entry in entries)
        raise BadInput(
            f"two packages have an extractor {name!r}: {values}",
            place="--extractor",
            repair="Uninstall one of them",
        )
    return entries[0]


def _made(name: str, entry: EntryPoint, settings: Settings) -> Extractor:
    """Make an extractor and look at its shape. Raises TypeError or ValueError that say what is wrong."""
    made = entry.load()(settings)
    if not isinstance(made, Extractor) or not callable(made.read):
        raise TypeError(f"{entry.value} makes no extractor: it needs name, version and read(article)")
    if made.name != name or not _NAME.fullmatch(name):
        raise ValueError(f"it calls itself {made.name!r} and is registered as {name!r}")
    if not isinstance(made.version, str) or not _VERSION.fullmatch(made.version):
        raise ValueError(f"its version {made.version!r} is not of letters, digits and . _ -")
    return made


def _listed() -> str:
    names: Sequence[str] = list(installed())
    repair = "Install Legation again: its entry points are missing"
    return ", ".join(names) + " (installed), several with commas" if names else repair
