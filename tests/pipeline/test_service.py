"""A SPARQL service of one's own holds the same as the embedded store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kb.pipeline import IngestReport, build, ingest, retract
from kb.store import open_store
from tests.pipeline.looking import CARD, ask, content
from tests.services import oxigraph_service
from tests.world import WorldReader, articles, tiny_store, world

DOCS = ("tour-2003-agency", "tour-2003-copy", "tour-2003-post", "station-2015", "talks-2015-agency")


def test_a_service_comes_to_the_same_as_the_embedded_store(tmp_path: Path) -> None:
    texts = [articles()[doc] for doc in DOCS]
    with (
        tiny_store(tmp_path, DOCS) as embedded,
        oxigraph_service() as address,
        open_store(f"{address}/query") as service,
    ):
        build(service, world())
        ingest(service, texts, WorldReader())
        assert ingest(service, texts, WorldReader()) == IngestReport(unchanged=len(texts))
        for store in (embedded, service):
            retract(store, articles()["tour-2003-post"].id, "withdrawn", date(2024, 7, 1))
        assert content(service) == content(embedded)
        assert service.default_graph() == embedded.default_graph()
        assert ask(service, CARD) == [("ada-aster", "borville-tractor-works")]
