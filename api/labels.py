"""The English names of things, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode

from api.addresses import short
from api.rows import texts
from kb.store import Store
from kb.store.binding import sparql_term

_BATCH: Final = 500
_LABELS: Final = """
SELECT ?thing ?label ?description WHERE {
  VALUES ?thing { %s }
  OPTIONAL { ?thing rdfs:label ?label FILTER(LANG(?label) IN ("en", "")) }
  OPTIONAL { ?thing lg:description ?description }
}
"""


def labels(store: Store, iris: Iterable[str]) -> Mapping[str, str]:
    """Return a name for each IRI: its English label, its description, else its short form."""
    wanted = sorted(set(iris))
    found = {iri: short(iri) for iri in wanted}
    for start in range(0, len(wanted), _BATCH):
        batch = " ".join(sparql_term(NamedNode(iri)) for iri in wanted[start : start + _BATCH])
        for row in texts(store, _LABELS % batch):
            found[row["thing"]] = row.get("label") or row.get("description") or found[row["thing"]]
    return found
