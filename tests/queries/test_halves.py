"""A question asked in two halves has the answer that it has asked whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest
from pyoxigraph import Store as Memory

from kb.errors import QueryTimeout
from kb.queries import answer, questions
from kb.queries.halves import Found, find, halves
from kb.store import Store
from kb.store.cancel import WORKING_FOR, Cancel
from kb.store.interface import Answer
from tests.queries.test_over_the_world import CASES
from tests.world import tiny_store

TOLD = [name for name, question in questions().items() if question.told]
PIECE = 'FILTER(SUBSTR(STR(?event), STRLEN(STR(?event))) < "8")'
QUERY = "SELECT ?event { ?event ?p ?o }"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with tiny_store(tmp_path_factory.mktemp("world")) as store:
        yield store


@pytest.mark.parametrize("name", TOLD)
def test_the_halves_of_every_question_together_are_its_answer(world: Store, name: str) -> None:
    assert world.side_by_side() > 1, "else nothing is halved"
    given = CASES[name][0]
    assert answer(world, name, given, halved=True) == answer(world, name, given)


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


def test_each_thing_is_in_one_half_whatever_its_name_ends_in() -> None:
    every = [f"urn:x:{name}" for name in ("0", "7", "8", "a", "f", "tour", "é", "-", "")]
    memory = Memory()
    values = " ".join(f"<{iri}>" for iri in every)
    found = [
        {row["event"].value for row in memory.query(half)}  # type: ignore[union-attr]
        for half in halves(f"SELECT ?event {{ VALUES ?event {{ {values} }} }}", "event")
    ]
    assert found[0] | found[1] == set(every)
    assert not found[0] & found[1]
    assert all(found)


@dataclass
class Told:
    """A store that gives tables as it is told, and remembers what was asked."""

    tables: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    working_for: list[Cancel | None] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)

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
        assert found_by(store) == Found(("event",), (("1",), ("2",)), "v", False)
    finally:
        WORKING_FOR.reset(token)
    assert store.working_for == [cancel, cancel]
    assert len(store.threads) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [(table("1\n"), table("2\n", "w")), (table("1\n"), table("2\n", truncated=True))],
)
def test_halves_that_do_not_fit_together_are_asked_for_whole(one: Answer, other: Answer) -> None:
    whole = table("1\n2\n", "w", truncated=True)
    store = told(one, other, whole)
    assert found_by(store) == Found(("event",), (("1",), ("2",)), "w", True)
    assert store.asked[-1] == QUERY


@pytest.mark.parametrize("late", [0, 1])
def test_a_half_that_takes_too_long_says_so(late: int) -> None:
    store = told(table("1\n"), table("2\n"), table(""))
    del store.tables[halves(QUERY, "event")[late]]
    with pytest.raises(QueryTimeout):
        found_by(store)
