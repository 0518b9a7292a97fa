"""The default graph is the set union of the asked graphs after whatever happened, in both stores."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kb.namespaces import PREFIXES
from kb.store import Change, GraphChange, GraphDelta, Store
from kb.store.interface import is_asked
from kb.store.owners import Plan, normalised, plan
from tests.store.world import art, g, node, triple, union

GRAPHS = [g("reference"), g("facts"), art("one"), art("two"), g("prospective")]
TRIPLES = [triple(subject, value) for subject in ("a", "b") for value in ("x", "y")]

some = st.frozensets(st.sampled_from(TRIPLES))
changes = st.one_of(
    st.builds(GraphChange, st.sampled_from(GRAPHS), some),
    st.builds(GraphDelta, st.sampled_from(GRAPHS), add=some, remove=some),
)
histories = st.lists(st.lists(changes, min_size=1, max_size=3), max_size=6)

Graphs = dict[NamedNode, set[Triple]]


def apply_naively(graphs: Graphs, change: Change) -> None:
    if isinstance(change, GraphChange):
        graphs[change.graph] = set(change.triples)
    else:
        graphs[change.graph] = (graphs.get(change.graph, set()) - change.remove) | change.add


def asked_union(graphs: Graphs) -> set[Triple]:
    return union(content for graph, content in graphs.items() if is_asked(graph))


class Model:
    """The arithmetic alone, on sets in memory."""

    def __init__(self) -> None:
        self.graphs: Graphs = {}
        self.default: set[Triple] = set()

    def commit(self, batch: list[Change]) -> Plan:
        planned = plan(batch, self.content, self.owners)
        for graph, owned in planned.removed:
            self.graphs[graph].discard(owned)
        for graph, owned in planned.added:
            self.graphs.setdefault(graph, set()).add(owned)
        self.default = (self.default - planned.leaves) | planned.joins
        return planned

    def content(self, graph: NamedNode, among: set[Triple] | None) -> set[Triple]:
        held = set(self.graphs.get(graph, set()))
        return held if among is None else held & among

    def owners(self, triples: object) -> Iterator[tuple[Triple, NamedNode]]:
        assert isinstance(triples, set)
        for graph, content in self.graphs.items():
            if is_asked(graph):
                yield from ((owned, graph) for owned in triples & content)


@settings(max_examples=300)
@given(histories)
def test_the_arithmetic_keeps_the_default_graph_equal_to_the_union(history: list[list[Change]]) -> None:
    model, naive = Model(), Graphs()
    total = 0
    for batch in history:
        planned = model.commit(batch)
        total = planned.total(total)
        for change in batch:
            apply_naively(naive, change)
        assert {name: content for name, content in model.graphs.items() if content} == {
            name: content for name, content in naive.items() if content
        }
        assert model.default == asked_union(naive)
    afresh = Model().commit([GraphChange(name, frozenset(content)) for name, content in naive.items()])
    assert afresh.total(0) == total, "the sum depends on history"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_a_store_keeps_the_default_graph_equal_to_the_union(
    store: Store, history: list[list[Change]]
) -> None:
    store.commit([GraphChange(graph, frozenset()) for graph in GRAPHS])
    naive: Graphs = {}
    with store.writing() as writer:
        for batch in history:
            writer.commit(batch)
            for change in batch:
                apply_naively(naive, change)
    assert store.default_graph() == asked_union(naive)
    for graph in GRAPHS:
        assert store.graph(graph) == naive.get(graph, set())
    assert store.graph_names() == {name for name, content in naive.items() if content}


def test_a_graph_in_two_states_of_one_commit_counts_once() -> None:
    model = Model()
    planned = model.commit(
        [GraphChange(art("one"), frozenset(TRIPLES)), GraphChange(art("one"), frozenset(TRIPLES[:1]))]
    )
    assert planned.added == {(art("one"), TRIPLES[0])}


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        (Literal("1.50", datatype=NamedNode(PREFIXES["xsd"] + "decimal")), "1.5"),
        (Literal("007", datatype=NamedNode(PREFIXES["xsd"] + "integer")), "7"),
        (Literal("1.50"), "1.50"),
    ],
)
def test_a_literal_is_compared_as_the_engine_keeps_it(given_: Literal, kept: str) -> None:
    (found,) = normalised([Triple(node("a"), node("p"), given_)])
    assert isinstance(found.object, Literal)
    assert found.object.value == kept
