"""Names as they are typed, in the world of test_name_index."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.entities.name_index import NameIndex
from kb.entities.name_index_begin import beginning
from kb.entities.name_index_build import write_index
from kb.entities.name_index_source import read_names
from kb.namespaces import shorten
from tests.entities.test_name_index import triples


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    path: Path = tmp_path_factory.mktemp("begin") / "names.sqlite"
    write_index(path, read_names(triples()), "1")
    return NameIndex(path)


def ids(index: NameIndex, text: str, **further: object) -> list[str | None]:
    return [shorten(one.iri) for one in beginning(index, text, **further)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("O", "person:orlen-vaskov"),
        ("orlen va", "person:orlen-vaskov"),
        ("васьк", "person:orlen-vaskov"),
        ("vaskov orl", "person:orlen-vaskov"),
        ("박", "person:pak-jong-su"),
        ("Borland", "state:BOR"),
        ("Borland P", "org:borland-post"),
        ("person:han-ga-ram", "person:han-ga-ram"),
    ],
)
def test_the_beginning_of_a_name_finds_its_bearer(index: NameIndex, text: str, first: str) -> None:
    assert ids(index, text)[0] == first


def test_the_whole_name_goes_before_longer_ones_of_better_known_things(index: NameIndex) -> None:
    found = ids(index, "Cordia")
    assert found[0] in ("state:COR", "place:cordia-town")
    assert "office:president-of-cordia" in found[2:]


def test_each_comes_once_and_no_more_than_are_wanted(index: NameIndex) -> None:
    found = ids(index, "b", most=5)
    assert len(found) == len(set(found)) == 5


def test_kinds_narrow(index: NameIndex) -> None:
    assert ids(index, "borv", kinds=["Settlement"]) == ["place:borville"]


def test_a_slip_falls_back_to_the_nearest(index: NameIndex) -> None:
    assert ids(index, "Orlan Vaskov")[0] == "person:orlen-vaskov"


def test_a_retired_name_is_not_offered(index: NameIndex) -> None:
    assert "org:old-lantern" not in ids(index, "old l")


@pytest.mark.parametrize("text", ["", " ", "…", "\0", '"*', "zzzz", "(" * 50])
def test_nonsense_begins_nothing(index: NameIndex, text: str) -> None:
    assert ids(index, text) == []
