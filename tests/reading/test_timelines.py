"""Lines that begin with a day, one under the other: each tells what happened on its own."""

from __future__ import annotations

from datetime import date

import pytest

from kb.reading.parse import reading_copy
from tests.reading.desk import read

TIMELINE = """Timeline of the talks

14 September: Boris Kelemen met Anton Varga in Strelsau
26 September: Boris Kelemen visited Zembla
"""


def test_each_line_of_a_timeline_has_the_day_that_it_begins_with() -> None:
    days = {str(claim.type): claim.edtf for claim in read(TIMELINE, published=date(2023, 10, 2))}

    assert days["Meeting"] == "2023-09-14"
    assert days["Visit"] == "2023-09-26"


DAYS = ("26 September:", "26th September:", "September 26, 2019:", "Monday, 26 September:", "- 26 September:",
        "March 2022 -", "Sept. 3 —")  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_the_day_of_a_line_ends_the_line_before_and_stands_in_front_of_its_own(day: str) -> None:
    text = f"Boris Kelemen met Anton Varga in Strelsau.\n{day} Boris Kelemen left Zembla"
    copy = reading_copy(text, [(0, len(text))])

    assert copy[text.index("\n")] == "\n"
    assert copy[text.index(day) :][: len(day)].rstrip().endswith(",")


@pytest.mark.parametrize(
    "label",
    ["May:", "Mayor:", "Marchenko:", "Holiday, 26 September:", "Decision 2017:", "2000 -", "Step 2 -"],
)
def test_what_is_no_day_begins_no_line_of_a_timeline(label: str) -> None:
    text = f"Boris Kelemen met Anton Varga in Strelsau.\n{label} Boris Kelemen left Zembla"

    assert "\n" not in reading_copy(text, [(0, len(text))])


def test_a_timeline_may_follow_its_heading_without_a_blank_line() -> None:
    text = "Timeline of the talks\n14 September: They met\n26 September: They parted"

    assert reading_copy(text, [(0, len(text))]).count("\n") == 2


@pytest.mark.parametrize(
    "text",
    [
        "Boris Kelemen met Anton Varga on\n26 September in Strelsau",
        "Boris Kelemen met Anton Varga in\nMay 2022 - a year after the truce - in Strelsau",
        "Boris Kelemen stays in Strelsau.\n12 September - 15 September he rests",
    ],
)
def test_a_line_that_goes_on_with_a_day_is_no_new_one(text: str) -> None:
    assert "\n" not in reading_copy(text, [(0, len(text))])
