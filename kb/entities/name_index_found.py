"""What a look-up is after, and what it has found so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kb.entities.name_index_records import RANK, Entity, FormKind, Match
from kb.entities.name_index_score import ORDER

SETTLED: Final = 100.0 - ORDER
"""From this score on an attested form answers the query, and no near form is sought."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entities may come up; nothing named lets all."""

    kinds: frozenset[str] = frozenset()
    """Prefixes of IRIs or local names of classes, any of which will do."""
    state: str | None = None

    @property
    def filters(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.kinds) or self.state is not None

    def fits(self, entity: Entity) -> bool:
        """Tell whether an entity may come up."""
        if self.state is not None and entity.state != self.state:
            return False
        return not self.kinds or entity.kind in self.kinds or not self.kinds.isdisjoint(entity.classes)


class Found:
    """The best match of each entity."""

    def __init__(self) -> None:
        self._matches: dict[str, Match] = {}
        self.decided_by = ""
        """What the data say decides between the meanings of the query, where they call it ambiguous."""

    def __len__(self) -> int:
        return len(self._matches)

    def add(self, match: Match) -> None:
        """Keep a match unless its entity already has a better one."""
        known = self._matches.get(match.entity.iri)
        if known is None or _order(match) < _order(known):
            self._matches[match.entity.iri] = match

    @property
    def is_settled(self) -> bool:
        """Tell whether some entity bears the query as an attested name, in whatever order of words."""
        return any(map(_answers, self._matches.values()))

    def best(self, limit: int) -> tuple[Match, ...]:
        """Return the matches, the best first, the first meanings marked where there are several."""
        matches = sorted(self._matches.values(), key=_order)
        same = [match for match in matches if _answers(match) and match.score == matches[0].score]
        if len(same) > 1:
            matches[: len(same)] = [
                replace(match, ambiguous=True, decided_by=self.decided_by) for match in matches[: len(same)]
            ]
        return tuple(matches[:limit])


def _answers(match: Match) -> bool:
    return match.score >= SETTLED and match.form.kind is not FormKind.GENERATED


def _order(match: Match) -> tuple[float, int, int, str]:
    return (-match.score, RANK[match.form.kind], -match.entity.weight, match.entity.iri)
