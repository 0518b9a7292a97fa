"""What public pages hold back: allegations against people who hold no public office, until reviewed.

A claim that a person without any known office supplied arms or came under sanctions is held back when the
text itself does not stand by it (it is speculated, or laid in somebody's mouth), until a reviewer accepts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode

from api.querying.rows import texts
from kb.namespaces import PREFIXES
from kb.store import Store
from kb.store.binding import sparql_term

AWAITS_REVIEW: Final = "it tells of a private person and awaits review"

_BATCH: Final = 500
"""Claims that are asked about at once: a query may be only so long."""
_HELD: Final = """
SELECT DISTINCT ?claim WHERE {
  VALUES ?claim { %s }
  ?claim lg:claimType ?type ; lg:modality ?how ; lg:hasSlot/lg:slotEntity ?person .
  FILTER(?type IN (lg:Transfer, lg:Sanction))
  FILTER(?how = lg:modalitySpeculated || EXISTS { ?claim lg:claimSpeakerName ?speaker })
  ?person a lg:Person .
  FILTER NOT EXISTS { ?tenure lg:holder ?person }
  FILTER NOT EXISTS { ?claim lg:reviewState lg:Accepted }
}
"""


def held_back(store: Store, claims: Iterable[str]) -> frozenset[str]:
    """Return those of the claims (IRIs) that no public page may show yet."""
    found: set[str] = set()
    waiting = iter(sorted(set(claims)))
    while some := list(islice(waiting, _BATCH)):
        wanted = " ".join(sparql_term(NamedNode(iri)) for iri in some)
        found.update(row["claim"] for row in texts(store, _HELD % wanted))
    return frozenset(found)


_OF_CLAIMS: Final = tuple(PREFIXES[kind] for kind in ("claim", "slot", "evi"))
_PARTS: Final = "SELECT DISTINCT ?claim WHERE { ?claim lg:hasSlot|lg:hasEvidence ?thing } LIMIT 100"


def held_with(store: Store, iri: str) -> bool:
    """Tell whether a thing is a claim that no public page may show yet, or a part of one (slot, evidence)."""
    if not iri.startswith(_OF_CLAIMS):
        return False
    owners = [row["claim"] for row in texts(store, _PARTS, thing=NamedNode(iri))]
    return bool(held_back(store, [iri, *owners]))
