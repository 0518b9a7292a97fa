"""One line of the claims format, each key read as what it must be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from kb.errors import BadInput
from kb.records import ClaimType, Modality, Polarity, Ref, Tier

E = TypeVar("E", ClaimType, Modality, Polarity, Tier)

REPAIR = "See the table of keys in the claims format"


class Line:
    """The keys of one line. Each method raises BadInput, with place and key, for a value of another kind."""

    def __init__(self, line: Mapping[str, object], place: str) -> None:
        self._line = line
        self._place = place

    def _fault(self, key: str, wanted: str) -> BadInput:
        return BadInput(f"{key!r} is not {wanted}: {self._line.get(key)!r}", place=self._place, repair=REPAIR)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text, or the default where the key is absent."""
        value = self._line.get(key, default)
        if not isinstance(value, str):
            raise self._fault(key, "a text")
        return value

    def maybe(self, key: str) -> str | None:
        """Return a text, None where the value is null or absent."""
        return None if self._line.get(key) is None else self.text(key)

    def number(self, key: str) -> int:
        """Return a whole number."""
        value = self._line.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._fault(key, "a whole number")
        return value

    def share(self, key: str, default: float) -> float:
        """Return a number from 0 to 1, or the default where the key is absent."""
        value = self._line.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._fault(key, "a number from 0 to 1")
        return float(value)

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Return a member of an enumeration, or the default where the key is absent."""
        value = self._line.get(key, default)
        for member in kind:
            if member.value == value:
                return member
        raise self._fault(key, "one of " + ", ".join(member.value for member in kind))

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts, or the default where the key is absent."""
        if default is not None and key not in self._line:
            return default
        value = self._line.get(key)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._fault(key, "a list of texts")
        return tuple(value)

    def refs(self, key: str) -> tuple[Ref, ...]:
        """Return the fillers of a slot, with the IRIs of the list aligned with it."""
        names = self.texts(key)
        iris = self._line.get(f"{key}_iri", [None] * len(names))
        if not isinstance(iris, list) or len(iris) != len(names):
            raise self._fault(f"{key}_iri", f"aligned with {key!r}")
        if not all(iri is None or isinstance(iri, str) for iri in iris):
            raise self._fault(f"{key}_iri", "a list of IRIs")
        return tuple(Ref(name, iri) for name, iri in zip(names, iris, strict=True))

    def ref(self, key: str) -> Ref | None:
        """Return the one filler of a slot, None where it is empty."""
        name = self.maybe(key)
        return None if name is None else Ref(name, self.maybe(f"{key}_iri"))
