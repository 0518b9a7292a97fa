"""``/settings``: every limit that binds a client, with its value and what happens past it.

It tells no secret, no path and no address; what is not a client's business stands in UNSHOWN.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

from flask import Blueprint, Response, make_response, render_template

from api.http.negotiation import best
from api.http.security import LARGEST_BODY
from api.presentation.answers import MOST
from api.querying.gate import PLACES
from api.querying.service import the_service
from kb.settings import Settings
from kb.store.guard import CHAIN, DEPTH, LENGTH
from kb.store.pools import most_memory

blueprint = Blueprint("settings", __name__)

_CUT: Final = "the answer is cut after its last whole row and says so: Legation-Truncated, a banner on a page"

OF_SETTINGS: Final = {
    "query_seconds": (
        "seconds",
        "How long a query may run, its wait for a free reader included.",
        "it is stopped: 504",
    ),
    "query_rows": ("rows", "How many rows, or triples, an answer may hold.", _CUT),
    "answer_bytes": ("bytes", "How large an answer may be.", _CUT),
    "readers": (
        "processes",
        "How many readers answer questions and pages; queries sent to /sparql have twice as many.",
        "a query waits for a reader, at most as long as it may run: 504",
    ),
    "reader_bytes": (
        "bytes",
        "How much memory a query may take, the store's own files not counted.",
        "it is stopped: 503",
    ),
    "copy_bytes": (
        "bytes",
        "How much memory a copy of what is asked may take; readers share it.",
        "none is made, and the store's own files answer, two to four times as slowly",
    ),
    "spool_bytes": (
        "bytes",
        "How many bytes of large answers may be on their way to all clients.",
        "the next large answer is refused: 503 with Retry-After",
    ),
    "as_of_claims": (
        "claims",
        "How many claims may have been published by a day for facts to be made as of it.",
        "413",
    ),
    "as_of_seconds": (
        "seconds",
        "How long the facts as of a day may take to make; who asks waits no longer than for a query.",
        "503 with Retry-After while it goes on, then 413",
    ),
    "update_seconds": (
        "seconds",
        "How long one change may take, where this service takes changes.",
        "it is stopped, nothing of it is kept: 504",
    ),
    "update_bytes": ("bytes", "How large a change may be, where this service takes changes.", "413"),
    "requests_per_second": (
        "requests a second",
        "How many requests a client may send in the long run; a client is an IPv4 address or an IPv6 /64.",
        "429 with Retry-After",
    ),
    "requests_burst": ("requests", "How many it may send at once after a pause.", "429 with Retry-After"),
    "requests_at_once": (
        "requests",
        "How many requests of a client may be in work at once.",
        "429 with Retry-After",
    ),
}
"""From a setting to its unit, what it bounds, and what happens past it."""

UNSHOWN: Final = frozenset(
    {
        "store", "store_update", "reference", "cache", "spool", "as_of_stores", "extractors", "article_bytes",
        "path_prefix", "public_address", "trusted_proxies", "requests_exempt", "cross_origin", "hsts_seconds",
        "services", "services_internal", "log", "metrics", "metrics_token",
        "update_token_file", "update_token_hash",
        "model_address", "model_name", "model_key", "model_plain_hosts", "model_options", "model_seconds",
        "model_calls", "model_tokens",
    }
)  # fmt: skip
"""Settings that bind no client, or are the operator's business."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit as a client may know it."""

    name: str
    value: float | int | None
    """None where the operator turned it off."""
    unit: str
    what: str
    past: str


_FIXED: Final = (
    Bound("body_bytes", LARGEST_BODY, "bytes", "How large the body of a request may be.", "413"),
    Bound("query_characters", LENGTH, "characters", "How long a query may be.", "400"),
    Bound("query_depth", DEPTH, "brackets", "How deep a query's brackets may nest.", "400"),
    Bound("query_operators", CHAIN, "operators", "How many operators and clauses a query may have.", "400"),
    Bound(
        "queries_waiting",
        PLACES,
        "queries",
        "How many SPARQL queries of all clients may run or wait at once.",
        "503 with Retry-After",
    ),
    Bound(
        "page_rows",
        MOST,
        "rows",
        "How many rows a page shows.",
        "the page says how many more the data have",
    ),
)


OWN_MEMORY: Final = 1_500_000_000
"""Bytes of memory that the server's own process may come to: names and answers kept, answers on their way."""


def memory_bound(settings: Settings) -> int:
    """Return how many bytes of memory the whole service may take; measured by tests.threats.hostile."""
    earlier_days = (1 + settings.as_of_stores) * settings.reader_bytes  # what makes one, and a reader of each
    return OWN_MEMORY + most_memory(settings) + earlier_days


def bounds(settings: Settings) -> tuple[Bound, ...]:
    """Return the limits that bind clients."""
    chosen = (Bound(name, getattr(settings, name) or None, *told) for name, told in OF_SETTINGS.items())
    memory = Bound(
        "memory_bytes",
        memory_bound(settings),
        "bytes",
        "How much memory the whole service takes at most: its own, and that of each reader process.",
        "a query that needs more is stopped: 503",
    )
    return (*chosen, *_FIXED, memory)


@blueprint.get("/settings")
def show() -> Response:
    """Show the limits, as a page or as JSON."""
    found = bounds(the_service().settings)
    if best(("application/json", "text/html")) == "text/html":
        response = make_response(render_template("settings.html", bounds=found))
    else:
        limits = [asdict(bound) for bound in found]
        content = {"limits": limits}
        response = Response(json.dumps(content, ensure_ascii=False), content_type="application/json")
    response.vary.add("Accept")
    return response
