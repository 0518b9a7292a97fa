"""The services that are compared, each started empty and writable, and those that queries call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.conformance.subject import Addresses, Elsewhere, Subject
from tests.services import free_port, oxigraph_service, workbench

LEGATION: Final = "legation"
OXIGRAPH: Final = "oxigraph"

_SUPPOSED: Final = ("http://example.org/sparql", "http://example1.org/sparql", "http://example2.org/sparql")
_SILENT: Final = "http://invalid.endpoint.org/sparql"


@contextmanager
def oxigraph(folder: Path, elsewhere: Elsewhere) -> Iterator[Subject]:
    """Run Oxigraph's own server."""
    with oxigraph_service() as address:
        subject = Subject(_oxigraph(OXIGRAPH, address), folder, elsewhere)
        yield subject
        subject.close()


@contextmanager
def others(folder: Path) -> Iterator[Elsewhere]:
    """Run the services that federated queries call; one address has nobody behind it."""
    with ExitStack() as held:
        subjects = {
            supposed: Subject(_oxigraph(supposed, held.enter_context(oxigraph_service())), folder)
            for supposed in _SUPPOSED
        }
        nobody = Subject(_oxigraph(_SILENT, f"http://127.0.0.1:{free_port()}"), folder)
        yield Elsewhere({**subjects, _SILENT: nobody})


def _oxigraph(name: str, address: str) -> Addresses:
    return Addresses(name, f"{address}/query", f"{address}/update", f"{address}/store")


@contextmanager
def legation(folder: Path, elsewhere: Elsewhere) -> Iterator[Subject]:
    """Run our own server on an empty workbench, as an operator would who lets queries call these services."""
    called = [subject.addresses.query for subject in elsewhere.subjects.values()]
    listed = {
        "LEGATION_SERVICES": ",".join(called),
        "LEGATION_SERVICES_INTERNAL": ",".join(sorted({urlsplit(address).netloc for address in called})),
    }
    with workbench(**listed) as (address, token):
        sparql = f"{address}sparql"
        headers = {"Authorization": f"Bearer {token}"}
        subject = Subject(Addresses(LEGATION, sparql, sparql, f"{address}graphs", headers), folder, elsewhere)
        yield subject
        subject.close()
