"""Run a query that calls other services, as the embedded store does, in this process."""

from __future__ import annotations

from pyoxigraph import QuerySolutions
from pyoxigraph import Store as Memory

from kb.errors import StoreError
from kb.settings import Settings
from kb.store.federation import service_calls
from kb.store.federation_list import Services
from kb.store.federation_relay import relayed
from kb.store.interface import Limits
from kb.store.tokens import tokens

LIMITS = Limits(5.0, 1000, 10_000)


def listing(*addresses: str, internal: bool = True) -> Services:
    hosts = {address.split("/")[2] for address in addresses} if internal else ()
    return Services.of(Settings(services=",".join(addresses), services_internal=",".join(hosts)))


def run(query: str, services: Services, limits: Limits = LIMITS, store: Memory | None = None) -> list[str]:
    """Run a query as the embedded store does: a fault of the engine is a StoreError."""
    calls = service_calls(query, tokens(query), services.addresses)
    with relayed(query, calls, services, limits) as sent:
        rows, fault = evaluated(store or Memory(), sent)
        if fault:
            raise StoreError(fault)
        return rows


def evaluated(store: Memory, query: str) -> tuple[list[str], str]:
    """Return rows or a fault; no traceback is kept: the engine's rows must end in their own thread."""
    rows: list[str] = []
    try:
        found = store.query(query)
        assert isinstance(found, QuerySolutions)
        for row in found:
            rows.append(str(row["o"]))
    except (RuntimeError, OSError) as error:
        return rows, str(error)
    return rows, ""


def call(address: str, words: str = "SERVICE") -> str:
    return f"SELECT ?o {{ {words} <{address}> {{ ?s <http://a.example/p> ?o }} }}"
