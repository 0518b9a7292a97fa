"""What must not be in a base: one SPARQL SELECT for each fault, in ontology/checks.

A file has a ``#+`` YAML header (``title``, ``wrong``, ``repair``, ``message``), then a SELECT whose
``?subject`` is what is at fault. ``message`` may name any of its variables in braces.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pyoxigraph import NamedNode, QuerySolution, QuerySolutions, Store

from kb.checks.report import Finding, Report
from kb.errors import BadReference
from kb.namespaces import PREFIXES, shorten
from kb.resources import ONTOLOGY, files

_KEYS = {"title", "wrong", "repair", "message"}


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of fault; its name is its file's."""

    name: str
    title: str
    wrong: str
    """Why it is a fault, in a sentence or two."""
    repair: str
    message: str
    """A template: ``{subject}`` and other variables of the query in braces."""
    sparql: str

    def run(self, data: Store) -> tuple[Finding, ...]:
        """Return one finding for each row that the query finds, sorted."""
        solutions = data.query(self.sparql, prefixes=PREFIXES)
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return tuple(
            sorted(
                {self._finding(row, names) for row in solutions},
                key=lambda each: (each.subject, each.message),
            )
        )

    def _finding(self, row: QuerySolution, names: list[str]) -> Finding:
        said = {name: _words(row[name]) for name in names}
        return Finding(self.name, said["subject"], self.message.format(**said), self.repair)


def check_hygiene(data: Store) -> Report:
    """Return what all checks of ontology/checks find in a store.

    Raises BadReference for a check that cannot be read, and where there is none or the store is empty.
    """
    if len(data) == 0:
        raise BadReference("the store is empty", place="the store", repair="Load something: `legation build`")
    found = tuple(finding for check in checks() for finding in check.run(data))
    return Report(found, tuple(check.name for check in checks()))


@cache
def checks() -> tuple[Check, ...]:
    """Return all checks, by name.

    Raises BadReference for a file that breaks a rule, and where there is none.
    """
    return tuple(read_check(path) for path in files(ONTOLOGY / "checks", "*.rq"))


def read_check(path: Path) -> Check:
    """Return the check that a file holds.

    Raises BadReference for a header that lacks a key or has one too many, a query that does not parse or
    lacks ``?subject``, and a message that names a variable which the query does not have.
    """
    lines = path.read_text("utf-8").splitlines(keepends=True)
    sparql = "".join(line for line in lines if not line.startswith("#+"))
    try:
        header = yaml.safe_load("".join(line[2:] for line in lines if line.startswith("#+")))
        solutions = Store().query(sparql, prefixes=PREFIXES)
    except (yaml.YAMLError, SyntaxError) as error:
        raise _fault(path, str(error)) from error
    if (
        not isinstance(header, dict)
        or header.keys() != _KEYS
        or not all(isinstance(v, str) for v in header.values())
    ):
        raise _fault(path, f"the header needs exactly the texts {', '.join(sorted(_KEYS))}")
    if not isinstance(solutions, QuerySolutions):
        raise _fault(path, "not a SELECT")
    variables = {variable.value for variable in solutions.variables}
    unknown = {name for _, name, _, _ in string.Formatter().parse(header["message"]) if name} - variables
    if "subject" not in variables or unknown:
        raise _fault(path, f"the query does not select ?{', ?'.join(sorted(unknown or {'subject'}))}")
    return Check(name=path.stem, sparql=sparql, **{key: value.strip() for key, value in header.items()})


def _fault(path: Path, problem: str) -> BadReference:
    return BadReference(problem, place=str(path), repair="ontology/README.md says what a check holds")


def _words(term: object) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value) or term.value
    return "nothing" if term is None else str(getattr(term, "value", term))
