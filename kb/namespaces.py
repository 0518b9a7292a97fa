"""Every IRI prefix that Legation uses, and the local path under which each kind of thing is served.

One table, because the same prefix is needed by the writer, the queries and the pages.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/legation/"
LG: Final = BASE + "terms/"
"""The vocabulary: classes and properties (``lg:Visit``, ``lg:visitor``)."""

KINDS: Final[dict[str, str]] = {
    # prefix -> local path; the IRI is BASE + path, the page is "/" + path
    "state": "state/",
    "gov": "government/",
    "terr": "territory/",
    "ctrl": "control/",
    "region": "region/",
    "place": "place/",
    "fac": "facility/",
    "person": "person/",
    "office": "office/",
    "tenure": "tenure/",
    "org": "organisation/",
    "hw": "hardware/",
    "desig": "designation/",
    "prod": "production/",
    "name": "name/",
    "code": "code/",
    "membership": "membership/",
    "treaty": "treaty/",
    "summit": "summit/",
    "form": "form/",
    "ev": "event/",
    "dyad": "dyad/",
    "art": "article/",
    "claim": "claim/",
    "slot": "slot/",
    "evi": "evidence/",
    "run": "run/",
    "src": "source/",
}
"""One prefix for each kind of thing: ``state:PRK`` is BASE + "state/PRK", served at /state/PRK."""

PREFIXES: Final[dict[str, str]] = {
    **{prefix: BASE + path for prefix, path in KINDS.items()},
    "lg": LG,
    "g": BASE + "graph/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
    "wd": "http://www.wikidata.org/entity/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
}
"""Every prefix that a query or a Turtle file of the project may use undeclared."""


def expand(curie: str) -> str:
    """Return the full IRI of a CURIE such as ``state:PRK``.

    Raises KeyError when the prefix is not in the table.
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str | None:
    """Return the CURIE of an IRI, or None where no prefix of the table fits.

    The longest namespace wins, so ``…/terms/Visit`` is ``lg:Visit``.
    """
    fitting = [(namespace, prefix) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)]
    if not fitting:
        return None
    namespace, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri[len(namespace) :]}"


def sparql_prologue() -> str:
    """Return the PREFIX lines of the whole table, in the order of the table."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
