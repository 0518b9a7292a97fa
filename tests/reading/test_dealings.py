"""Agreements, transfers, deployments, displays, exercises and sanctions, phrasing by phrasing (dealings.tsv).

A line says which states act and on which; "-" in both columns says that the sentence tells no such event. The
stance is a modality, or "negated"; "-" says nothing of it.
"""

from __future__ import annotations

import pytest

from kb.reading.merge import Told, merged
from kb.reading.model import NOWHERE, Draft, Party, Stance, When
from tests.reading.desk import read
from tests.reading.test_discourse import rows

LINES = rows("dealings.tsv")


@pytest.mark.parametrize("row", [r for r in LINES if r["agents"] != "-" or r["counterparts"] != "-"],
                         ids=lambda row: row["text"])  # fmt: skip
def test_a_dealing_is_read_with_the_states_on_both_sides(row: dict[str, str]) -> None:
    found = [claim for claim in read(row["text"]) if claim.type == row["type"]]
    assert len(found) == 1, [(claim.type, claim.quote) for claim in found]
    claim = found[0]
    assert " ".join(claim.agent_states) == row["agents"].replace("-", "")
    assert " ".join(claim.counterpart_states) == row["counterparts"].replace("-", "")
    assert row["stance"] in ("-", claim.modality, claim.polarity)


@pytest.mark.parametrize("row", [r for r in LINES if r["agents"] == r["counterparts"] == "-"],
                         ids=lambda row: row["text"])  # fmt: skip
def test_what_only_sounds_like_a_dealing_is_none(row: dict[str, str]) -> None:
    assert [claim.quote for claim in read(row["text"]) if claim.type == row["type"]] == []


def test_dealings_in_different_numbers_are_different_dealings() -> None:
    text = "Ruritania withdrew 20 soldiers from Zembla. Ruritania withdrew 500 soldiers from Zembla."
    assert len([claim for claim in read(text) if claim.type == "Deployment"]) == 2


@pytest.mark.parametrize(
    ("items", "others", "times"),
    [
        (["peacekeepers"], ["120 Zemblan peacekeepers"], 1),
        (["20 tanks"], ["10 tanks"], 2),
        (["20 tanks", "30 tanks"], ["guns", "tanks"], 2),
        (["guns", "tanks"], ["20 tanks", "30 tanks"], 2),
    ],
)
def test_tellings_are_one_where_no_item_of_the_shorter_is_missing(
    items: list[str], others: list[str], times: int
) -> None:
    told = [_transfer(at, names) for at, names in enumerate((items, others))]
    assert len(merged(told, 0)) == times


def _transfer(at: int, items: list[str]) -> Told:
    things = tuple(Party(name, "item", at, at + 1) for name in items)
    roles = {"agents": (Party("Ruritania", "state", 0, 1, None, ("RUR",)),), "items": things}
    draft = Draft("Transfer", "transfer/supply-verb", at, roles, NOWHERE, at * 100, at * 100 + 9)
    return Told(draft, Stance(), When())


def test_a_side_that_is_left_out_is_that_of_the_dealing_told_before() -> None:
    text = "Ruritania will sell tanks to Zembla and Borduria. Zembla would buy 20 tanks."
    sold = [claim for claim in read(text) if claim.type == "Transfer"]
    assert [claim.agent_states for claim in sold] == [("RUR",), ("RUR",)]
    assert sold[1].counterpart_states == ("ZEM",)


def test_a_party_that_is_only_the_nearest_state_costs_confidence() -> None:
    told, near = read("Ruritania delivered tanks to Zembla."), read(
        "Two gunboats of the old Ruritanian fleet were handed to Zembla after they were delivered to it."
    )  # fmt: skip
    sure = [claim.confidence for claim in told if claim.type == "Transfer"]
    less = [claim.confidence for claim in near if claim.type == "Transfer"]
    assert sure and all(value <= sure[0] for value in less)


def test_the_papers_of_a_list_are_agreements_of_the_two_states() -> None:
    text = (
        "Anton Varga of Ruritania met Boris Kelemen of Zembla. The following documents were signed:\n\n"
        "1. Agreement on trade between Ruritania and Zembla\n\n"
        "2. Memorandum on customs\n"
    )
    papers = [claim for claim in read(text) if claim.type == "Agreement" and claim.start > 90]
    assert [claim.agent_states for claim in papers] == [("RUR", "ZEM")] * 2
    names = [item.name for claim in papers for item in claim.items]
    assert names == ["Agreement on trade", "Memorandum on customs"]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Ruritania delivered 30 new armoured vehicles to Zembla.", "armoured vehicles"),
        ("Ruritania sent a shipment of medicines to Zembla.", "medicines"),
        ("Zembla bought 20 Ruritanian-made rifles from Ruritania.", "rifles"),
        ("Ruritania gave Zembla $50 million in aid.", "$50 million"),
    ],
)
def test_goods_are_named_by_their_kind(text: str, item: str) -> None:
    claims = [claim for claim in read(text) if claim.type == "Transfer"]
    assert [item_.name for claim in claims for item_ in claim.items] in (
        [item],
        [item.split()[-1], item],
        ["aid"],
    )
