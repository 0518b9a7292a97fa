"""Where a thing's page stands: the local path of an IRI, and back."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from pyoxigraph import NamedNode

from kb.errors import NotFound
from kb.namespaces import BASE, KINDS, LG, PREFIXES, shorten

PATHS: Final = {path.rstrip("/"): BASE + path for path in KINDS.values()} | {"terms": LG}
"""From the first step of a local path to the namespace that it stands for."""


def page_of(iri: str) -> str | None:
    """Return the local path of an IRI's page, or None where it is not one of ours."""
    if not iri.startswith(BASE):
        return None
    kind, slash, local = iri.removeprefix(BASE).partition("/")
    return f"/{kind}/{quote(local, safe='')}" if slash and local and kind in PATHS else None


def iri_at(kind: str, local: str) -> str:
    """Return the IRI of the thing whose page is ``/<kind>/<local>``.

    Raises NotFound for a kind that we do not have, and for a name that no IRI can hold.
    """
    if kind not in PATHS:
        raise NotFound("there is no such page", place=f"/{kind}/", repair="Start at /")
    try:
        return NamedNode(PATHS[kind] + local).value
    except ValueError as error:
        raise NotFound("no thing can have that name", place=f"/{kind}/", repair="Start at /") from error


def passage_of(article: str, claim: str) -> str:
    """Return the address of a claim's words in its article, highlighted."""
    name = quote(claim.removeprefix(PREFIXES["claim"]), safe="")
    return f"{page_of(article)}?claim={name}#claim-{name}"


def outside(iri: str) -> bool:
    """Tell whether an IRI is a web address elsewhere, which may be shown as a link."""
    return iri.startswith(("https://", "http://")) and not iri.startswith(BASE)


def short(iri: str) -> str:
    """Return an IRI's shortest readable form."""
    return shorten(iri) or iri
