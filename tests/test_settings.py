"""Settings come from the environment, typed; each stands in the README or in docs."""

from __future__ import annotations

from dataclasses import asdict, fields

import pytest

from kb.errors import BadInput
from kb.resources import ROOT
from kb.settings import Settings


def test_a_setting_is_read_from_its_variable_and_has_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_READERS", "3")
    monkeypatch.setenv("LEGATION_QUERY_SECONDS", "2.5")
    found = Settings.from_environment()
    assert (found.readers, found.query_seconds) == (3, 2.5)


@pytest.mark.parametrize("value", ["many", "", "0", "-1", "1.5"])
def test_a_value_of_another_kind_is_named_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("LEGATION_READERS", value)
    with pytest.raises(BadInput, match=f"LEGATION_READERS: '{value}' is not a whole number"):
        Settings.from_environment()


@pytest.mark.parametrize("value", ["nan", "inf", "-2", "soon"])
def test_a_time_limit_is_a_number_above_zero(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("LEGATION_QUERY_SECONDS", value)
    with pytest.raises(BadInput, match="LEGATION_QUERY_SECONDS"):
        Settings.from_environment()


def test_each_setting_stands_in_the_docs_with_its_default_and_no_other_does() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    lines = [line for page in pages for line in page.read_text("utf-8").splitlines()]
    rows = [line for line in lines if line.startswith("| `LEGATION_")]
    named = {row.split("`")[1]: row for row in rows}
    assert set(named) == {f"LEGATION_{field.name.upper()}" for field in fields(Settings)}
    defaults = Settings()
    for field in fields(Settings):
        default = getattr(defaults, field.name)
        assert f"`{default}`" in named[f"LEGATION_{field.name.upper()}"] or not default


def test_a_secret_setting_shows_itself_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_MODEL_KEY", "sk-very-secret")
    found = Settings.from_environment()
    assert found.model_key.reveal() == "sk-very-secret"
    assert "sk-very-secret" not in f"{found!r} {found} {found.model_key!s} {asdict(found)}"
