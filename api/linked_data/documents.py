"""Documents about things: where they stand, the headers that link them, and 304 for what is unchanged.

An identifier (``/person/x``) names a thing that is no document, so it answers 303 with a document about it;
the document (``/person/x.ttl``) answers 200. See "Cool URIs for the Semantic Web", section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from api.caching.fresh import unchanged_or
from api.http.addresses import page_of
from api.linked_data.forms import Form, wished


def address_of(iri: str, form: Form) -> str:
    """Return the local path of a thing's document in a form; the IRI is one of ours."""
    return f"{page_of(iri)}.{form.suffix}"


def see(iri: str, forms: Sequence[Form], *, query: str = "") -> AnyResponse:
    """Lead from a thing to its document in the form that the client takes best.

    ``query`` is added to the address. Aborts with 406 where the client takes none of the forms.
    """
    chosen = wished(forms)
    address = address_of(iri, chosen) + (f"?{query}" if query else "")
    response = redirect(address, 303)
    response.headers.add("Link", f'<{address}>; rel="describedby"; type="{chosen.media_type}"')
    link_alternates(response, iri, forms, but=chosen)
    response.vary.add("Accept")
    return response


def link_alternates(
    response: AnyResponse, iri: str, forms: Sequence[Form], *, but: Form | None = None
) -> None:
    """Name a thing's documents in other forms in the header Link."""
    for form in forms:
        if form is not but:
            link = f'<{address_of(iri, form)}>; rel="alternate"; type="{form.media_type}"'
            response.headers.add("Link", link)


def document(
    iri: str, form: Form, forms: Sequence[Form], make: Callable[[], str], *, variant: str = ""
) -> Response:
    """Answer with a document about a thing: linked, and 304 where the client has it already.

    ``make`` writes it, and is called only where it is needed; ``variant`` tells apart what one address
    answers to clients that ask differently (a language).
    """

    def whole() -> Response:
        return Response(make(), content_type=f"{form.media_type}; charset=utf-8")

    response = unchanged_or(whole, f"{form.media_type} {variant}")
    response.headers.add("Link", f'<{iri}>; rel="describes"')
    link_alternates(response, iri, forms, but=form)
    return response
