"""An extractor that fails on an article leaves a base as it should be, and is asked again the next time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.checks import load_for_checks
from kb.checks.shapes import check_shapes
from kb.claims import from_triples
from kb.extractors import Together
from kb.pipeline import IngestReport, ingest
from kb.records import Article, Claim, Ref
from kb.settings import Settings
from kb.store import Store
from kb.terms import iri, lg
from tests.world import WorldReader, articles, empty_store

DOC = "visit-2013"


@dataclass
class Extracts:
    """Reads as the world's reader does, each claim changed; fails where told to."""

    version: str = "world-1"
    change: Callable[[Claim], Claim | None] = lambda claim: claim
    name: str = "rules"
    broken: bool = False
    asked: int = 0

    def read(self, article: Article, /) -> list[Claim]:
        self.asked += 1
        if self.broken:
            raise RuntimeError("out of order")
        return WorldReader(self.version, self.change).read(article)


def elsewhere(claim: Claim) -> Claim:
    return replace(claim, speaker=Ref("Somebody Else"), confidence=0.5)


def take(store: Store, *extractors: Extracts) -> IngestReport:
    return ingest(store, [articles()[DOC]], Together(extractors))


def held(store: Store) -> Sequence[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    kept = from_triples(store.graph(iri(f"art:{articles()[DOC].id}")))
    return sorted(
        {(one.review.value, one.run, one.claim.extractors, one.claim.other_readings) for one in kept}
    )


def test_the_base_names_both_extractors_what_one_has_otherwise_and_both_versions(tmp_path: Path) -> None:
    with empty_store(tmp_path) as store:
        take(store, Extracts(), Extracts("m-1", elsewhere, "model"))
        assert held(store) == [
            ("Unreviewed", "rules-world-1+model-m-1", ("model", "rules"), ("model: speaker=Somebody Else",))
        ]


def test_what_the_base_holds_of_extractors_fits_the_shapes(tmp_path: Path) -> None:
    with empty_store(tmp_path) as store:
        take(store, Extracts(), Extracts("m-1", elsewhere, "model"))
    data = load_for_checks(Settings(store=str(tmp_path / "store")))
    assert list(data.quads_for_pattern(None, lg("otherReading"), None, None))
    assert check_shapes(data).findings == ()


def test_a_new_article_keeps_what_the_others_read_and_is_read_again_the_next_time(tmp_path: Path) -> None:
    model = Extracts("m-1", elsewhere, "model", broken=True)
    with empty_store(tmp_path) as store:
        report = take(store, Extracts(), model)
        assert (report.added, report.claims > 0) == (1, True)
        assert {one[1:3] for one in held(store)} == {("world-1", ("rules",))}
        model.broken = False
        assert take(store, Extracts(), model).superseded == 1
        assert {one[1] for one in held(store)} == {"rules-world-1+model-m-1"}
        assert take(store, Extracts(), model).unchanged == 1
        assert model.asked == 2


def test_an_article_that_all_have_read_is_left_as_it_is_while_one_fails(tmp_path: Path) -> None:
    model = Extracts("m-1", elsewhere, "model")
    with empty_store(tmp_path) as store:
        take(store, Extracts(), model)
        before = held(store)
        model.broken = True
        assert take(store, Extracts("world-2"), model) == IngestReport(unread=1)
        assert held(store) == before


def test_an_article_that_nothing_can_read_is_not_stored(tmp_path: Path) -> None:
    with empty_store(tmp_path) as store:
        assert take(store, Extracts(broken=True)) == IngestReport(unread=1)
        assert not store.graph(iri(f"art:{articles()[DOC].id}"))
