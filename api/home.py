"""The home page: what the base answers, with the first question's real rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, render_template
from werkzeug import Response

from api.http.addresses import local
from api.presentation.answers import Table, publishable, table
from api.querying.rows import texts
from api.querying.service import the_service
from api.sparql.endpoint import EXAMPLE
from kb.errors import BadParameter
from kb.queries import Question, answer, question, questions
from kb.store import Store
from kb.store.workbench import WorkbenchStore

blueprint = Blueprint("pages", __name__)

CARD: Final = "facilities-visited"
"""The question that the home page answers at once, with its example's parameters."""

_COUNTED: Final = (
    ("article", "articles", "?thing a lg:Article"),
    ("claim", "claims", "?thing a lg:Claim"),
    ("event", "events", "?thing lg:kind ?kind"),
    ("person", "persons", "?thing a lg:Person"),
    ("facility in events", "facilities in events", "?visit lg:atFacility ?thing"),
    ("state", "states", "?thing a lg:State"),
)
"""Names of one and of many, and what is counted."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of one kind."""

    what: str
    number: int


@blueprint.get("/")
def home() -> str | Response:
    """Show what the base answers; a workbench knows nothing but its data, which SPARQL asks."""
    service = the_service()
    if isinstance(service.store, WorkbenchStore):
        return redirect(local("/sparql"), 303)
    asked = question(CARD)
    return render_template(
        "home.html",
        asked=asked,
        given=asked.example(),
        table=_card(service.store, asked),
        questions=questions().values(),
        counts=service.remembered("counts", _counts),
        query=EXAMPLE,
    )


def _card(store: Store, asked: Question) -> Table | None:
    """Return the card's answer, None where the base does not even know the states that it names."""
    try:
        found, held = publishable(store, answer(store, asked.name, asked.example()))
    except BadParameter:
        return None
    return table(store, found, held)


def _counts(store: Store) -> tuple[Count, ...]:
    numbers = ((one, many, _number(store, pattern)) for one, many, pattern in _COUNTED)
    return tuple(Count(one if number == 1 else many, number) for one, many, number in numbers)


def _number(store: Store, pattern: str) -> int:
    query = f"SELECT (COUNT(DISTINCT ?thing) AS ?number) WHERE {{ {pattern} }}"
    return int(texts(store, query)[0]["number"])
