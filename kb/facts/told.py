"""A claim in its setting: the article that makes it, the text that this copies, and its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.claims import ArticleHead, StoredClaim
from kb.facts.identity import SLOTS, Keys, keys, origin
from kb.records import Claim, Polarity


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
