"""Derivation by rules: what follows from facts and reference data, one file of ``ontology/rules`` a rule.

A rule file has a ``#+`` YAML header (``derives``, ``scope``, ``about``), then one INSERT template and one
WHERE. It is run as a CONSTRUCT, so that the caller decides in which graph the result stands. The scope
says which variable the caller may narrow:

- ``reference``: nothing; the rule runs over all reference data when the base is built;
- ``place``: ``?place``; it runs over all reference data, and over the places that a text describes;
- ``event``: ``?event``; it runs over the events that a change touches.

Narrowing puts ``VALUES ?event { … }`` first in the WHERE.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kb.errors import BadReference
from kb.resources import ONTOLOGY, files
from kb.terms import Triple

_BODY = re.compile(
    r"(?P<prefixes>(?:PREFIX [^\n]*\n)*)\s*INSERT (?P<template>\{.*\})\s*WHERE \{(?P<where>.*)\}\s*",
    re.DOTALL,
)


class Scope(StrEnum):
    """When a rule runs."""

    REFERENCE = "reference"
    PLACE = "place"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Rule:
    """A derivation: its name is its file's."""

    name: str
    derives: str
    about: str
    scope: Scope
    prefixes: str
    template: str
    where: str

    def construct(self, among: Sequence[NamedNode] | None = None) -> str:
        """Return the rule as a CONSTRUCT, for the given nodes of its scope alone, or for all."""
        some = "" if among is None else f"\n  VALUES ?{self.scope.value} {{ {' '.join(map(str, among))} }}"
        return f"{self.prefixes}CONSTRUCT {self.template}\nWHERE {{{some}{self.where}}}"


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, by name.

    Raises BadReference for a file that is not one header, one INSERT template and one WHERE.
    """
    return tuple(read_rule(path) for path in files(ONTOLOGY / "rules", "*.rq"))


def read_rule(path: Path) -> Rule:
    """Return the rule that a file holds.

    Raises BadReference for a file that is not one header, one INSERT template and one WHERE.
    """
    lines = path.read_text("utf-8").splitlines(keepends=True)
    head = "".join(line[2:] for line in lines if line.startswith("#+"))
    body = _BODY.fullmatch("".join(line for line in lines if not line.startswith("#+")))
    header = yaml.safe_load(head)
    repair = "Write derives, scope and about in #+ lines, then INSERT { … } WHERE { … }"
    if body is None or not isinstance(header, dict) or set(header) != {"derives", "scope", "about"}:
        raise BadReference("not a rule", place=str(path), repair=repair)
    if header["scope"] not in list(Scope):
        raise BadReference(f"no scope {header['scope']!r}", place=str(path), repair=repair)
    return Rule(
        name=path.stem,
        derives=str(header["derives"]),
        about=str(header["about"]).strip(),
        scope=Scope(header["scope"]),
        prefixes=body["prefixes"],
        template=body["template"],
        where=body["where"],
    )


def derive(store: Store, scopes: Iterable[Scope], among: Sequence[NamedNode] | None = None) -> set[Triple]:
    """Return what the rules of some scopes derive over a store's default graph, beyond what stands there.

    The rules run until none of them adds anything; the store is left as it was.
    """
    running = [rule for rule in rules() if rule.scope in set(scopes)]
    derived: set[Quad] = set()
    while added := {quad for rule in running for quad in _run(store, rule, among) if quad not in store}:
        store.extend(added)
        derived |= added
    for quad in derived:
        store.remove(quad)
    return {quad.triple for quad in derived}


def _run(store: Store, rule: Rule, among: Sequence[NamedNode] | None) -> list[Quad]:
    found = store.query(rule.construct(among))
    assert isinstance(found, QueryTriples)
    return [Quad(*triple) for triple in found]
