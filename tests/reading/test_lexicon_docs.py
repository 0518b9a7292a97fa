"""docs/lexicon.md: its worked example compiles, is read, and gives the claims that the page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pyoxigraph import RdfFormat, Store

from kb.reading import titles as titles_module
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_build import compile_store
from kb.reading.reader import Reader
from kb.reading.titles import spellings
from kb.records import Claim
from tests.reading.desk import WORLD, article

PAGE = (Path(__file__).parents[2] / "docs" / "lexicon.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"\s*```{language}\n(.*?)```", PAGE, re.S)
    assert found is not None, f"no block of {language}"
    return found[1]


def test_the_worked_example_gives_the_claims_that_the_page_shows() -> None:
    store = Store()
    for path in sorted(WORLD.glob("*.ttl")):
        store.load(path=path, format=RdfFormat.TURTLE)
    store.load(block("turtle").encode(), format=RdfFormat.TURTLE)
    claims = Reader(Lexicon(compile_store(store, "docs"))).read(article(block("text").strip()))
    rows = re.findall(r"^\| (Office|Arrival|Transfer) \|(.*)\|$", PAGE, re.M)
    shown = {(kind, *(cell.strip() for cell in cells.split("|"))) for kind, cells in rows}
    assert {row(claim) for claim in claims} == shown


def row(claim: Claim) -> tuple[str, ...]:
    lists = (claim.agents, claim.counterparts, claim.items)
    names = ["; ".join(ref.name for ref in refs) for refs in lists]
    return (claim.type.value, *names, claim.office.name if claim.office else "")


def test_the_title_that_the_page_shows_is_a_title(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = yaml.safe_load(block("yaml"))
    path = tmp_path / "titles.yaml"
    path.write_text(yaml.safe_dump(rows), "utf-8")
    monkeypatch.setattr(titles_module, "FILE", path)
    spellings.cache_clear()
    try:
        assert [spelling.title.text for spelling in spellings().values()] == ["lord steward"] * 3
    finally:
        spellings.cache_clear()
