"""An article that was taken back: its page says so, and nothing rests on it any more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from api import create_app
from kb.pipeline import retract
from kb.settings import Settings
from tests.api.html import parse
from tests.world import articles, tiny_store


def test_a_retracted_article_says_so_and_carries_no_fact(tmp_path: Path) -> None:
    gone = articles()["visit-2013"]
    with tiny_store(tmp_path) as store:
        retract(store, gone.id, "the outlet withdrew it", date(2014, 1, 1))
        client = create_app(store, Settings()).test_client()
        page = parse(client.get(f"/article/{gone.id}", headers={"Accept": "text/html"}).data)
        rows = client.get("/questions/facilities-visited.json?visitor_state=AVA&host_state=BOR").get_json()[
            "rows"
        ]
    text = page.all("main")[0].words
    assert "Retracted on 2014-01-01" in text
    assert "the outlet withdrew it" in text
    assert {row["when"] for row in rows} == {"2004", "2003-06-03"}
