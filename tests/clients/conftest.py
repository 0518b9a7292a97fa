"""One server of the toy base, and one of a workbench, for all clients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.request import Request, urlopen

import pytest

from tests.queries.toy import toy_store
from tests.services import legation_service, workbench


@dataclass(frozen=True, slots=True)
class Bench:
    """A writable service: its addresses, and the token that it wants."""

    sparql: str
    graphs: str
    token: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The toy base, served: its address, with ``/``."""
    folder = tmp_path_factory.mktemp("clients") / "store"
    toy_store(folder).close()
    with legation_service("--store", str(folder)) as address:
        yield address


@pytest.fixture(scope="session")
def sparql(site: str) -> str:
    """Where the toy base is asked."""
    return f"{site}sparql"


@pytest.fixture(scope="session")
def started() -> Iterator[Bench]:
    with workbench() as (address, token):
        yield Bench(f"{address}sparql", f"{address}graphs", token)


@pytest.fixture
def bench(started: Bench) -> Bench:
    """An empty workbench, served."""
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {started.token}"}
    with urlopen(Request(started.sparql, b"DROP ALL", headers), timeout=30) as answer:
        assert answer.status == 204
    return started
