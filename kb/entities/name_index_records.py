"""What goes into the index of names and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kb.namespaces import shorten


class FormKind(StrEnum):
    """Where a form of a name is from; the value is what a reader is shown. A better kind stands earlier."""

    LABEL = "label"
    OTHER = "other name"
    DATED = "dated name"
    DESIGNATION = "designation"
    SHORT = "short form"
    AMBIGUOUS = "ambiguous form"
    CODE = "code"
    DEMONYM = "demonym"
    GENERATED = "generated"
    ID = "identifier"


RANK: Final = {kind: place for place, kind in enumerate(FormKind)}


class How(StrEnum):
    """A way in which a query met a form. Several may hold at once: other order, with a typo."""

    EXACT = "exact"
    SPACING = "spacing"
    ORDER = "order"
    TYPO = "typo"
    SCRIPT = "script"
    SOUND = "sound"
    INITIALS = "initials"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the name of an entity; the same form in two languages is two."""

    text: str
    language: str
    """A language tag; empty where the data give none."""
    kind: FormKind
    scheme: str = ""
    """The system that made a generated form, or the system of a code."""
    source: str = ""
    """The form that a generated one was made from."""


@dataclass(frozen=True, slots=True)
class Entity:
    """What the index keeps of an entity beside its forms."""

    iri: str
    kind: str
    """The prefix of its IRI: "person"."""
    label: str
    classes: tuple[str, ...]
    """Local names of its classes, then of all above them."""
    state: str
    """The alpha-3 code of the state that it belongs to or lies in; empty where there is none."""
    weight: int
    """How many statements of the data point at it: of two that fit a form alike the better known is first."""
    retired: str = ""
    """The day on which it was retired; empty for one in use."""
    reason: str = ""
    successor: str = ""
    """The IRI of what replaces a retired one."""
    minted: bool = False
    """Whether it was made from a text and stands unresolved."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a query may mean, with the form that says so."""

    entity: Entity
    form: Form
    score: float
    """From 0 to 100; kb.entities.name_index_score says what lowers it."""
    how: tuple[How, ...]
    edits: int = 0
    """Letters put in, left out, changed or swapped between query and form."""
    read_as: str = ""
    """The query in the letters of the form, where the two are of different scripts."""
    ambiguous: bool = False
    """Whether the same form is the name of several things."""
    decided_by: str = ""
    """What decides between the meanings of an ambiguous form, in words, where the data say it."""

    @property
    def id(self) -> str:
        """Return the entity's identifier: "person:kim-jong-un"."""
        return shorten(self.entity.iri) or self.entity.iri

    @property
    def explanation(self) -> str:
        """Say in one line which form matched, and how."""
        said = [f"{self._form()}: {', '.join(self._ways())}"]
        if self.entity.retired and self.entity.successor:
            said.append(f"retired on {self.entity.retired}, now {shorten(self.entity.successor)}")
        elif self.entity.retired:
            said.append(f"retired on {self.entity.retired}")
        if self.ambiguous:
            said.append(f"ambiguous; what decides: {self.decided_by}" if self.decided_by else "ambiguous")
        return "; ".join(said)

    def _form(self) -> str:
        language = f" ({self.form.language})" if self.form.language else ""
        if self.form.kind is FormKind.GENERATED:
            made = f" made from “{self.form.source}” by {self.form.scheme}"
            return f"{self.form.kind} “{self.form.text}”{made}"
        kind = f"{self.form.scheme} {self.form.kind}" if self.form.scheme else str(self.form.kind)
        return f"{kind} “{self.form.text}”{language}"

    def _ways(self) -> list[str]:
        words = {
            How.SPACING: "other spacing",
            How.ORDER: "other order of words",
            How.TYPO: f"{self.edits} {'letter' if self.edits == 1 else 'letters'} off",
            How.SCRIPT: f"read as “{self.read_as}”",
            How.SOUND: "same sound in another romanisation",
            How.INITIALS: "initials",
            How.PART: "some of its words",
        }
        return [words.get(way, str(way)) for way in self.how]
