"""Where a thing's page stands: the local path of an IRI, and back.

Every address of ours in a page, a redirect or a header goes through ``local`` or Flask's ``url_for``: both
put the path prefix first under which the service is reached. An answer remembered for several requests holds
no such address, or has ``local("")`` in its key.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import current_app, has_request_context, request
from pyoxigraph import NamedNode

from kb.errors import NotFound
from kb.namespaces import BASE, KINDS, LG, PREFIXES, shorten

PUBLIC: Final = "LEGATION_PUBLIC_ADDRESS"
"""In the configuration of an application: where it is reached, without a slash at the end."""
_START: Final = "Start at the home page"
PATHS: Final = {path.rstrip("/"): BASE + path for path in KINDS.values()} | {"terms": LG}
"""From the first step of a local path to the namespace that it stands for."""


def local(path: str) -> str:
    """Return a path of ours (``/questions/``) as a client must ask for it, path prefix first."""
    return f"{request.root_path.rstrip('/')}{path}" if has_request_context() else path


def absolute(path: str) -> str:
    """Return a path of ours as a whole address: below the setting ``public_address``, else as a client asks.

    For the contents of answers only: a redirect goes to ``local``, never where a Host header says.
    """
    public: str = current_app.config.get(PUBLIC, "")
    return f"{public}{path}" if public else f"{request.scheme}://{request.host}{local(path)}"


def page_of(iri: str) -> str | None:
    """Return the local path of an IRI's page, prefix first, or None where it is not one of ours."""
    if not iri.startswith(BASE):
        return None
    kind, slash, name = iri.removeprefix(BASE).partition("/")
    return local(f"/{kind}/{quote(name, safe='')}") if slash and name and kind in PATHS else None


def iri_at(kind: str, name: str) -> str:
    """Return the IRI of the thing whose page is ``/<kind>/<name>``.

    Raises NotFound for a kind that we do not have, and for a name that no IRI can hold.
    """
    if kind not in PATHS:
        raise NotFound("there is no such page", place=f"/{kind}/", repair=_START)
    try:
        return NamedNode(PATHS[kind] + name).value
    except ValueError as error:
        raise NotFound("no thing can have that name", place=f"/{kind}/", repair=_START) from error


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
