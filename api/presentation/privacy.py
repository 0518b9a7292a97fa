"""What public pages hold back: allegations against people who hold no public office, until reviewed.

A claim that a person without any known office supplied arms or came under sanctions is held back when the
text itself does not stand by it (it is speculated, or laid in somebody's mouth), until a reviewer accepts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from api.querying.rows import texts, texts_about
from kb.namespaces import PREFIXES
from kb.store import Store

AWAITS_REVIEW: Final = "it tells of a private person and awaits review"

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
    return frozenset(row["claim"] for row in texts_about(store, _HELD, claims))


_OF_CLAIMS: Final = tuple(PREFIXES[kind] for kind in ("claim", "slot", "evi"))
_PARTS: Final = "SELECT DISTINCT ?claim WHERE { ?claim lg:hasSlot|lg:hasEvidence ?thing } LIMIT 100"


def held_with(store: Store, iri: str) -> bool:
    """Tell whether a thing is a claim that no public page may show yet, or a part of one (slot, evidence)."""
    if not iri.startswith(_OF_CLAIMS):
        return False
    owners = [row["claim"] for row in texts(store, _PARTS, thing=NamedNode(iri))]
    return bool(held_back(store, [iri, *owners]))
