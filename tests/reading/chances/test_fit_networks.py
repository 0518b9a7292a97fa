"""Weights are fitted to what a network says of texts that it was trained without."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

import pytest

from kb.errors import BadReference
from kb.reading.context.encoder import FOLDER, encoder
from tests.reading.fit_chances import networks


def test_a_text_is_always_in_the_same_part_and_no_part_stays_empty() -> None:
    names = [f"family/{number}" for number in range(60)]

    assert [networks.part_of(name, 3) for name in names] == [networks.part_of(name, 3) for name in names]
    assert {networks.part_of(name, 3) for name in names} == {0, 1, 2}


def test_without_networks_every_text_is_read_without_one() -> None:
    assert networks.reading("family/1", ()) == (True, None)


def test_a_text_whose_part_has_no_network_is_left_out() -> None:
    here, there = (
        "family/0",
        next(
            f"family/{number}"
            for number in range(60)
            if networks.part_of(f"family/{number}", 2) != networks.part_of("family/0", 2)
        ),
    )
    held = [encoder() if part == networks.part_of(here, 2) else None for part in range(2)]

    assert networks.reading(here, held) == (True, encoder())
    assert networks.reading(there, held) == (False, None)


def test_a_part_is_left_out_by_saying_so() -> None:
    read_by = networks.loaded([FOLDER, Path(networks.LEFT_OUT)])

    assert [one is None for one in read_by] == [False, True]


@pytest.mark.parametrize("name", ["", "none"])
def test_a_folder_without_a_network_or_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadReference, match=str(tmp_path)):
        networks.loaded([tmp_path / name])


def test_the_commands_take_folders_of_networks() -> None:
    parser = ArgumentParser()
    networks.offer(parser)

    assert parser.parse_args(["--networks", "a", "b"]).networks == [Path("a"), Path("b")]
