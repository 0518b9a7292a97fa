"""Names in place of identifiers: looked up as they are usually written."""

from __future__ import annotations

import pytest

from kb.errors import BadParameter, UnknownThing
from kb.namespaces import expand
from kb.queries import questions
from kb.queries.names import bind_known, spellings
from kb.store import Store


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("kim jong un", "Kim Jong Un"),
        ("KIM JONG-UN", "Kim Jong-un"),
        ("komsomolsk-on-amur aircraft plant", "Komsomolsk-on-Amur Aircraft Plant"),
        ("russia", "Russia"),
        ("usa", "USA"),
        ("the hague", "The Hague"),
        ("республика корея", "Республика корея"),
        ("북한", "북한"),
        ("o'neill", "O'neill"),
    ],
)
def test_a_name_is_looked_up_in_the_usual_ways_of_writing_it(given: str, written: str) -> None:
    assert written in spellings(given)
    assert spellings(given)[0] == given


@pytest.mark.parametrize("text", ["Alpinia", "alpinia", "ALPINIA", "Альпиния", "xal", "state:XAL"])
def test_a_state_is_found_by_its_name_in_any_language_and_by_its_code(toy: Store, text: str) -> None:
    given = {"state": text}
    assert bind_known(toy, questions()["who-held-office"], given)["state"].value == expand("state:XAL")


def test_several_names_are_looked_up_in_one_question(toy: Store) -> None:
    given = {"visitor_state": "alpinia", "host_state": "Bothnia"}
    found = bind_known(toy, questions()["facilities-visited"], given)
    assert [term.value for term in found.values()] == [expand("state:XAL"), expand("state:XBO")]


@pytest.mark.parametrize("text", ["Ruritania", "XZZ", "state:XZZ", '"> ?x', "\\u0022"])
def test_what_nothing_is_called_is_not_found(toy: Store, text: str) -> None:
    with pytest.raises(UnknownThing) as caught:
        bind_known(toy, questions()["who-held-office"], {"state": text})
    assert caught.value.place == "state"


def test_a_name_of_several_is_refused_with_their_identifiers(toy: Store) -> None:
    with pytest.raises(BadParameter, match=r"person:abel-moor, person:ada-moor"):
        bind_known(toy, questions()["who-accompanied"], {"person": "the moor"})


def test_a_thing_of_any_kind_is_found_by_name(toy: Store) -> None:
    asked = questions()["names-of-a-thing"]
    assert bind_known(toy, asked, {"thing": "kestrel works"})["thing"].value == expand("fac:kestrel-works")
    with pytest.raises(UnknownThing):
        bind_known(toy, asked, {"thing": "Nowhere"})
    with pytest.raises(UnknownThing):
        bind_known(toy, asked, {"thing": "fac:nowhere"})
