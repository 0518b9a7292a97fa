"""Short ways to make a claim in its setting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kb.claim_id import identified
from kb.claims import ArticleHead, Review, StoredClaim
from kb.facts.told import Told, told_of
from kb.namespaces import expand
from kb.records import Claim, ClaimType, Modality, Polarity, Ref

ADA, BELA, BORIS = (f"person:{name}" for name in ("ada-aster", "bela-aster", "boris-brand"))
WORKS, BASE = "fac:borville-tractor-works", "fac:portsea-naval-base"
BORVILLE, PORTSEA = "place:borville", "place:portsea"


def ref(name: str | None) -> Ref | None:
    """Return a filler: known by its CURIE, or a mere name."""
    if name is None:
        return None
    return Ref(name, expand(name)) if ":" in name else Ref(name)


def refs(names: str | tuple[str, ...]) -> tuple[Ref, ...]:
    """Return several fillers."""
    several = (names,) if isinstance(names, str) else names
    return tuple(found for name in several if (found := ref(name)) is not None)


@dataclass(frozen=True, slots=True)
class Text:
    """An article that claims are told in."""

    id: str = "one"
    outlet: str = "Borland Post"
    published: date | None = date(2013, 4, 3)
    copy_of: str | None = None
    outlet_iri: str | None = None

    @property
    def head(self) -> ArticleHead:
        """Return what the base knows of it."""
        return ArticleHead(
            self.id, self.id, self.outlet, self.published, "0" * 64, self.outlet_iri, copy_of=self.copy_of
        )


ONE, OTHER = Text("one"), Text("other", outlet="Cordia Times")


def claim(
    type: ClaimType, text: Text = ONE, quote: str = "so it says", start: int = 0, **slots: Any
) -> Claim:
    """Return a claim; slots are given as CURIEs or names."""
    for slot in ("agents", "counterparts", "companions", "items"):
        slots[slot] = refs(slots.get(slot, ()))
    for slot in ("place", "facility", "office", "speaker", "via"):
        slots[slot] = ref(slots.get(slot))
    for slot, kind in (("modality", Modality), ("polarity", Polarity)):
        if slot in slots:
            slots[slot] = kind(slots[slot])
    return identified(Claim("", text.id, text.id, type, quote, start, start + len(quote), **slots))


def told(
    type: ClaimType,
    text: Text = ONE,
    *,
    review: Review = Review.UNREVIEWED,
    among: tuple[Text, ...] = (),
    **slots: Any,
) -> Told:
    """Return a claim in its setting; ``among`` are the other texts that the base has."""
    stored = StoredClaim(claim(type, text, **slots), review, "r")
    heads = {each.id: each.head for each in (text, *among)}
    (found,) = told_of([stored], heads)
    return found


def with_id(each: Told, id: str) -> Told:
    """Return the same claim under another identifier."""
    return replace(each, stored=replace(each.stored, claim=replace(each.claim, id=id)))
