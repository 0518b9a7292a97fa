"""Terms are built in the form in which the store keeps them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, Store

from kb.terms import code, day, decimal, integer, iri, lg, local, state, text, truth


@given(st.floats(0, 1))
def test_a_decimal_comes_out_of_a_store_as_it_went_in(number: float) -> None:
    store = Store()
    store.add(Quad(lg("a"), lg("b"), decimal(number)))
    assert next(iter(store)).object == decimal(number)


@pytest.mark.parametrize(
    "term", [day(date(2003, 6, 3)), integer(7), truth(True), text("so"), text("so", "en-GB"), decimal(1.0)]
)
def test_a_literal_comes_out_of_a_store_as_it_went_in(term: object) -> None:
    store = Store()
    store.add(Quad(lg("a"), lg("b"), term))  # type: ignore[arg-type]
    assert next(iter(store)).object == term


def test_a_curie_and_a_full_iri_name_the_same_thing() -> None:
    assert iri("state:PRK") == iri("https://w3id.org/legation/state/PRK") == state("PRK")
    assert (local(state("PRK")), code(state("PRK")), code(lg("State"))) == ("PRK", "PRK", None)


def test_an_unknown_prefix_is_refused() -> None:
    with pytest.raises(KeyError):
        iri("nowhere:PRK")
