"""Which queries can be answered without the asked graphs by name, as a copy in memory has to."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from kb.queries import questions
from kb.store.aside import stays_aside
from kb.store.interface import ASKED, UNASKED, VISIBLE
from kb.store.shape import shape
from tests.store.world import g, node

ASIDE: Final = "VALUES ?g { g:prospective g:alleged }"
PAIRS: Final = 'VALUES (?g ?how) { (g:prospective "planned") (g:alleged "alleged") }'
GRAPH: Final = "GRAPH ?g { ?s ?p ?o }"


def aside(pattern: str, head: str = "SELECT *") -> bool:
    query = f"PREFIX g: <{g('').value}> PREFIX e: <{node('').value}> {head} {{ {pattern} }}"
    return stays_aside(query, shape(query))


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ?p ?o",
        "GRAPH g:prospective { ?s ?p ?o }",
        f"GRAPH <{g('alleged').value}> {{ ?s ?p ?o }}",
        f"{ASIDE} {GRAPH}",
        f"{ASIDE} ?s ?p ?v OPTIONAL {{ {GRAPH} FILTER(?o > (1 + 2)) }}",
        f"{PAIRS} {GRAPH} OPTIONAL {{ {{ {GRAPH} }} UNION {{ ?a ?b ?c }} }}",
        f"{{ {ASIDE} {{ {GRAPH} }} }} UNION {{ ?s ?p ?o }}",
        f"{{ SELECT ?s {{ {ASIDE} {GRAPH} }} }}",
        f"{ASIDE} FILTER NOT EXISTS {{ {GRAPH} }}",
    ],
)
def test_a_query_that_keeps_to_graphs_aside_needs_no_other_by_name(pattern: str) -> None:
    assert aside(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        GRAPH,
        "GRAPH g:facts { ?s ?p ?o }",
        f"{ASIDE} {GRAPH} GRAPH g:facts {{ ?s ?p ?v }}",
        f"VALUES ?g {{ g:prospective g:facts }} {GRAPH}",
        f"VALUES ?g {{ g:prospective UNDEF }} {GRAPH}",
        f"VALUES ?h {{ g:prospective }} {GRAPH}",
        f"VALUES (?how ?g) {{ (g:alleged g:facts) }} {GRAPH}",
        f"{{ {ASIDE} }} UNION {{ {GRAPH} }}",
        f"OPTIONAL {{ {GRAPH} }} {ASIDE}",
        f"{ASIDE} {{ SELECT ?s {{ {GRAPH} }} }}",
        "GRAPH nobody:declared { ?s ?p ?o }",
    ],
)
def test_a_query_that_may_look_further_needs_them(pattern: str) -> None:
    assert not aside(pattern)


@pytest.mark.parametrize("name", [name for name, each in questions().items() if "GRAPH" in each.sparql])
def test_every_question_can_be_answered_from_memory(name: str) -> None:
    sparql = questions()[name].sparql
    assert stays_aside(sparql, shape(sparql))


def _patterns() -> st.SearchStrategy[str]:
    names = [f"g:{name}" for name in ("facts", "prospective", "alleged")]
    leaves = st.one_of(
        st.sampled_from(
            ["?s e:is ?o", "e:a ?p ?o", GRAPH, GRAPH, ASIDE, ASIDE, PAIRS, "BIND(g:facts AS ?h)"]
        ),
        st.builds("GRAPH {} {{ ?s ?p ?v }}".format, st.sampled_from([*names, "?h", "?g"])),
        st.builds(
            "VALUES {} {{ {} }}".format,
            st.sampled_from(["?g", "?h"]),
            st.lists(st.sampled_from([*names, "UNDEF"]), max_size=2).map(" ".join),
        ),
    )

    def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        groups = st.lists(inner, min_size=1, max_size=4).map(" ".join)
        forms = ("{{ {} }}", "OPTIONAL {{ {} }}", "MINUS {{ {} }}", "FILTER NOT EXISTS {{ {} }}")
        within = [st.builds(form.format, groups) for form in (*forms, "{{ SELECT ?s {{ {} }} }}")]
        return st.one_of(groups, *within, st.builds("{{ {} }} UNION {{ {} }}".format, groups, groups))

    return st.recursive(leaves, nested, max_leaves=7)


def _stores() -> tuple[Store, Store]:
    """Return a small base, and the same without the asked graphs by name."""
    whole, lean = Store(), Store()
    told = {
        "facts": [("a", "is", "b"), ("b", "is", "c")],
        "prospective": [("a", "is", "d")],
        "alleged": [("c", "is", "a"), ("a", "was", "b")],
    }
    for name, triples in told.items():
        for subject, predicate, value in triples:
            spoken = node(subject), node(predicate), node(value)
            graphs: list[DefaultGraph | NamedNode] = [g(name)]
            if g(name) in ASKED:
                graphs.append(DefaultGraph())
            for graph in graphs:
                whole.add(Quad(*spoken, graph))
                if graph == DefaultGraph() or graph in UNASKED:
                    lean.add(Quad(*spoken, graph))
    return whole, lean


WHOLE, LEAN = _stores()


@given(_patterns())
def test_where_it_is_said_not_to_need_them_the_answer_is_the_same_without_them(pattern: str) -> None:
    query = f"PREFIX g: <{g('').value}> PREFIX e: <{node('').value}> SELECT * {{ {pattern} }}"
    if not stays_aside(query, shape(query)):
        return
    answers = []
    for store in (WHOLE, LEAN):
        try:
            found = store.query(query, named_graphs=list(VISIBLE))
        except SyntaxError:  # a variable that is bound already
            return
        assert isinstance(found, QuerySolutions)
        answers.append(sorted([str(found.variables), *map(str, found)]))
    assert answers[0] == answers[1]
