"""The vocabularies that descriptions are written in, and where the descriptions stand."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from api.http.addresses import absolute
from api.querying.service import the_service
from kb.errors import BadInput
from kb.namespaces import BASE, PREFIXES
from kb.pipeline.describing import SCHEMA_ORG
from kb.pipeline.partitions import VOID, VOID_EXT
from kb.reference import GENID
from kb.settings import Settings
from kb.terms import Triple, iri

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
ENTAILMENT: Final = "http://www.w3.org/ns/entailment/"
MEDIA: Final = "https://www.iana.org/assignments/media-types/"
WRITTEN_WITH: Final = {
    **PREFIXES,
    "dcat": DCAT,
    "ent": ENTAILMENT,
    "formats": FORMATS,
    "part": GENID,
    "schema": SCHEMA_ORG,
    "sd": SD,
    "void": VOID,
    "void-ext": VOID_EXT,
}
"""The prefixes that descriptions are written with."""

_PUBLIC: Final = re.compile(r"https?://[A-Za-z0-9.\-:\[\]]+(/[A-Za-z0-9._~\-]+)*/?")
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""Of the ontology, the curated data and the questions (LICENSE-DATA). What texts say is their outlets'."""
SELF: Final = f"{BASE}.well-known/void#"
"""The namespace of the datasets; the same wherever they are served."""


def address(path: str) -> str:
    """Return a path of ours as the whole address that descriptions name.

    It begins with the setting ``public_address`` where there is one, else with what the client asked for.
    Raises BadInput where that is no address: a Host header may hold anything.
    """
    found = absolute(path)
    if not urlsplit(found).netloc:  # the framework drops a name that no host can have
        raise BadInput("the header Host names no host", repair="Send the name of this service")
    try:
        return NamedNode(found).value
    except ValueError as error:
        raise BadInput("the header Host names no host", repair="Send the name of this service") from error


def is_public() -> bool:
    """Tell whether addresses are the operator's, not the client's: only then may a shared cache keep them."""
    return bool(the_service().settings.public_address)


def say(subject: str, predicate: str, *objects: str | Literal) -> list[Triple]:
    """Return triples of one subject and one property (an IRI or a CURIE); a text is an IRI."""
    named = NamedNode(predicate) if "://" in predicate else iri(predicate)
    return [
        Triple(NamedNode(subject), named, NamedNode(each) if isinstance(each, str) else each)
        for each in objects
    ]


def check(settings: Settings) -> None:
    """Raise BadInput where the setting ``public_address`` is no web address."""
    public = settings.public_address
    if public and not _PUBLIC.fullmatch(public):
        raise BadInput(
            f"{public!r} is no web address without query",
            place="LEGATION_PUBLIC_ADDRESS",
            repair="Write it like https://example.org or https://example.org/kb",
        )
