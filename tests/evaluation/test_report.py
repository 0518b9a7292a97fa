"""The report shows texts, gold and claims side by side, and what is in them never becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kb.evaluation.records import Claims, GoldSet
from kb.evaluation.report import report_html
from kb.evaluation.scoring import evaluate
from kb.records import Modality
from tests.evaluation.desk import SALE, TEXTS, changed, perfect, read_folder, refs


class Page(HTMLParser):
    """What a page holds: tags, identifiers, where links lead, and the words of each side of a text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._in_words = self._in_link = False
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []
        if found.get("class") == "words":
            self._in_words = True
            self.words.append("")
        self._in_link = tag == "a"

    def handle_endtag(self, tag: str) -> None:
        self._in_words = self._in_words and tag != "p"
        self._in_link = self._in_link and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._in_words and not self._in_link:
            self.words[-1] += data


@pytest.fixture
def gold(tmp_path: Path) -> GoldSet:
    return read_folder(tmp_path / "set")


def report(gold: GoldSet, claims: Claims, source: str = "a run") -> str:
    return report_html(evaluate(gold, claims, 0), gold, source)


def card(source: str, kind: str) -> str:
    """Return the card of the only claim of a type."""
    cards = [part.split("</details>")[0] for part in source.split("<details")[1:]]
    return next(each for each in cards if f" t-{kind} " in each)


def test_both_sides_of_a_text_hold_its_words_to_the_character(gold: GoldSet) -> None:
    page = Page(report(gold, perfect(gold)))
    assert page.words == [text for doc in gold.texts for text in (TEXTS[doc], TEXTS[doc])]


def test_nothing_that_is_shown_becomes_markup(gold: GoldSet) -> None:
    wicked = "<script>alert('x')</script>"
    claims = changed(perfect(gold), "sale", "Transfer", agents=refs(wicked), rule=wicked)
    source = report(gold, claims, wicked)
    assert "script" not in Page(source).tags
    assert source.count("&lt;script&gt;") == 3
    assert "&lt;last&gt;" in source
    assert "<last>" in SALE


def test_the_page_needs_nothing_from_elsewhere(gold: GoldSet) -> None:
    source = report(gold, perfect(gold))
    assert not {"script", "link", "img", "iframe", "object"} & set(Page(source).tags)
    assert "url(" not in source
    assert "@import" not in source
    assert "default-src 'none'" in source
    assert not re.search(r"\bon[a-z]+=", source)


def test_every_link_leads_to_a_place_on_the_page_and_no_place_stands_twice(gold: GoldSet) -> None:
    page = Page(report(gold, changed(perfect(gold), "tour", "Visit", agents=refs("Abel Stone"))))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_a_card_names_the_slots_that_differ(gold: GoldSet) -> None:
    claims = changed(perfect(gold), "tour", "Visit", modality=Modality.PLANNED, speaker=refs("Abel Stone")[0])
    shown = card(report(gold, claims), "Visit")
    assert ">full wrong</span>" in shown
    assert '<span class="wrong">modality</span>' in shown
    assert re.search(r'class="differs"><th scope="row">modality.*<td>reported</td><td>planned</td>', shown)
    assert re.search(
        r'class="extra"><th scope="row">speaker \(extra\)</th><td>–</td><td>Abel Stone</td>', shown
    )
    assert " open>" in shown


def test_what_is_right_stands_closed_and_what_is_missed_has_one_side(gold: GoldSet) -> None:
    source = report(gold, perfect(gold) | {"sale": ()})
    assert " open>" not in card(source, "Visit")
    missed = card(source, "Transfer")
    assert ">missed</span>" in missed
    assert '<th scope="col">found</th>' not in missed


def test_each_type_and_verdict_can_be_chosen(gold: GoldSet) -> None:
    source = report(gold, perfect(gold) | {"sale": ()})
    for name in ("t-Visit", "v-missed", "c-Transfer-missed"):
        assert f'id="{name}"' in source
        assert f"#{name}:target ~ .text:not(.{name})" in source
    assert 'href="#c-Transfer-missed">1</a>' in source


def test_the_same_claims_make_the_same_bytes(gold: GoldSet) -> None:
    assert report(gold, perfect(gold)) == report(gold, perfect(gold))
