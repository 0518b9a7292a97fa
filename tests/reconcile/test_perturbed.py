"""Perturbed names of the bundled reference data: the right entity comes first."""

from __future__ import annotations

import pytest
from flask import Flask

from api import create_app
from api.reconcile.catalogue import Catalogue, catalogue_of
from api.reconcile.turns import Turns
from api.reconcile.views import KEY
from kb import reference
from kb.entities.name_index_source import Names
from kb.settings import Settings
from kb.store import Store
from tests.entities.name_index_bench import Asked, real_names
from tests.reconcile.bench import WAYS, perturbed, tallies

LEAST_RIGHT = 0.90
LEAST_MARKED_RIGHTLY = 0.98


class _Kept:
    """Stands in for the keeper: the bundled data without the minute that a store of them takes."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.turns = Turns()

    def catalogue(self) -> Catalogue:
        return self._catalogue


@pytest.fixture(scope="module")
def names() -> Names:
    return real_names()


@pytest.fixture(scope="module")
def asked(names: Names) -> list[Asked]:
    return perturbed(names)


@pytest.fixture(scope="module")
def app(base: Store, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = create_app(base, Settings(requests_per_second=0))
    kept = catalogue_of(reference.reference_triples(), "bundled", tmp_path_factory.mktemp("perturbed"))
    app.extensions[KEY] = _Kept(kept)
    return app


def test_the_right_entity_comes_first_for_nine_of_ten_and_a_match_is_right(
    app: Flask, asked: list[Asked]
) -> None:
    assert len(asked) == 300
    found = tallies(app.test_client(), asked, [{"query": one.text} for one in asked])
    assert found.keys() == {*WAYS, "all"}
    assert all(tally.first / tally.asked >= LEAST_RIGHT for tally in found.values())
    every = found["all"]
    assert every.marked >= 60
    assert every.marked_right / every.marked >= LEAST_MARKED_RIGHTLY


def test_the_tally_would_see_wrong_answers(app: Flask, asked: list[Asked]) -> None:
    some = asked[::20]
    wrong = [{"query": one.text[::-1]} for one in some]
    assert tallies(app.test_client(), some, wrong)["all"].first < 3
