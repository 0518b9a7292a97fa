"""A claim in its setting: the article that makes it, the text that this copies, and its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.claims import ArticleHead, StoredClaim
from kb.edtf_bounds import Bounds, bounds
from kb.facts.identity import SLOTS, Keys, keys, origin
from kb.records import Claim, Modality, Polarity


@dataclass(frozen=True, slots=True)
class Told:
    """A stored claim, who published it, and what it joins by."""

    stored: StoredClaim
    head: ArticleHead
    root: ArticleHead
    """The article that ``head`` is a copy of, where the base has it; else ``head`` itself."""
    keys: Keys

    @property
    def claim(self) -> Claim:
        """Return the claim itself."""
        return self.stored.claim

    @property
    def denies(self) -> bool:
        """Tell whether the claim says that something is not so."""
        return self.claim.polarity is Polarity.NEGATED

    @property
    def days(self) -> Bounds:
        """Return the days that the claim may speak of.

        Without a date, a report speaks of what came before its text, a plan of what comes after it.
        """
        if self.claim.edtf is not None:
            return bounds(self.claim.edtf)
        if self.claim.modality is Modality.REPORTED:
            return Bounds(None, self.head.published)
        if self.claim.modality is Modality.SPECULATED:
            return Bounds(None, None)
        return Bounds(self.head.published, None)

    def came_before(self, other: Told) -> bool:
        """Tell whether its text is surely older than the other's."""
        one, two = self.head.published, other.head.published
        return one is not None and two is not None and one < two


def told_of(claims: Iterable[StoredClaim], heads: Mapping[str, ArticleHead]) -> list[Told]:
    """Return the claims that tell of an event or a standing fact, each in its setting.

    ``heads`` holds the article of every claim, and the articles that they copy as far as the base has them.
    """
    found = []
    for stored in claims:
        if stored.claim.type in SLOTS:
            head = heads[stored.claim.article]
            root = heads.get(origin(head), head)
            found.append(Told(stored, head, root, keys(stored.claim, head)))
    return found
