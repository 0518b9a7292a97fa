"""Descriptions over HTTP: at /.well-known/void, at /.well-known/sparql-service, and from /sparql itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from flask import Blueprint, Response, render_template

from api.caching.fresh import unchanged_or
from api.description.catalogue import catalogue_triples, changed_at
from api.description.counts import counts
from api.description.graphs import is_workbench, named_graphs
from api.description.service import marks, service_triples
from api.description.words import LICENCE, WRITTEN_WITH, address, check, is_public
from api.http.addresses import local
from api.linked_data.forms import BY_SUFFIX, DATA, DATA_SUFFIXES, HTML, SUFFIXES, Form, wished, written
from api.querying.service import the_service
from kb.pipeline.describing import examples, prefixes
from kb.terms import Triple

blueprint = Blueprint("description", __name__)

_VOID: Final = "/.well-known/void"
_SERVICE: Final = "/.well-known/sparql-service"
_EXAMPLES: Final = "/.well-known/sparql-examples"

blueprint.record(lambda state: check(state.app.extensions["legation"].settings))

Read = Callable[[], Sequence[Triple]]


@blueprint.get(_VOID)
def void() -> Response:
    """Describe the data set as the client would rather have it: a page, or VoID and DCAT."""
    form = wished((*DATA, HTML))
    return _negotiated(_page() if form is HTML else _triples(form, catalogue_triples), _VOID, form)


@blueprint.get(f"{_VOID}.<{SUFFIXES}:suffix>")
def void_as(suffix: str) -> Response:
    """Describe the data set in one form."""
    form = BY_SUFFIX[suffix]
    return _page() if form is HTML else _triples(form, catalogue_triples)


@blueprint.get(_SERVICE)
def service() -> Response:
    """Describe the endpoint."""
    form = wished(DATA)
    return _negotiated(_triples(form, service_triples), _SERVICE, form)


@blueprint.get(f"{_SERVICE}.<{DATA_SUFFIXES}:suffix>")
def service_as(suffix: str) -> Response:
    """Describe the endpoint in one form."""
    return _triples(BY_SUFFIX[suffix], service_triples)


@blueprint.get(_EXAMPLES)
def sparql_examples() -> Response:
    """Give the shipped questions as example queries, and the prefixes."""
    form = wished(DATA)
    return _negotiated(_triples(form, _examples), _EXAMPLES, form)


@blueprint.get(f"{_EXAMPLES}.<{DATA_SUFFIXES}:suffix>")
def sparql_examples_as(suffix: str) -> Response:
    """Give the example queries in one form."""
    return _triples(BY_SUFFIX[suffix], _examples)


def service_description() -> Response:
    """Answer a GET of the endpoint without a query: its description, in the form that the client takes best.

    Aborts with 406 where the client takes no form of triples.
    """
    response = _triples(wished(DATA), service_triples)
    response.vary.add("Accept")
    return response


def _examples() -> Sequence[Triple]:
    return [*prefixes(), *examples(address("/sparql"))]


def _triples(form: Form, read: Read) -> Response:
    def whole() -> Response:
        content = written(read(), form, WRITTEN_WITH)
        return Response(content, content_type=f"{form.media_type}; charset=utf-8")

    return _kept(whole, form.suffix)


def _page() -> Response:
    def whole() -> Response:
        found = counts(the_service())
        shown = {
            "counts": found,
            "marks": [mark.value for mark in marks(found.done, found.left_out)],
            "graphs": named_graphs(the_service())[0],
            "changed": changed_at(the_service().store),
            "version": the_service().store.version(),
            "workbench": is_workbench(the_service().store),
            "licence": LICENCE,
            "endpoint": address("/sparql"),
            "canonical": local(f"{_VOID}.html"),
            "alternates": [(form, local(f"{_VOID}.{form.suffix}")) for form in DATA],
        }
        return Response(render_template("description.html", **shown), content_type="text/html; charset=utf-8")

    return _kept(whole, HTML.suffix)


def _kept(make: Callable[[], Response], variant: str) -> Response:
    """Answer with what changes with the data and with the address that the client asked.

    A shared cache may keep only what no client's Host header went into, and nobody what is not yet counted.
    """
    done = counts(the_service()).done
    response = unchanged_or(make, f"{variant} {address('/')} {done}")
    response.headers["Cache-Control"] = "public, no-cache" if is_public() else "private, no-cache"
    return response


def _negotiated(response: Response, path: str, form: Form) -> Response:
    response.vary.add("Accept")
    response.headers["Content-Location"] = local(f"{path}.{form.suffix}")
    for other in (HTML, *DATA) if path == _VOID else DATA:
        link = f'<{local(f"{path}.{other.suffix}")}>; rel="alternate"; type="{other.media_type}"'
        if other is not form:
            response.headers.add("Link", link)
    return response
