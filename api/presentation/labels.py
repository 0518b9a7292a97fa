"""The English names of things, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from api.http.addresses import short
from api.presentation.foreign import foreign_name
from api.querying.rows import Texts, texts_about
from kb.store import Store

_LABELS: Final = """
SELECT ?thing ?label ?description WHERE {
  VALUES ?thing { %s }
  OPTIONAL { ?thing rdfs:label ?label FILTER(LANG(?label) IN ("en", "")) }
  OPTIONAL { ?thing lg:description ?description }
}
"""


_DESCRIBED: Final = """
SELECT ?thing ?name ?of ?from ?until ?attested WHERE {
  VALUES ?thing { %s }
  { ?thing dct:title|lg:designationText|lg:nameText|lg:formText ?name }
  UNION { ?thing lg:office/rdfs:label ?name ; lg:holder/rdfs:label ?of }
  UNION { ?thing lg:product/rdfs:label ?name ; lg:madeAt/rdfs:label ?of }
  UNION { ?thing lg:memberIn/rdfs:label ?name ; lg:member/rdfs:label ?of }
  UNION { ?thing lg:codeText ?name ; lg:codeOf/rdfs:label ?of }
  UNION { ?thing lg:kind/rdfs:label ?name OPTIONAL { ?thing lg:time ?of } }
  OPTIONAL { ?thing lg:from ?from }
  OPTIONAL { ?thing lg:until ?until }
  OPTIONAL { ?thing lg:attestedOn ?attested }
  FILTER(LANG(?name) IN ("en", "") && (!BOUND(?of) || LANG(?of) IN ("en", "")))
} ORDER BY ?thing ?name ?of
"""
"""What has no label of its own: a tenure is called by office and holder, a production by product
and site, a membership by organisation and state."""


def labels(store: Store, iris: Iterable[str]) -> Mapping[str, str]:
    """Return a name for each IRI: its English label, else what describes it, else its short form."""
    wanted = sorted(set(iris))
    found = {iri: foreign_name(iri) or short(iri) for iri in wanted}
    for row in texts_about(store, _LABELS, wanted):
        found[row["thing"]] = row.get("label") or row.get("description") or found[row["thing"]]
    for row in texts_about(store, _DESCRIBED, [iri for iri in wanted if found[iri] == short(iri)]):
        beside = ", ".join(filter(None, (row.get("of"), _span(row))))
        found[row["thing"]] = f"{row['name']} ({beside})" if beside else row["name"]
    return found


def _span(row: Texts) -> str:
    """Return when a tenure or a production ran: "2011–2019", "from 2011", "until 2019", "attested 2019"."""
    start, end = row.get("from"), row.get("until")
    if start and end:
        return f"{start}–{end}"
    spans = (("from", start), ("until", end), ("attested", row.get("attested")))
    return next((f"{word} {day}" for word, day in spans if day), "")
