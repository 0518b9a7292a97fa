"""When two names are the same, with a near miss for each rule."""

from __future__ import annotations

import pytest

from kb.evaluation.names import Names, acts_as_state, fold, near, same_office

NAMES = Names([("Young Moor", "Ada Moor"), ("R-7", "Glider Seven")])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada moor", "Ada Moor"),
        ("Adá Möor", "Ada Moor"),
        ("Prime Minister Ada Moor", "Ada Moor"),
        ("Moor Ada", "Ada Moor"),
        ("Ada Kowalsky", "Ada Kowalski"),
        ("Ada Kowalskii", "Ada Kowalski"),
        ("Ada Maria Moor", "Ada Moor"),
        ("Young Moor", "Ada Moor"),
        ("the Kremlin", "Russia"),
        ("USA", "United States"),
    ],
)
def test_names_are_the_same(one: str, other: str) -> None:
    assert NAMES.same(one, other)
    assert NAMES.same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "Ada Moor"),
        ("Ada Moor", "Ada Poor"),
        ("Su-35", "Su-37"),
        ("model 350000", "model 350001"),
        ("Ada Kowolsko", "Ada Kowalski"),
        ("Ada Maria Theresa Anna Moor", "Ada Moor"),
        ("Old Moor", "Ada Moor"),
        ("", "Ada Moor"),
    ],
)
def test_names_are_not_the_same(one: str, other: str) -> None:
    assert not NAMES.same(one, other)
    assert not NAMES.same(other, one)


def test_a_title_alone_stays_a_name() -> None:
    assert fold("The President") == "president"


@pytest.mark.parametrize(("one", "other"), [("kowalski", "kowlski"), ("kowalski", "kowalskim")])
def test_a_letter_more_or_less_is_near_in_a_long_word(one: str, other: str) -> None:
    assert near(one, other)
    assert near(other, one)


def test_the_same_letter_may_not_be_both_more_and_other() -> None:
    assert not near("kowalski", "kowolsk")


def test_a_longer_form_of_a_place_counts_and_another_place_does_not() -> None:
    assert NAMES.same_spot("Lower Works", "the Lower Works of Quarry Bay".removeprefix("the "))
    assert not NAMES.same_spot("Lower Works", "Upper Works")


def test_lists_are_the_same_in_any_order_each_name_once() -> None:
    assert NAMES.same_set(["Ada Moor", "Abel Stone"], ["Abel Stone", "Ada Moor"])
    assert not NAMES.same_set(["Ada Moor", "Ada Moor"], ["Ada Moor"])
    assert not NAMES.same_set(["Ada Moor"], ["Ada Moor", "Abel Stone"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minister of Foreign Affairs of Russia", "Russian foreign minister"),
        ("Defense Minister", "Defence Minister"),
    ],
)
def test_offices_are_the_same(one: str, other: str) -> None:
    assert same_office(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deputy Foreign Minister", "Foreign Minister"),
        ("President of Alpinia", "Mayor of Quarry Bay"),
        ("", ""),
    ],
)
def test_offices_are_not_the_same(one: str, other: str) -> None:
    assert not same_office(one, other)


def test_a_state_and_its_bodies_act_as_a_state_and_a_person_does_not() -> None:
    assert acts_as_state("France")
    assert acts_as_state("Alpinian Defence Ministry")
    assert not acts_as_state("Ada Moor")
