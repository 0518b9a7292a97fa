"""The forms that a document has: its suffix, its media type, and how triples are written in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import RdfFormat, Triple, serialize

from api.http.negotiation import NAMES_OF_DOCUMENTS, best
from api.linked_data.json_ld import compact
from kb.namespaces import PREFIXES


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a document, at the address of its thing with a suffix."""

    suffix: str
    media_type: str
    title: str
    """What a page calls it."""


HTML: Final = Form("html", "text/html", "Page")
TURTLE: Final = Form("ttl", "text/turtle", "Turtle")
JSON_LD: Final = Form("jsonld", "application/ld+json", "JSON-LD")
N_TRIPLES: Final = Form("nt", "application/n-triples", "N-Triples")
RDF_XML: Final = Form("rdf", "application/rdf+xml", "RDF/XML")
DATA: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
"""The forms of triples; the first is the one that a client gets who takes any of them."""
ALL: Final = (HTML, *DATA)
BY_SUFFIX: Final = {form.suffix: form for form in ALL}
SUFFIXES: Final = f"any({', '.join(BY_SUFFIX)})"
"""For a rule of the router: ``<any(html, …):suffix>``."""
DATA_SUFFIXES: Final = f"any({', '.join(form.suffix for form in DATA)})"
"""The same without the page."""

_ALIASES: Final = {**NAMES_OF_DOCUMENTS, "application/xhtml+xml": HTML.media_type}


def wished(forms: Sequence[Form]) -> Form:
    """Return the form that this request's client takes best, the first where it takes them alike.

    Aborts with 406, which names the forms, where it takes none.
    """
    by_type = {form.media_type: form for form in forms}
    aliases = {alias: media_type for alias, media_type in _ALIASES.items() if media_type in by_type}
    return by_type[best(tuple(by_type), aliases)]


def written(triples: Iterable[Triple], form: Form, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return triples in a form of DATA, in a fixed order, with those of the prefixes that they use."""
    ordered = sorted(triples, key=str)
    if form is JSON_LD:
        return json.dumps(compact(ordered, prefixes), ensure_ascii=False, indent=1) + "\n"
    everything = "\n".join(map(str, ordered))
    used = {prefix: name for prefix, name in prefixes.items() if f"<{name}" in everything}
    content = serialize(ordered, format=_ENGINE[form.suffix], prefixes=None if form is N_TRIPLES else used)
    return (content or b"").decode()


_ENGINE: Final = {
    TURTLE.suffix: RdfFormat.TURTLE,
    N_TRIPLES.suffix: RdfFormat.N_TRIPLES,
    RDF_XML.suffix: RdfFormat.RDF_XML,
}
