"""A question asked in two halves has the answer that it has asked whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest
from pyoxigraph import QuerySolutions
from pyoxigraph import Store as Memory

import kb.queries.halves as module
from kb.errors import QueryTimeout
from kb.queries import answer, questions
from kb.queries.halves import Found, find, halves
from kb.queries.values import plain_of
from kb.store import Store
from kb.store.cancel import WORKING_FOR, Cancel
from kb.store.embedded import EmbeddedStore
from kb.store.interface import Answer, Limits
from tests.queries.test_over_the_world import CASES
from tests.world import tiny_store

SEVERAL = (
    "conflicting-reports",
    "exercises-and-deployments",
    "facilities-visited",
    "timeline-of-a-dyad",
    "visits-of-leaders",
    "who-said-so",
)
"""Of these facts the world has more than one."""
TOLD = [name for name, question in questions().items() if question.told]
PIECE = 'FILTER(COALESCE(SUBSTR(STR(?event), STRLEN(STR(?event))) < "8", false))'
QUERY = "SELECT ?event { ?event ?p ?o }"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with tiny_store(tmp_path_factory.mktemp("world")) as store:
        yield store


@pytest.fixture(autouse=True)
def _two_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have two rest, however many processors there are."""
    monkeypatch.setattr(EmbeddedStore, "side_by_side", lambda store: 2)


@pytest.mark.parametrize("name", TOLD)
def test_the_halves_of_every_question_together_are_its_answer(world: Store, name: str) -> None:
    given = CASES[name][0]
    assert answer(world, name, given, halved=True) == answer(world, name, given)


@pytest.mark.parametrize("name", SEVERAL)
def test_a_question_is_the_same_wherever_its_facts_are_parted(
    world: Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = answer(world, name, CASES[name][0])
    facts = sorted(set(whole.cells_in(whole.question.fact)))
    assert len(facts) > 1
    halves_found: list[Found] = []
    together = module._together

    def seen(one: Found, other: Found, limits: Limits) -> Found | None:
        halves_found.extend((one, other))
        return together(one, other, limits)

    monkeypatch.setattr(module, "_together", seen)
    monkeypatch.setattr(module, "_FIRST", f'STR(?{{fact}}) < "{plain_of(facts[len(facts) // 2])}"')
    assert answer(world, name, CASES[name][0], halved=True) == whole
    assert all(half.rows for half in halves_found)
    assert len(halves_found) == 2


def test_what_tells_the_halves_apart_stands_at_the_end_and_where_facts_are_found_first() -> None:
    query = (
        "SELECT ?event { { SELECT ?event { { SELECT ?event ?a "
        "{ ?event ?a 1 . { SELECT ?a { ?a ?b 2 } } %s} } ?event ?c 3 } } ?event ?d 4 %s}"
    )
    one, other = halves(query.replace("%s", ""), "event")
    assert squeezed(one) == squeezed(query.replace("%s", PIECE))
    assert squeezed(other) == squeezed(query.replace("%s", f"FILTER(!({PIECE[7:-1]}))"))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", TOLD)
def test_every_question_that_finds_facts_first_is_halved_there(name: str) -> None:
    question = questions()[name]
    heads = [part.partition("WHERE")[0] for part in question.sparql.split("SELECT")[2:]]
    first = any(f"?{question.fact}" in head.split() for head in heads)
    assert (halves(question.sparql, question.fact)[0].count("SUBSTR(") > 1) == first


EVERY = " ".join(f"<urn:x:{name}>" for name in ("0", "7", "8", "a", "f", "tour", "é", "-", ""))


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?event {{ VALUES ?event {{ {EVERY} }} }}",
        f'SELECT ?event {{ VALUES ?event {{ {EVERY} UNDEF "" "text" 8 }} }}',
        f"SELECT ?event ?n {{ {{ SELECT (COUNT(?event) AS ?n) {{ VALUES ?event {{ {EVERY} }} }} }}"
        f" VALUES ?event {{ {EVERY} }} }}",
        f"SELECT ?event ?x {{ {{ SELECT (?event AS ?x) {{ VALUES ?event {{ {EVERY} }} }} }}"
        f" VALUES ?event {{ {EVERY} }} }}",
    ],
    ids=["IRIs", "what is no IRI", "counted", "called otherwise"],
)
def test_each_row_is_in_one_half_whatever_its_fact_is(query: str) -> None:
    whole = rows_of(query)
    one, other = map(rows_of, halves(query, "event"))
    assert sorted(one + other) == sorted(whole)
    assert one and other


def rows_of(query: str) -> list[str]:
    found = Memory().query(query)
    assert isinstance(found, QuerySolutions)
    return [str(tuple(row)) for row in found]


def test_a_fact_that_is_a_blank_node_is_in_one_half_too() -> None:
    memory = Memory()
    memory.update("INSERT DATA { _:b <urn:p> 1 . <urn:x:0> <urn:p> 2 }")
    found = [list(memory.query(half)) for half in halves("SELECT ?event { ?event <urn:p> ?o }", "event")]  # type: ignore[arg-type]
    assert [len(half) for half in found] == [1, 1]


@dataclass
class Told:
    """A store that gives tables as it is told, and remembers what was asked."""

    tables: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    working_for: list[Cancel | None] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    limits: Limits = field(default_factory=lambda: Limits(seconds=1, rows=3, bytes=100))

    def query_bytes(self, query: str, accept: str) -> Answer:
        self.asked.append(query)
        self.working_for.append(WORKING_FOR.get())
        self.threads.add(threading.get_ident())
        if query not in self.tables:
            raise QueryTimeout("it ran past its limit", repair="Narrow it")
        return self.tables[query]


def told(one: Answer, other: Answer, whole: Answer) -> Told:
    return Told(dict(zip((*halves(QUERY, "event"), QUERY), (one, other, whole), strict=True)))


def table(rows: str, version: str = "v", *, truncated: bool = False) -> Answer:
    return Answer(f"?event\n{rows}".encode(), "", truncated, version)


def found_by(store: Told) -> Found:
    return find(cast(Store, store), QUERY, "event")


def test_the_halves_are_asked_side_by_side_for_whom_the_thread_works() -> None:
    store, cancel = told(table("1\n"), table("2\n"), table("")), Cancel()
    token = WORKING_FOR.set(cancel)
    try:
        assert found_by(store) == Found(("event",), (("1",), ("2",)), "v", False, 18)
    finally:
        WORKING_FOR.reset(token)
    assert store.working_for == [cancel, cancel]
    assert len(store.threads) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (table("1\n"), table("2\n", "w")),
        (table("1\n"), table("2\n", truncated=True)),
        (table("1\n2\n"), table("3\n4\n")),
        (table("1\n"), table(f"{'2' * 90}\n")),
    ],
)
def test_halves_that_do_not_fit_together_are_asked_for_whole(one: Answer, other: Answer) -> None:
    whole = table("1\n2\n", "w", truncated=True)
    store = told(one, other, whole)
    assert found_by(store) == Found(("event",), (("1",), ("2",)), "w", True, len(whole.content))
    assert store.asked[-1] == QUERY


@pytest.mark.parametrize("late", [0, 1])
def test_a_half_that_takes_too_long_says_so(late: int) -> None:
    store = told(table("1\n"), table("2\n"), table(""))
    del store.tables[halves(QUERY, "event")[late]]
    with pytest.raises(QueryTimeout):
        found_by(store)
