"""Perturbed names, drawn from the bundled reference data: the right entity comes first, and soon.

The seeds stand in ``name_index_bench``: on the draw of 20240619 scores were tuned, that of
20251125 was held back.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kb.entities.name_index import NameIndex
from kb.entities.name_index_build import write_index
from kb.entities.name_index_source import Names
from tests.entities.name_index_bench import (
    DRAWN,
    FORMS,
    HELD_SEED,
    SEED,
    draw,
    milliseconds,
    padded,
    real_names,
    right_first,
)

LEAST_RIGHT = 0.90
MOST_MILLISECONDS = 10.0


@pytest.fixture(scope="module")
def names() -> Names:
    return real_names()


@pytest.fixture(scope="module")
def index(names: Names, tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    path: Path = tmp_path_factory.mktemp("names") / "names.sqlite"
    write_index(path, padded(names), "1")
    return NameIndex(path)


def test_there_are_as_many_forms_as_the_bar_asks_for(index: NameIndex) -> None:
    assert index.forms >= FORMS


@pytest.mark.parametrize("seed", [SEED, HELD_SEED])
def test_the_right_entity_comes_first_for_nine_of_ten_perturbed_names(
    index: NameIndex, names: Names, seed: int
) -> None:
    asked = draw(names, seed)
    right, of = right_first(index, asked)["all"]
    assert of == DRAWN
    assert right / of >= LEAST_RIGHT
    assert {one.way for one in asked} == {"edits", "initials", "order", "plain", "script"}


def test_nineteen_of_twenty_warm_look_ups_take_no_more_than_ten_milliseconds(
    index: NameIndex, names: Names
) -> None:
    took = milliseconds(index, draw(names, SEED), time.process_time)["all"]
    assert took[round(0.95 * len(took))] <= MOST_MILLISECONDS
