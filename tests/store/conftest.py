"""Both stores behind one fixture: what the contract says, each of them must do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.settings import Settings
from kb.store import Store, open_store
from kb.store.endpoint import Endpoint
from tests.services import oxigraph_service

SETTINGS = Settings(query_seconds=5.0, query_rows=50, readers=2)


@pytest.fixture(scope="session")
def service_address() -> Iterator[str]:
    with oxigraph_service() as address:
        yield address


def emptied(address: str) -> str:
    """Return the query address of a service after emptying it."""
    Endpoint.at(f"{address}/query").update("DROP ALL", seconds=10)
    return f"{address}/query"


@pytest.fixture(params=["embedded", "service"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "embedded":
        address = str(tmp_path / "store")
    else:
        address = emptied(request.getfixturevalue("service_address"))
    with open_store(address, SETTINGS) as opened:
        yield opened


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store"), SETTINGS) as opened:
        yield opened
