"""A grown base is one as the writer leaves it, and the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from pyoxigraph import Store as Oxigraph

from kb.facts.met import MET_BY
from kb.queries import answer
from kb.store import GraphChange, Store, open_store
from kb.store.interface import BOOKS, is_asked
from kb.store.owners import version_of
from kb.store.recovery import content_sum
from kb.terms import Triple, graph, lg, text
from tests.bench.plans import all_met
from tests.bench.writing import grow
from tests.world import tiny_store

SIZE = 16_000


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seed")
    tiny_store(folder).close()
    return folder / "store"


@pytest.fixture(scope="module")
def grown(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown") / "base"
    grow(seed, folder, SIZE, 1)
    return folder


@pytest.fixture
def store(grown: Path) -> Iterator[Store]:
    with open_store(str(grown)) as opened:
        yield opened


def quads(folder: Path) -> Oxigraph:
    return Oxigraph.read_only(str(next((folder / "snapshots").iterdir())))


def test_it_has_about_as_many_triples_as_were_asked_for(store: Store) -> None:
    assert SIZE <= len(store.default_graph()) < SIZE + 2_000


def test_each_asked_triple_stands_in_the_default_graph_and_in_one_that_owns_it(store: Store) -> None:
    owned = {triple for name in store.graph_names() if is_asked(name) for triple in store.graph(name)}
    assert store.default_graph() == owned


def test_its_version_is_that_of_a_store_into_which_the_same_was_written(store: Store, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "written")) as written:
        changes = [
            GraphChange(name, frozenset(store.graph(name))) for name in sorted(store.graph_names(), key=str)
        ]
        assert written.commit(changes).version == store.version()


def test_it_may_be_written_to_and_keeps_what_it_had(seed: Path, tmp_path: Path) -> None:
    grow(seed, tmp_path / "base", SIZE, 1)
    with open_store(str(tmp_path / "base")) as store:
        before = len(store.default_graph())
        triple = Triple(NamedNode("https://example.org/a"), lg("doc"), text("new"))
        store.commit([GraphChange(graph("review"), frozenset({triple}))])
        assert len(store.default_graph()) == before


def test_the_same_number_makes_the_same_base_and_another_makes_another(
    seed: Path, grown: Path, tmp_path: Path
) -> None:
    for number in (1, 2):
        grow(seed, tmp_path / str(number), SIZE, number)
    versions = [version_of(content_sum(quads(folder))) for folder in (grown, tmp_path / "1", tmp_path / "2")]
    assert versions[0] == versions[1] != versions[2]


def test_every_quote_stands_in_the_stored_text_where_the_claim_says(store: Store) -> None:
    found = store.select(
        "SELECT ?quote ?start ?end ?text { ?claim lg:inArticle ?article ; lg:quote ?quote ; lg:start ?start ;"
        " lg:end ?end . GRAPH g:texts { ?article lg:storedText ?text } }"
    )
    assert len(found) > 50
    for quote, start, end, whole in found:
        assert whole.value[int(start.value) : int(end.value)] == quote.value  # type: ignore[union-attr]


def test_a_shipped_question_finds_events_of_more_than_one_copy(store: Store) -> None:
    found = store.select(
        "SELECT DISTINCT ?visitor ?host { ?event lg:visitingLeaderOf ?visitor ; lg:hostState ?host }"
    )
    rows = [
        row
        for visitor, host in found
        for row in answer(
            store,
            "visits-of-leaders",
            {"visitor_state": visitor.value, "host_state": host.value},  # type: ignore[union-attr]
        ).rows
    ]
    assert len({str(row) for row in rows}) > 10


def test_a_plan_is_met_by_all_reports_of_any_copy_that_may_be_it(seed: Path, grown: Path) -> None:
    before, after = (
        {quad.triple for quad in quads(base).quads_for_pattern(None, MET_BY, None, graph("prospective"))}
        for base in (seed, grown)
    )
    assert after == all_met(quads(grown))
    assert before < after


def test_the_other_server_gets_what_a_query_sees_and_nothing_else(grown: Path) -> None:
    other = Oxigraph.read_only(str(grown.with_name("base.oxigraph")))
    ours = quads(grown)
    seen = {quad for quad in ours if not _hidden(quad)}
    assert set(other) == seen


def _hidden(quad: Quad) -> bool:
    name = quad.graph_name
    return isinstance(name, NamedNode) and (name == BOOKS or "/article/" in name.value)


def test_a_folder_that_exists_is_left_alone(seed: Path, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        grow(seed, tmp_path, SIZE, 1)
