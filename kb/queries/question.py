"""A competency question as its file tells it: in plain words, with typed parameters and described columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.errors import BadParameter
from kb.queries.as_of import AS_OF, last_day
from kb.queries.parameters import Parameter
from kb.queries.thresholds import NAMES, THRESHOLDS, bind_thresholds, narrowed

EVIDENCE: Final = ("quote", "article", "start", "end")
"""The columns of a question about what texts say, so that each row can be followed to the stored text."""

RECORD: Final = ("source",)
"""The column of a question about curated records: the titles of the sources that a row is known from."""

GRAPHS: Final = ("main", "prospective", "alleged", "contested")
"""What a question may ask: "main" is what stands as fact; then plans, allegations, conflicts."""


class View(StrEnum):
    """How an answer is best shown."""

    TABLE = "table"
    MAP = "map"
    TIMELINE = "timeline"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ready to be asked."""

    name: str
    """The stem of its file; its address is /questions/<name>."""
    question: str
    about: str
    parameters: tuple[Parameter, ...]
    one_of: tuple[str, ...]
    """Parameters of which at least one must be given; empty where there is no such rule."""
    columns: tuple[Column, ...]
    fact: str
    """The column that holds the event, the claim or the curated record which the row reports."""
    view: View
    graphs: tuple[str, ...]
    sparql: str
    """The query without its header, as it can be run anywhere once its parameters are bound."""

    @property
    def told(self) -> bool:
        """Whether its rows rest on words of texts; else they rest on curated records with their sources."""
        return {column.name for column in self.columns}.issuperset(EVIDENCE)

    @property
    def bound(self) -> tuple[Parameter, ...]:
        """What may be bound in its query: its own parameters, and the thresholds where it rests on texts."""
        return self.parameters + (THRESHOLDS if self.told else ())

    @property
    def takes(self) -> tuple[Parameter, ...]:
        """All that may be given: beside these, a day where its rows rest on texts."""
        return self.bound + ((AS_OF,) if self.told else ())

    def day(self, given: Mapping[str, str]) -> date | None:
        """Return the day as of which it is asked; None where that is now.

        Raises BadParameter for what is no date and for a day that lies ahead.
        """
        text = given.get(AS_OF.name, "")
        return last_day(text) if self.told and text.strip() else None

    def bind(self, given: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
        """Return the RDF term of each parameter that is given or has a default, by name; none for a day.

        An empty text counts as not given, because a form sends one for each field left blank.
        Raises BadParameter for one that is unknown, missing or malformed, and says what is allowed.
        """
        texts = {name: text for name, text in given.items() if text.strip()}
        self._refuse_unknown(texts)
        for parameter in self.parameters:
            if parameter.default and parameter.name not in texts:
                texts[parameter.name] = parameter.default
        self._require(texts)
        terms = {p.name: p.read(texts[p.name]) for p in self.parameters if p.name in texts}
        return terms | bind_thresholds((p, texts[p.name]) for p in THRESHOLDS if p.name in texts)

    def query(self, terms: Iterable[str]) -> str:
        """Return the query that takes the terms of those names (see ``bind``)."""
        wanted = NAMES.intersection(terms)
        return narrowed(self.sparql, self.fact, self.graphs, [p.name for p in THRESHOLDS if p.name in wanted])

    def example(self) -> dict[str, str]:
        """Return parameters that make a sensible example: what must be given, with its example value."""
        wanted = self.one_of[:1] + tuple(p.name for p in self.parameters if p.required)
        return {p.name: p.example for p in self.parameters if p.name in wanted}

    def _refuse_unknown(self, texts: Mapping[str, str]) -> None:
        known = [parameter.name for parameter in self.takes]
        for name in texts:
            if name not in known:
                raise BadParameter(
                    f"there is no parameter {name[:80]!r}",
                    place=self.name,
                    repair=f"It takes {', '.join(known)}",
                )

    def _require(self, texts: Mapping[str, str]) -> None:
        missing = [p for p in self.parameters if p.required and p.name not in texts]
        if missing:
            raise BadParameter(
                f"{', '.join(p.name for p in missing)} missing",
                place=self.name,
                repair="Give " + " ".join(f"{p.name}={p.example}" for p in missing),
            )
        if self.one_of and not any(name in texts for name in self.one_of):
            samples = [f"{p.name}={p.example}" for p in self.parameters if p.name in self.one_of]
            raise BadParameter(
                f"one of {', '.join(self.one_of)} is needed",
                place=self.name,
                repair=f"Give {' or '.join(samples)}",
            )
