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
SELECT ?thing ?own ?what ?whose ?time ?from ?until ?attested WHERE {
  VALUES ?thing { %s }
  OPTIONAL { ?thing dct:title|lg:designationText|lg:nameText|lg:formText ?title
    FILTER(LANG(?title) IN ("en", "")) }
  OPTIONAL { ?thing lg:codeText ?code }
  OPTIONAL { ?thing lg:office|lg:product|lg:memberIn|lg:kind ?what }
  OPTIONAL { ?thing lg:holder|lg:madeAt|lg:member|lg:codeOf ?whose }
  OPTIONAL { ?thing lg:time ?time }
  OPTIONAL { ?thing lg:from ?from }
  OPTIONAL { ?thing lg:until ?until }
  OPTIONAL { ?thing lg:attestedOn ?attested }
  BIND(COALESCE(?title, ?code) AS ?own)
} ORDER BY ?thing ?own ?what ?whose ?time
"""
"""What has no label of its own: a tenure is called by office and holder, a production by product
and site, a membership by organisation and state."""


def labels(store: Store, iris: Iterable[str]) -> Mapping[str, str]:
    """Return a name for each IRI: its English label, else what describes it, else its short form."""
    wanted = sorted(set(iris))
    found = {iri: foreign_name(iri) or short(iri) for iri in wanted}
    for row in texts_about(store, _LABELS, wanted):
        found[row["thing"]] = row.get("label") or row.get("description") or found[row["thing"]]
    return found | _described(store, [iri for iri in wanted if found[iri] == short(iri)])


def _described(store: Store, iris: Iterable[str]) -> dict[str, str]:
    rows = list(texts_about(store, _DESCRIBED, iris))
    others = {row[column] for row in rows for column in ("what", "whose") if column in row}
    # Asked apart: in one query the engine would look at every label there is.
    called = {row["thing"]: row["label"] for row in texts_about(store, _LABELS, others) if "label" in row}
    found = {}
    for row in rows:
        name = row.get("own") or called.get(row.get("what", ""))
        if name:
            of = called.get(row.get("whose", "")) or row.get("time")
            beside = ", ".join(filter(None, (of, _span(row))))
            found[row["thing"]] = f"{name} ({beside})" if beside else name
    return found


def _span(row: Texts) -> str:
    """Return when a tenure or a production ran: "2011–2019", "from 2011", "until 2019", "attested 2019"."""
    start, end = row.get("from"), row.get("until")
    if start and end:
        return f"{start}–{end}"
    spans = (("from", start), ("until", end), ("attested", row.get("attested")))
    return next((f"{word} {day}" for word, day in spans if day), "")
