"""Every thing at its IRI's local path: it leads to a document about it, as a page or as data."""

from __future__ import annotations

from collections.abc import Sequence, Set

from flask import Blueprint, redirect, render_template
from pyoxigraph import NamedNode, Triple
from werkzeug.wrappers import Response as AnyResponse

from api.http.addresses import iri_at, local, page_of, short
from api.linked_data.documents import address_of, document, see
from api.linked_data.forms import BY_SUFFIX, DATA, HTML, SUFFIXES, Form, written
from api.linked_data.json_ld import compact, data_block
from api.querying.service import the_store
from api.things.schema_org import in_schema_org
from api.things.state import State, state_of
from api.things.view import thing_at
from kb.errors import NotFound
from kb.namespaces import KINDS
from kb.store import Store

blueprint = Blueprint("things", __name__)


@blueprint.get("/<kind>/<name>")
def thing(kind: str, name: str) -> AnyResponse:
    """Lead from a thing to a document about it."""
    path = KINDS.get(kind, "").rstrip("/")
    if path and path != kind:  # the prefix that pages and queries show: /fac/… for /facility/…
        return redirect(page_of(iri_at(path, name)) or local("/"), 303)
    iri = iri_at(kind, name)
    return see(iri, state_of(the_store(), iri).forms)


@blueprint.get(f"/<kind>/<name>.<{SUFFIXES}:suffix>")
def about(kind: str, name: str, suffix: str) -> AnyResponse:
    """Give a document about a thing: its page, or what is said of it as triples."""
    return about_thing(iri_at(kind, name), BY_SUFFIX[suffix])


def about_thing(iri: str, form: Form) -> AnyResponse:
    """Answer with a document about a thing. Raises NotFound, Gone."""
    store = the_store()
    state = state_of(store, iri)
    forms = state.forms
    if form not in forms:
        repair = "Its page leads to the claims on it" if HTML in forms else ""
        raise NotFound("it has no such document", place=short(iri), repair=repair)
    make = _page if form is HTML else _data
    return document(iri, form, forms, lambda: make(store, iri, form, state))


def triples_about(store: Store, iri: str) -> frozenset[Triple]:
    """Return the triples of the default graph that have a thing as subject."""
    return store.construct(f"CONSTRUCT WHERE {{ {NamedNode(iri)} ?property ?value }}")


def head_of_page(iri: str, forms: Sequence[Form], triples: Set[Triple]) -> dict[str, object]:
    """Return what the head of a thing's page needs: its own address, the other forms, its data block.

    The block holds the triples and what schema.org makes of them, nothing where there are none.
    """
    block = data_block(compact({*triples, *in_schema_org(triples)})) if triples else ""
    others = [(form, address_of(iri, form)) for form in forms if form is not HTML]
    return {"canonical": address_of(iri, HTML), "alternates": others, "block": block}


def _page(store: Store, iri: str, _form: Form, state: State) -> str:
    triples = triples_about(store, iri) if state.forms[-1] in DATA else frozenset()
    head = head_of_page(iri, state.forms, triples)
    return render_template("thing.html", thing=thing_at(store, iri, state.support), **head)


def _data(store: Store, iri: str, form: Form, _state: State) -> str:
    return written(triples_about(store, iri), form)
