"""Find out at the start whether a service keeps unasked graphs apart; else it would tell plans as facts."""

from __future__ import annotations

import secrets
from typing import Final

from pyoxigraph import Literal

from kb.errors import StoreError
from kb.namespaces import PREFIXES
from kb.store.endpoint import Endpoint
from kb.store.interface import MAIN, Dataset
from kb.store.received import rows

_HIDDEN: Final = f"{PREFIXES['g']}probe"
_PLAN: Final = f"{PREFIXES['g']}prospective"
_SECONDS: Final = 20.0


def probe(endpoint: Endpoint, dataset: Dataset) -> None:
    """Put a triple into the main graph, a planned one and an unlisted one; see which show; remove them.

    Raises StoreError when a query sees what it should not, or does not see what it should.
    """
    mark = f"<{_HIDDEN}/{secrets.token_hex(8)}> <{_HIDDEN}>"
    data = "".join(
        f'GRAPH <{graph}> {{ {mark} "{where}" }} '
        for graph, where in ((MAIN.value, "main"), (_PLAN, "plan"), (_HIDDEN, "hidden"))
    )
    endpoint.update(f"INSERT DATA {{ {data}}}", seconds=_SECONDS)
    try:
        seen = _values(endpoint, dataset, f"SELECT ?where {{ {mark} ?where }}")
        named = _values(endpoint, dataset, f"SELECT ?where {{ GRAPH ?graph {{ {mark} ?where }} }}")
    finally:
        endpoint.update(f"DELETE DATA {{ {data}}}", seconds=_SECONDS)
    for found, wanted, what in ((seen, ["main"], "without GRAPH"), (named, ["plan"], "with GRAPH")):
        if found != wanted:
            raise StoreError(
                f"a query {what} is answered from {found or 'no graph'}, not from {wanted}",
                place=endpoint.query_address,
                repair="Use a service that honours default-graph-uri and named-graph-uri",
            )


def _values(endpoint: Endpoint, dataset: Dataset, query: str) -> list[str]:
    found = rows(endpoint, query, dataset=dataset, seconds=_SECONDS)
    return sorted(where.value for (where,) in found if isinstance(where, Literal))
