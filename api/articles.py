"""An article's page: its stored text with every claim's words marked, and the claims beside it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as AnyResponse

from api.addresses import iri_at, passage_of
from api.claims import claims_of, head_of
from api.marking import marked
from api.rows import texts
from api.service import the_store
from kb.errors import NotFound

blueprint = Blueprint("articles", __name__)


@blueprint.get("/article/<name>")
def article(name: str) -> str:
    """Show an article; ``?claim=`` names a claim whose words are to stand out."""
    store = the_store()
    head = head_of(store, iri_at("article", name))
    claims = claims_of(store, head.iri)
    chosen = request.args.get("claim", "")
    return render_template(
        "article.html", head=head, claims=claims, segments=marked(head.text, claims, chosen), chosen=chosen
    )


@blueprint.get("/claim/<name>")
def claim(name: str) -> AnyResponse:
    """Lead from a claim to its words in its article."""
    iri = iri_at("claim", name)
    found = texts(the_store(), "SELECT ?article WHERE { ?claim lg:inArticle ?article }", claim=NamedNode(iri))
    if not found:
        raise NotFound(
            "there is no such claim", place=name, repair="It may be of another version of the reader"
        )
    return redirect(passage_of(found[0]["article"], iri), 303)
