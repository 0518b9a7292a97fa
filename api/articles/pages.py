"""An article's page: its stored text with every claim's words marked, and the claims beside it.

An article is a document, so its page stands at its own address; what is known of it stands beside, as data.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as AnyResponse

from api.articles.claims import claims_of, head_of
from api.articles.marking import marked
from api.caching.fresh import unchanged_or
from api.http.addresses import iri_at, page_of, passage_of
from api.linked_data.documents import link_alternates, see
from api.linked_data.forms import ALL, BY_SUFFIX, DATA, HTML, SUFFIXES, wished
from api.querying.rows import texts
from api.querying.service import the_store
from api.things.pages import about_thing, head_of_page, triples_about
from api.things.state import refuse_held
from kb.errors import NotFound

blueprint = Blueprint("articles", __name__)

_ARTICLE: Final = "SELECT ?article WHERE { ?claim lg:inArticle ?article }"


@blueprint.get("/article/<name>")
def article(name: str) -> AnyResponse:
    """Show an article; ``?claim=`` names a claim whose words are to stand out. Data stand elsewhere."""
    iri = iri_at("article", name)
    chosen = wished(ALL)
    head_of(the_store(), iri)
    response = _shown(iri) if chosen is HTML else see(iri, ALL)
    response.vary.add("Accept")
    return response


@blueprint.get(f"/article/<name>.<{SUFFIXES}:suffix>")
def article_as(name: str, suffix: str) -> AnyResponse:
    """Show an article, or give what is known of it as triples, without its text."""
    iri = iri_at("article", name)
    return _shown(iri) if BY_SUFFIX[suffix] is HTML else about_thing(iri, BY_SUFFIX[suffix])


@blueprint.get("/claim/<name>")
def claim(name: str) -> AnyResponse:
    """Lead from a claim to its words in its article, or to its triples."""
    iri, place = _claim(name)
    if wished(ALL) is HTML:
        response: AnyResponse = redirect(place, 303)
        link_alternates(response, iri, DATA)
        response.vary.add("Accept")
        return response
    return see(iri, ALL)


@blueprint.get(f"/claim/<name>.<{SUFFIXES}:suffix>")
def claim_as(name: str, suffix: str) -> AnyResponse:
    """Give a claim as triples; its page is a place in its article."""
    iri, place = _claim(name)
    return redirect(place, 303) if BY_SUFFIX[suffix] is HTML else about_thing(iri, BY_SUFFIX[suffix])


def _shown(iri: str) -> AnyResponse:
    response = unchanged_or(
        lambda: Response(_page(iri), content_type="text/html; charset=utf-8"), HTML.media_type
    )
    link_alternates(response, iri, DATA)
    return response


def _page(iri: str) -> str:
    store = the_store()
    head = head_of(store, iri)
    claims = claims_of(store, iri)
    chosen = request.args.get("claim", "")
    segments = marked(head.text, claims, chosen)
    about = head_of_page(iri, ALL, triples_about(store, iri)) | {"canonical": page_of(iri)}
    return render_template(
        "article.html", head=head, claims=claims, segments=segments, chosen=chosen, **about
    )


def _claim(name: str) -> tuple[str, str]:
    """Return a claim's IRI and the address of its words. Raises NotFound."""
    iri = iri_at("claim", name)
    found = texts(the_store(), _ARTICLE, claim=NamedNode(iri))
    if not found:
        raise NotFound(
            "there is no such claim", place=name, repair="It may be of another version of the reader"
        )
    refuse_held(the_store(), iri)
    return iri, passage_of(found[0]["article"], iri)
