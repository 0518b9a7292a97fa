"""Requests that differ: no answer to one can come from a cache."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import Store

from kb.queries import Question, questions
from kb.store.guard import check
from tests.bench.casting import Stage
from tests.bench.variants import bound, target, variants
from tests.bench.world import world_of
from tests.world import tiny_store

EVERY = sorted(questions().values(), key=lambda question: question.name)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("seed")
    tiny_store(folder).close()
    store = Store.read_only(str(max((folder / "store" / "snapshots").iterdir())))
    return Stage(world_of(store), random.Random(3), evenness=0.0)


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.name)
def test_no_request_comes_twice_and_each_is_one_that_the_question_takes(
    question: Question, stage: Stage
) -> None:
    found = variants(question, stage, 12)
    targets = [target(question, given) for given in found]
    assert found
    assert len(targets) == len(set(targets))
    for given in found:
        check(bound(question, given))


def test_a_question_with_dates_has_as_many_variants_as_are_wanted(stage: Stage) -> None:
    assert len(variants(questions()["facilities-visited"], stage, 40)) == 40
