"""The vocabulary as documents of triples: whole at /terms.ttl, by module and alignment at their own IRIs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, redirect
from pyoxigraph import Triple
from werkzeug.wrappers import Response as AnyResponse

from api.caching.fresh import unchanged_or
from api.http.addresses import local
from api.linked_data.forms import BY_SUFFIX, DATA, DATA_SUFFIXES, HTML, Form, wished, written
from kb.errors import NotFound
from kb.namespaces import BASE, LG
from kb.reference import ontology_triples, read_file
from kb.resources import alignment_files, ontology_files

blueprint = Blueprint("vocabulary", __name__)

_FORMS: Final = (HTML, *DATA)


@blueprint.get(f"/terms.<{DATA_SUFFIXES}:suffix>")
def whole(suffix: str) -> Response:
    """Give all modules of the vocabulary in one document."""
    return _document(LG, "/terms", BY_SUFFIX[suffix], ontology_triples)


@blueprint.get("/ontology/<path:name>")
def module(name: str) -> AnyResponse:
    """Lead from a module or an alignment to its triples, or to the page of all terms."""
    _file(name)
    chosen = wished(_FORMS)
    address = "/terms/" if chosen is HTML else f"/ontology/{name}.{chosen.suffix}"
    response = redirect(local(address), 303)
    response.vary.add("Accept")
    return response


@blueprint.get(f"/ontology/<path:name>.<{DATA_SUFFIXES}:suffix>")
def module_as(name: str, suffix: str) -> Response:
    """Give a module or an alignment as it stands in its file; nameless nodes have names."""
    path = _file(name)
    return _document(
        f"{BASE}ontology/{name}", f"/ontology/{name}", BY_SUFFIX[suffix], lambda: read_file(path)
    )


def _file(name: str) -> Path:
    """Return the file of a module or an alignment. Raises NotFound."""
    files = {path.stem: path for path in ontology_files()}
    files |= {f"alignments/{path.stem}": path for path in alignment_files()}
    if name not in files:
        raise NotFound("there is no such module", place=f"/ontology/{name[:80]}", repair="Start at /terms/")
    return files[name]


def _document(iri: str, address: str, form: Form, read: Callable[[], Iterable[Triple]]) -> Response:
    def whole() -> Response:
        return Response(written(read(), form), content_type=f"{form.media_type}; charset=utf-8")

    response = unchanged_or(whole, form.media_type)
    response.headers.add("Link", f'<{iri}>; rel="describes"')
    for other in DATA:
        if other is not form:
            link = f'<{local(f"{address}.{other.suffix}")}>; rel="alternate"; type="{other.media_type}"'
            response.headers.add("Link", link)
    return response
