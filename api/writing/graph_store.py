"""The SPARQL 1.1 Graph Store HTTP Protocol at /graphs: a graph read, replaced, added to, removed.

A graph is named by ``?graph=IRI`` or ``?default``, or is the one whose IRI is the address asked
(``/graphs/…``). Of a base the graphs that it holds may be read; a workbench may be changed with a token.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote
from uuid import uuid4

from flask import Blueprint, Response, abort, request
from pyoxigraph import NamedNode

from api.caching.fresh import fresh, unchanged
from api.http.addresses import absolute
from api.http.negotiation import NAMES_OF_DOCUMENTS, best
from api.querying.results import respond
from api.querying.service import the_service
from api.writing.authorisation import done, workbench
from api.writing.graph_content import parts
from kb.errors import BadParameter, NotFound, TooLarge
from kb.store.formats import GRAPHS
from kb.store.interface import DEFAULT_NAMES, MAIN, Dataset, Limits
from kb.store.workbench import Condition, WorkbenchStore

blueprint = Blueprint("graph_store", __name__)

_METHODS: Final = ["GET", "PUT", "POST", "DELETE"]
_EVERY_ROW: Final = 1_000_000_000
"""A graph is given whole or not at all: a part might be taken for the whole and put back."""
_SAFE: Final = "/:@!$&'()*+,;=~"


@blueprint.route("/graphs", methods=_METHODS)
def graphs() -> Response:
    """Do what the method says to the graph that ``graph`` or ``default`` names."""
    _hold_reader_of_base()
    named = _named()
    if not named and request.method == "POST":
        return _post_anew()
    if not named:
        raise BadParameter("no graph is named", repair="Add ?graph=IRI (percent-encoded) or ?default")
    return _act(named[0])


@blueprint.route("/graphs/<path:name>", methods=_METHODS)
def graph(name: str) -> Response:
    """Do what the method says to the graph whose IRI is the address asked."""
    _hold_reader_of_base()
    if request.query_string:
        raise BadParameter("the address names the graph already", repair="Leave out what follows the ?")
    return _act(_iri(absolute(f"/graphs/{quote(name, safe=_SAFE)}")))


def _hold_reader_of_base() -> None:
    """Of a base nothing may be changed, by anyone."""
    if not _reads() and not isinstance(the_service().store, WorkbenchStore):
        abort(405, valid_methods=["GET", "HEAD", "OPTIONS"])


def _reads() -> bool:
    return request.method in ("GET", "HEAD")


def _named() -> list[NamedNode | None]:
    """Return the graph that the parameters name, None standing for the default graph; empty: none named."""
    for name in request.args:
        if name not in ("graph", "default"):
            raise BadParameter("there is no such parameter", place=name, repair="Use graph=IRI or default")
    sent = request.args.getlist("graph")
    if len(sent) + ("default" in request.args) > 1:
        raise BadParameter("more than one graph is named", repair="Name one")
    if "default" in request.args:
        return [None]
    return [_iri(name) for name in sent]


def _iri(name: str) -> NamedNode | None:
    """Return the graph of that name; None where it is a name of the default graph."""
    if name in DEFAULT_NAMES:
        return None
    try:
        return NamedNode(name)
    except ValueError:
        raise BadParameter(
            "it is not an absolute IRI", place="graph", repair="Give a full IRI, percent-encoded"
        ) from None


def _act(named: NamedNode | None) -> Response:
    if _reads():
        return _read(named)
    store, condition = workbench(), _condition()
    base = request.base_url if named is None else named.value
    if request.method == "DELETE":
        store.delete(named, condition)
        return done(204)
    write = store.put if request.method == "PUT" else store.post
    return done(201 if write(named, parts(), base, condition).created else 204)


def _post_anew() -> Response:
    """Make a graph with a name of our choice."""
    store = workbench()
    named = NamedNode(absolute(f"/graphs/{uuid4().hex}"))
    store.post(named, parts(), named.value, Condition(absent=True))
    response = done(201)
    response.autocorrect_location_header = False
    response.location = named.value
    return response


def _read(named: NamedNode | None) -> Response:
    media_type = best(tuple(GRAPHS), NAMES_OF_DOCUMENTS)
    response = unchanged(media_type) or _whole(named, media_type)
    response.vary.add("Accept")
    return response


def _whole(named: NamedNode | None, media_type: str) -> Response:
    service = the_service()
    limits = service.store.limits
    whole = Limits(limits.seconds, _EVERY_ROW, limits.bytes)
    dataset = Dataset((MAIN.value if named is None else named.value,), ())
    with service.gate.through():
        found = service.store.query_bytes(_CONSTRUCT, media_type, whole, dataset=dataset)
    if found.truncated:
        raise TooLarge(
            f"the graph has more than {limits.bytes:,} bytes, and a part of it is not given here",
            repair="Ask for parts with CONSTRUCT at /sparql",
        )
    if named is not None and not found.content and found.spool is None and not _exists(named):
        raise NotFound("there is no such graph", place=named.value)
    return fresh(respond(found), found.version, media_type)


_CONSTRUCT: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def _exists(named: NamedNode) -> bool:
    store = the_service().store
    return store.exists(named) if isinstance(store, WorkbenchStore) else named in store.graph_names()


def _condition() -> Condition:
    """Return what If-Match and If-None-Match ask for. The tags of /graphs begin with the data's version."""
    match, none_match = request.if_match, request.if_none_match
    versions = None
    if match and not match.star_tag:
        versions = tuple(_version(tag) for tag in match.as_set(include_weak=True))
    return Condition(
        versions=versions,
        other_than=tuple(_version(tag) for tag in none_match.as_set(include_weak=True)),
        present=match.star_tag,
        absent=none_match.star_tag,
    )


def _version(tag: str) -> str:
    return tag.partition("-")[0]
