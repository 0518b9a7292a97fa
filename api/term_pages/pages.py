"""The vocabulary: an index, and one page for each term at its own IRI's local path, in three languages."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from pyoxigraph import Triple
from werkzeug.wrappers import Response as AnyResponse

from api.caching.fresh import unchanged_or
from api.http.addresses import iri_at, local
from api.linked_data.documents import document, see
from api.linked_data.forms import ALL, BY_SUFFIX, HTML, SUFFIXES, wished, written
from api.querying.rows import texts
from api.querying.service import the_service, the_store
from api.term_pages.shown import description, listing, spoken
from api.term_pages.words import LANGUAGES
from api.things.pages import about_thing, head_of_page, triples_about
from api.things.state import state_of
from api.vocabulary.terms import Term, terms, triples_of
from kb.namespaces import LG
from kb.reference import GENID
from kb.store import Store

blueprint = Blueprint("terms", __name__, url_prefix="/terms")

MOST: Final = 1000
"""Uses of a term are counted up to here: a page need not wait for more."""
_USES: Final = {
    # The ontology's own individuals and lists are no use of what they belong to.
    "class": f"?kind rdfs:subClassOf* lg:%s . ?thing a ?kind FILTER(!STRSTARTS(STR(?thing), '{LG}'))",
    "individual": f"?thing ?property lg:%s FILTER(!STRSTARTS(STR(?thing), '{GENID}'))",
}
_PROPERTY_USES: Final = "?thing lg:%s ?value"


@blueprint.get("/")
def index() -> AnyResponse:
    """Show all terms by module and by letter, or those that a search finds; as data, the whole vocabulary."""
    asked = request.args.get("q", "").strip()
    language = _language()
    form = wished(ALL)
    if form is HTML:
        response: AnyResponse = unchanged_or(
            lambda: make_response(_page("terms.html", language, asked=asked, **listing(language, asked))),
            f"{HTML.media_type} {language}",
        )
    else:
        response = redirect(local(f"/terms.{form.suffix}"), 303)
    response.vary.update(("Accept", "Accept-Language"))
    return response


@blueprint.get("/<name>")
def term(name: str) -> AnyResponse:
    """Lead from a term to a document about it, in the language asked for."""
    iri = iri_at("terms", name)
    forms = ALL if name in terms() else state_of(the_store(), iri).forms
    chosen = _chosen()
    return see(iri, forms, query=f"lang={chosen}" if chosen else "")


@blueprint.get(f"/<name>.<{SUFFIXES}:suffix>")
def about(name: str, suffix: str) -> AnyResponse:
    """Give a document about a term; what only the store calls one is shown as any other thing."""
    iri, form = iri_at("terms", name), BY_SUFFIX[suffix]
    if name not in terms():
        return about_thing(iri, form)
    if form is not HTML:
        return document(iri, form, ALL, lambda: written(triples_of_term(name), form))
    response = document(iri, form, ALL, lambda: _shown(name), variant=_language())
    response.vary.add("Accept-Language")
    return response


def triples_of_term(name: str) -> set[Triple]:
    """Return what modules and store say of a term, with the nameless parts of its axioms."""
    return {*triples_of(name), *triples_about(the_store(), LG + name)}


def _shown(name: str) -> str:
    found = terms()[name]
    uses = the_service().remembered(("uses", name), lambda store: _uses(store, found))
    query = f"SELECT DISTINCT {_columns(found)} WHERE {{ {_pattern(found)} }} LIMIT 100"
    language = _language()
    shown = description(found, language) | head_of_page(found.iri, ALL, triples_of_term(name))
    if _chosen():
        shown["canonical"] = f"{shown['canonical']}?lang={language}"
    return _page("term.html", language, uses=uses, most=MOST, query=query, **shown)


def _language() -> str:
    """Return the language to speak: the one asked for, else the reader's first that we have, else English."""
    return _chosen() or request.accept_languages.best_match(LANGUAGES) or "en"


def _chosen() -> str | None:
    """Return the language that the address asks for; None adds nothing to an address."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else None


def _page(template: str, language: str, **shown: object) -> str:
    chosen = _chosen()
    here, search = request.view_args or {}, request.args.get("q") or None
    return render_template(
        template,
        chosen=chosen,
        home=url_for("terms.index", lang=chosen),
        link=lambda name: url_for("terms.term", name=name, lang=chosen),
        switch_to=lambda code: url_for(request.endpoint or "", **here, lang=code, q=search),
        **spoken(language),
        **shown,
    )


def _columns(term: Term) -> str:
    """Return what makes one use: a member of a class once, whatever kinds of it the thing is."""
    return "?thing" if term.kind == "class" else "*"


def _pattern(term: Term) -> str:
    return _USES.get(term.kind, _PROPERTY_USES) % term.name


def _uses(store: Store, term: Term) -> int:
    """Return how often the store's facts use a term, kinds of it included; at most MOST + 1."""
    some = f"SELECT DISTINCT {_columns(term)} WHERE {{ {_pattern(term)} }} LIMIT {MOST + 1}"
    return int(texts(store, f"SELECT (COUNT(*) AS ?number) WHERE {{ {{ {some} }} }}")[0]["number"])
