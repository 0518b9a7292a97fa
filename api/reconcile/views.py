"""The Reconciliation Service API 0.2 over HTTP: the manifest, queries, extensions. Nothing can be written."""

from __future__ import annotations

import json
from typing import Final, cast

from flask import Blueprint, Response, current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from api.http.security import LARGEST_BODY
from api.monitoring.metrics import the_metrics
from api.reconcile.answers import answer_batch
from api.reconcile.catalogue import Catalogue
from api.reconcile.extension import extend
from api.reconcile.extension_query import read_extension
from api.reconcile.keeper import Keeper
from api.reconcile.manifest import PLACE, manifest
from api.reconcile.queries import read_batch
from api.reconcile.types import Shown
from kb.errors import BadParameter, TooLarge

blueprint = Blueprint("reconcile", __name__, url_prefix=PLACE)

KEY: Final = "legation.reconcile"
"""Where an application keeps its Keeper."""


def the_catalogue() -> Catalogue:
    """Return the catalogue that this request is answered from. Raises StoreBusy while there is none."""
    return _keeper().catalogue()


def _keeper() -> Keeper:
    return cast(Keeper, current_app.extensions[KEY])


@blueprint.route("", methods=["GET", "POST"])
@blueprint.route("/", methods=["GET", "POST"])
def service() -> Response:
    """Give the manifest, or answer a batch of queries, or of identifiers to extend."""
    given = _given()
    if "callback" in given:
        raise BadParameter(
            "there is no JSONP here",
            place="callback",
            repair="Any page may read the answers by CORS",
        )
    asked = [name for name in ("queries", "extend") if name in given]
    if len(asked) > 1:
        raise BadParameter("queries and extend came together", repair="Send one of the two")
    if asked:
        text = _one(given, asked[0])
        answer: Shown | dict[str, Shown]
        if asked == ["queries"]:
            batch = read_batch(text)
            the_metrics().asked("reconcile", len(batch))
            catalogue = the_catalogue()
            with _keeper().turns.one():
                answer = answer_batch(catalogue, batch)
        else:
            wanted = read_extension(text)
            catalogue = the_catalogue()
            with _keeper().turns.one():
                answer = extend(catalogue, wanted)
        return json_answer(answer)
    unknown = next((name for name in given if name != "_"), "")  # jQuery adds _ against caches
    if unknown or request.method == "POST":
        raise BadParameter(
            "there is nothing to answer",
            place=unknown[:60],
            repair='Send queries={"q0": {"query": "a name"}}, or extend=…',
        )
    return json_answer(manifest())


def _given() -> MultiDict[str, str]:
    if request.method == "POST":
        if request.mimetype not in ("application/x-www-form-urlencoded", "multipart/form-data", ""):
            raise BadParameter(
                "the body is no form", place="Content-Type", repair="Send application/x-www-form-urlencoded"
            )
        return MultiDict([*request.args.items(multi=True), *_form().items(multi=True)])
    return request.args


def _form() -> MultiDict[str, str]:
    try:
        return request.form
    except RequestEntityTooLarge as error:
        raise TooLarge(
            f"the body has more than {LARGEST_BODY:,} bytes", repair="Send smaller batches"
        ) from error


def _one(given: MultiDict[str, str], name: str) -> str:
    several = given.getlist(name)
    if len(several) > 1:
        raise BadParameter("it was sent more than once", place=name, repair="Send it once")
    return several[0]


def json_answer(answer: object) -> Response:
    """Return an answer as JSON."""
    return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")
