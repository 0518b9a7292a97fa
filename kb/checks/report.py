"""What checks find: one record a fault, and which checks ran."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: which check found it, in what, what is wrong, and what repairs it."""

    check: str
    """The check's name: "shapes", "reasoner", or the stem of a file of ontology/checks."""
    subject: str
    """A CURIE, a full IRI, or words where the fault lies in no single thing."""
    message: str
    repair: str


@dataclass(frozen=True, slots=True)
class Report:
    """What some checks found, and the names of the checks that ran."""

    findings: tuple[Finding, ...]
    ran: tuple[str, ...]

    def joined(self, other: Report) -> Report:
        """Return both reports as one."""
        return Report(self.findings + other.findings, self.ran + other.ran)
