"""A person of whose last name a town has the whole."""

from __future__ import annotations

import pytest

from kb.reading.lexicon_records import Entry, Match
from kb.reading.name_limits import without_namesakes

TOWN = Entry("place:hentzau", "settlement", "Hentzau", "RUR", None, (), None)
PERSON = Entry("person:karl-hentzau", "person", "Karl Hentzau", "ZEM", None, (), None)


OTHER = Entry("person:karl-ii", "person", "Karl II", "BOR", None, (), None)


def test_a_person_with_the_same_name_is_no_place() -> None:
    match = Match(0, 7, "Hentzau", "name", (PERSON, OTHER), ("short", "name"))
    assert list(without_namesakes("Hentzau flew home.", [match])) == [match]


def kinds(text: str) -> list[str]:
    """Return of what kinds the last match of a name or a full name in a text may be."""
    found = []
    at = text.find("Karl Hentzau")
    if at >= 0:
        found.append(Match(at, at + len("Karl Hentzau"), "Karl Hentzau", "name", (PERSON,), ("name",)))
    at = text.rfind("Hentzau")
    found.append(Match(at, at + len("Hentzau"), "Hentzau", "name", (PERSON, TOWN), ("short", "name")))
    return [entry.kind for entry in list(without_namesakes(text, found))[-1].entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("After Hentzau he flew home.", ["settlement"]),
        ("President Hentzau flew home.", ["person", "settlement"]),
        ("Karl Hentzau flew home. Hentzau was tired.", ["person", "settlement"]),
    ],
)
def test_a_town_s_name_is_a_person_only_with_his_title_or_first_name(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected
