"""The vocabulary: an index, and one page for each term at its own IRI's local path, in three languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from pyoxigraph import NamedNode

from api.foreign import foreign_name
from api.rows import texts
from api.service import the_service, the_store
from api.terms_read import KINDS, Term, modules, terms, triples_of
from api.terms_words import LANGUAGES, WORDS
from api.things import thing, turtle
from kb.namespaces import LG, shorten
from kb.queries import questions
from kb.queries.formats import turtle as as_turtle
from kb.reference import GENID
from kb.store import Store

blueprint = Blueprint("terms", __name__, url_prefix="/terms")

PARTNERS: Final = {
    "cco": "Common Core Ontologies",
    "org": "W3C ORG",
    "plover": "PLOVER",
    "prov": "PROV-O",
    "schema-org": "schema.org",
    "sem": "SEM",
    "web-annotation": "Web Annotation",
    "wikidata": "Wikidata",
}
MOST: Final = 1000
"""Uses of a term are counted up to here: a page need not wait for more."""
_CONSONANTS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_USES: Final = {
    # The ontology's own individuals and lists are no use of what they belong to.
    "class": f"?kind rdfs:subClassOf* lg:%s . ?thing a ?kind FILTER(!STRSTARTS(STR(?thing), '{LG}'))",
    "individual": f"?thing ?property lg:%s FILTER(!STRSTARTS(STR(?thing), '{GENID}'))",
}
_PROPERTY_USES: Final = "?thing lg:%s ?value"


@blueprint.get("/")
def index() -> Response:
    """Show all terms by module and by letter, or those that a search finds."""
    asked = request.args.get("q", "").strip()
    language = _language()
    return _page("terms.html", language, asked=asked, **listing(language, asked))


@blueprint.get("/<local>")
def term(local: str) -> Response:
    """Show a term; what only the store calls one is shown as any other thing."""
    if request.accept_mimetypes.best_match(["text/html", "text/turtle"]) == "text/turtle":
        return data(local)
    found = terms().get(local)
    if found is None:
        return make_response(thing("terms", local))
    uses = the_service().remembered(("uses", local), lambda store: _uses(store, found))
    query = f"SELECT DISTINCT {_shown(found)} WHERE {{ {_pattern(found)} }} LIMIT 100"
    language = _language()
    return _page("term.html", language, uses=uses, most=MOST, query=query, **description(found, language))


@blueprint.get("/<local>.ttl")
def data(local: str) -> Response:
    """Give what modules and store say of a term as Turtle, with the nameless parts of its axioms."""
    if local not in terms():
        return turtle("terms", local)
    stored = the_store().construct(f"CONSTRUCT WHERE {{ {NamedNode(LG + local)} ?property ?value }}")
    response = Response(as_turtle({*triples_of(local), *stored}), content_type="text/turtle; charset=utf-8")
    response.vary.add("Accept")
    return response


def listing(language: str, asked: str = "") -> Mapping[str, object]:
    """Return what the index shows of the terms that have all words asked for, in a language."""
    found = [term for term in terms().values() if _fits(term, asked)]
    titles = {name: title[language] for name, title in modules().items()}
    return {"found": found, "kinds": KINDS, "modules": titles, "letters": _letters(found, language)}


def description(term: Term, language: str) -> dict[str, object]:
    """Return what a term's page shows of it in a language, without what depends on the store."""
    return {
        "term": term,
        "module": modules()[term.module][language],
        "partners": PARTNERS,
        "asked": {name: questions()[name].question for name in term.questions},
    }


def spoken(language: str) -> Mapping[str, object]:
    """Return what every page of the vocabulary needs to speak a language."""
    return {"language": language, "languages": LANGUAGES, "say": WORDS[language], "call": _caller(language)}


def _language() -> str:
    """Return the language to speak: the one asked for, else the reader's first that we have, else English."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or "en"


def _page(template: str, language: str, **shown: object) -> Response:
    asked = request.args.get("lang")
    chosen = asked if asked in LANGUAGES else None  # None adds nothing to an address
    here, search = request.view_args or {}, request.args.get("q") or None
    page = render_template(
        template,
        chosen=chosen,
        home=url_for("terms.index", lang=chosen),
        link=lambda name: url_for("terms.term", local=name, lang=chosen),
        switch_to=lambda code: url_for(request.endpoint or "", **here, lang=code, q=search),
        **spoken(language),
        **shown,
    )
    response = make_response(page)
    response.vary.update(("Accept", "Accept-Language"))
    return response


def _caller(language: str) -> Callable[[str], str]:
    """Return what names an IRI in a language."""

    def call(iri: str) -> str:
        known = terms().get(iri.removeprefix(LG)) if iri.startswith(LG) else None
        return known.labels[language] if known else foreign_name(iri) or shorten(iri) or iri

    return call


def _fits(term: Term, asked: str) -> bool:
    words = asked.casefold().split()
    told = " ".join((term.name, *term.labels.values(), term.definition, *term.nouns)).casefold()
    return all(word in told for word in words)


def _letters(found: Sequence[Term], language: str) -> Mapping[str, list[tuple[Term, bool]]]:
    """Return the terms under the first letter of their names, both in the language's order.

    Each comes with whether another has the same name: a class and a property may.
    """
    shared = Counter(term.labels[language] for term in found)
    grouped: dict[str, list[tuple[Term, bool]]] = {}
    for each in sorted(found, key=lambda term: (_order(term.labels[language]), term.name)):
        label = each.labels[language]
        grouped.setdefault(_initial(label), []).append((each, shared[label] > 1))
    return grouped


def _order(label: str) -> str:
    # Ё stands after Я in Unicode and beside Е in the alphabet.
    return label.casefold().replace("ё", "е")


def _initial(label: str) -> str:
    first = _order(label)[0].upper()
    syllable = ord(first) - 0xAC00
    return _CONSONANTS[syllable // 588] if 0 <= syllable < 11172 else first


def _shown(term: Term) -> str:
    """Return what makes one use: a member of a class once, whatever kinds of it the thing is."""
    return "?thing" if term.kind == "class" else "*"


def _pattern(term: Term) -> str:
    return _USES.get(term.kind, _PROPERTY_USES) % term.name


def _uses(store: Store, term: Term) -> int:
    """Return how often the store's facts use a term, kinds of it included; at most MOST + 1."""
    some = f"SELECT DISTINCT {_shown(term)} WHERE {{ {_pattern(term)} }} LIMIT {MOST + 1}"
    return int(texts(store, f"SELECT (COUNT(*) AS ?number) WHERE {{ {{ {some} }} }}")[0]["number"])
