"""Titles of office that fit any state."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import BadReference
from kb.reading import titles as titles_module
from kb.reading.titles import ROLES, find_titles, spellings, title_words, titles


@pytest.mark.parametrize(
    ("text", "found", "title", "plural"),
    [
        ("Chinese Foreign Minister Wang Yi", "Foreign Minister", "foreign minister", False),
        ("the Russian president", "president", "president", False),
        ("both presidents spoke", "presidents", "president", True),
        ("US Secretary of State Antony Blinken", "Secretary of State", "foreign minister", False),
        ("Defense Minister Kang Sun Nam", "Defense Minister", "defence minister", False),
        ("Vice Premier Li", "Vice Premier", "deputy prime minister", False),
        ("vice-president Harris", "vice-president", "vice president", False),
        ("the deputy foreign ministers", "deputy foreign ministers", "deputy foreign minister", True),
        ("the chairwoman of the party", "chairwoman", "chairman", False),
        ("Queen Elizabeth", "Queen", "king", False),
    ],
)
def test_the_longest_title_is_found_in_any_case(text: str, found: str, title: str, plural: bool) -> None:
    (match,) = find_titles(text)
    assert (match.text, match.title.text, match.plural) == (found, title, plural)
    assert text[match.start : match.end] == found


@pytest.mark.parametrize("text", ["the presidency", "ministerial talks", "foreign, minister", ""])
def test_what_is_no_title_is_not_found(text: str) -> None:
    assert [match.text for match in find_titles(text) if match.text != "minister"] == []


def test_a_former_office_is_no_head_of_state() -> None:
    (match,) = find_titles("former president Jimmy Carter")
    assert match.title.roles == ("OtherOffice",)


def test_every_title_has_a_role_and_no_spelling_stands_twice() -> None:
    rows = [
        line
        for line in titles_module.FILE.read_text("utf-8").splitlines()
        if "title:" in line and line[0] != "#"
    ]
    assert len(titles()) == len(rows) > 30
    assert all(title.roles and ROLES.issuperset(title.roles) for title in titles())
    assert {"foreign", "president", "of"} <= title_words()


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("- {title: tsar, roles: [Autocrat]}", "unknown role"),
        ("- {title: tsar, roles: []}", "unknown role"),
        ("- {title: tsar, roles: [HeadOfState]}\n- {title: Tsar, roles: [OtherOffice]}", "twice"),
    ],
)
def test_a_malformed_file_is_refused(
    rows: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "titles.yaml"
    path.write_text(rows, "utf-8")
    monkeypatch.setattr(titles_module, "FILE", path)
    spellings.cache_clear()
    try:
        with pytest.raises(BadReference, match=problem):
            spellings()
    finally:
        spellings.cache_clear()
