"""The report in a real browser: choices by keyboard, ink on paper in light and dark, narrow screens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kb.evaluation.report import report_html
from kb.evaluation.scoring import evaluate
from kb.records import Modality, Ref
from tests.browser.test_pages import CHROMIUM, contrast, tab_to
from tests.evaluation.desk import changed, perfect, read_folder

pytestmark = pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a report in which every verdict but one falls."""
    folder = tmp_path_factory.mktemp("report")
    gold = read_folder(folder / "set")
    claims = changed(perfect(gold), "tour", "Visit", modality=Modality.PLANNED)
    claims = changed(claims, "talks", "Meeting", speaker=Ref("Abel Stone")) | {"sale": ()}
    path = folder / "report.html"
    path.write_text(report_html(evaluate(gold, claims, 0), gold, "a run"), "utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def cards(page: Page) -> list[str]:
    """Return the first lines of the cards that can be seen."""
    shown = page.locator("details.card:visible summary").all_inner_texts()
    return [" ".join(each.split()) for each in shown]


def test_the_page_asks_for_nothing_and_complains_of_nothing(page: Page, address: str) -> None:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.goto(address)
    assert seen == [address]


def test_a_type_and_a_verdict_are_chosen_by_keyboard_and_all_shown_again(page: Page, address: str) -> None:
    page.goto(address)
    assert len(cards(page)) == 5
    page.locator("a[href='#c-Transfer-missed']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#c-Transfer-missed")
    assert cards(page) == ["1 Transfer missed"]
    assert page.locator(".filter:visible").inner_text().startswith("Only: Transfer, missed.")
    tab_to(page, "Show all")
    page.keyboard.press("Enter")
    page.wait_for_url("**#texts")
    assert len(cards(page)) == 5


def test_the_place_chosen_comes_into_view(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1000, "height": 500})
    page.goto(f"{address}#v-missed")
    bar = page.locator(".filter:visible").bounding_box()
    assert bar
    assert 0 <= bar["y"] < 250


def test_a_number_in_the_text_leads_to_its_card(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#text-3-1-gold").click()
    page.wait_for_url("**#text-3-1")
    assert page.locator("details.card:target").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ink_stands_out_in_light_and_dark(chromium: Browser, address: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(address)
    badges = [f".verdict.v-{name}" for name in ("missed", "full-wrong", "right", "left-out")]
    marks = [f"mark.w-{name}" for name in ("bad", "half", "good", "none")]
    for name in [*badges, *marks, ".differs td"]:
        assert contrast(page, name, name) >= 4.5, name
    for name in ("body", ".source", "h2 a, .figures a"):
        assert contrast(page, name, "body") >= 4.5, name
    context.close()


def test_a_narrow_screen_scrolls_one_way_only(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_report_needs_no_script(chromium: Browser, address: str, tmp_path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}#t-Visit")
    assert page.locator("details.card:visible").count() == 1
    context.close()
