"""What public pages hold back: allegations against people who hold no public office, until reviewed.

A claim that a person without any known office supplied arms or came under sanctions is held back when the
text itself does not stand by it (it is speculated, or laid in somebody's mouth), until a reviewer accepts it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Final

from flask import current_app
from pyoxigraph import NamedNode

from api.querying.rows import texts, texts_about
from kb.errors import LegationError
from kb.namespaces import PREFIXES, sparql_prologue
from kb.queries.values import plain
from kb.store import Store

AWAITS_REVIEW: Final = "it tells of a private person and awaits review"

FEW: Final = 500
"""So many claims are asked about one by one; for more, all that are held back are had at once and kept."""
_HELD: Final = """
SELECT DISTINCT ?claim WHERE {
  %s
  ?claim lg:claimType ?type ; lg:modality ?how .
  FILTER(?type IN (lg:Transfer, lg:Sanction))
  FILTER(?how = lg:modalitySpeculated || EXISTS { ?claim lg:claimSpeakerName ?speaker })
  ?claim lg:hasSlot/lg:slotEntity ?person .
  ?person a lg:Person .
  FILTER NOT EXISTS { ?tenure lg:holder ?person }
  FILTER NOT EXISTS { ?claim lg:reviewState lg:Accepted }
}
"""
_ASKED: Final = "VALUES ?claim { %s }"
_ALL: Final = "VALUES ?type { lg:Transfer lg:Sanction }"
_PAUSE: Final = 60.0
"""Seconds until it is tried again where it took too long."""
_KEY: Final = "legation.held"


@dataclass(slots=True)
class Held:
    """All claims that are held back, as of the version of the data asked last; threads may share it.

    They are looked for in the background: from files that nobody has read yet it takes seconds.
    """

    _found: tuple[str, frozenset[str] | None] = ("", None)
    _searching: bool = False
    _not_before: float = -math.inf
    _lock: Lock = field(default_factory=Lock)

    def claims(self, store: Store) -> frozenset[str] | None:
        """Return the IRIs of the claims; None where they are not known (yet), or too many for a query."""
        with self._lock:
            if self._found[0] == store.version():
                return self._found[1]
            if not self._searching and time.monotonic() >= self._not_before:
                Thread(target=self._search, args=(store,), daemon=True).start()
                self._searching = True  # it cannot have ended: it takes the lock at its end
        return None

    def search(self, store: Store) -> None:
        """Look for the claims now. Raises QueryTimeout, StoreError."""
        answer = store.select(sparql_prologue() + _HELD % _ALL)
        every = None if answer.truncated else frozenset(plain(row[0]) for row in answer.rows)
        with self._lock:
            self._found = answer.version, every

    def _search(self, store: Store) -> None:
        pause = _PAUSE
        try:
            self.search(store)
            pause = 0.0
        except LegationError:
            pass  # the claims are asked about meanwhile
        finally:
            with self._lock:
                self._searching = False
                self._not_before = time.monotonic() + pause


def held_back(store: Store, claims: Iterable[str]) -> frozenset[str]:
    """Return those of the claims (IRIs) that no public page may show yet."""
    asked = frozenset(claims)
    if len(asked) > FEW:
        held: Held = current_app.extensions.setdefault(_KEY, Held())
        every = held.claims(store)
        if every is not None:
            return asked & every
    return frozenset(row["claim"] for row in texts_about(store, _HELD % _ASKED, asked))


_OF_CLAIMS: Final = tuple(PREFIXES[kind] for kind in ("claim", "slot", "evi"))
_PARTS: Final = "SELECT DISTINCT ?claim WHERE { ?claim lg:hasSlot|lg:hasEvidence ?thing } LIMIT 100"


def held_with(store: Store, iri: str) -> bool:
    """Tell whether a thing is a claim that no public page may show yet, or a part of one (slot, evidence)."""
    if not iri.startswith(_OF_CLAIMS):
        return False
    owners = [row["claim"] for row in texts(store, _PARTS, thing=NamedNode(iri))]
    return bool(held_back(store, [iri, *owners]))
