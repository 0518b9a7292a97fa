"""Is what we curate free of contradiction? Asked of HermiT over ontology and reference data.

HermiT says no more than yes or no. To say why, the data is cut down, half by half, to what contradicts the
ontology together with its direct neighbours.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Store

from kb.checks.logic import Theory, theory
from kb.checks.report import Finding, Report
from kb.errors import CheckFailed, MissingPart
from kb.namespaces import shorten
from kb.resources import ROOT

NAME = "reasoner"
SECONDS = 120.0
"""How long one question to HermiT may take."""
EXPLAINING = 90.0
"""How long to look for the things that contradict each other."""


def check_logic(data: Store, *, seconds: float = SECONDS, explaining: float = EXPLAINING) -> Report:
    """Return what HermiT finds in the ontology and reference data of a store.

    Raises MissingPart without Java, CheckFailed when HermiT fails or runs past its time, BadReference when
    the store holds no ontology or no individual.
    """
    subject = theory(data)
    empty = empty_classes(subject.lines([]), seconds=seconds)
    if empty is None:
        found = Finding(NAME, "the ontology", "It contradicts itself, without any data", "Repair its axioms")
        return Report((found,), (NAME,))
    findings = [_empty(iri) for iri in empty]
    if not is_consistent(subject.lines(), seconds=seconds):
        findings.append(_contradiction(subject, seconds, explaining))
    return Report(tuple(findings), (NAME,))


def empty_classes(lines: Iterable[str], *, seconds: float = SECONDS) -> list[str] | None:
    """Return the classes that can have no member; None where the N-Triples lines contradict each other.

    Raises MissingPart, CheckFailed.
    """
    found = _hermit("classes", lines, seconds)
    return None if found is None else [str(iri) for iri in found]


def is_consistent(lines: Iterable[str], *, seconds: float = SECONDS) -> bool:
    """Say whether all that N-Triples lines say can be true at once. Raises MissingPart, CheckFailed."""
    return bool(_hermit("consistency", lines, seconds))


def _hermit(question: str, lines: Iterable[str], seconds: float) -> Any:
    if shutil.which("java") is None:
        raise MissingPart(
            "the reasoner needs Java, and there is none",
            place="PATH",
            repair="Install Java 17, or check without it",
        )
    process = subprocess.Popen(
        [sys.executable, "-m", "kb.checks.hermit", question],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        # HermiT's parser takes each name that has "genid" in it for a blank node: Lado Gurgenidze was one.
        out, err = process.communicate("\n".join(lines).replace("genid", "gen-id").encode(), timeout=seconds)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)  # Java too, which is the child of our child
        process.communicate()
        raise CheckFailed(
            f"HermiT gave no answer in {seconds:g} s", place=NAME, repair="Give it more time, or less data"
        ) from error
    if process.returncode != 0:
        said = err.decode(errors="replace").strip()[-2000:]
        raise CheckFailed(f"HermiT failed: {said}", place=NAME, repair="Repair the axiom that it names")
    return json.loads(out)


def _empty(iri: str) -> Finding:
    return Finding(
        NAME,
        shorten(iri) or iri,
        "No thing can be a member of this class",
        "Repair the axioms that exclude each other",
    )


def _contradiction(subject: Theory, seconds: float, explaining: float) -> Finding:
    """Say which things contradict each other, as few of them as the time allows to find."""
    few = _narrowed(subject, sorted(subject.individuals), seconds, time.monotonic() + explaining)
    names = [shorten(each) or each for each in few]
    return Finding(
        NAME,
        names[0] if len(names) == 1 else "the data",
        f"What is said of {', '.join(names[:12])}{f' and {len(names) - 12} more' if len(names) > 12 else ''} "
        "(and of what it names) contradicts the ontology",
        "Compare it with the disjoint classes, functional properties, domains and ranges of the ontology",
    )


def _narrowed(subject: Theory, chosen: list[str], seconds: float, deadline: float) -> list[str]:
    """Keep the half that is inconsistent with what it names, as often as there is such a half."""
    while len(chosen) > 1 and time.monotonic() < deadline:
        middle = len(chosen) // 2
        for half in (chosen[:middle], chosen[middle:]):
            if not is_consistent(subject.lines(subject.with_neighbours(half)), seconds=seconds):
                chosen = half
                break
        else:
            return chosen
    return chosen
