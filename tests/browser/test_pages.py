"""Pages in a real browser: by keyboard, in the dark, without scripts, without a call to anywhere else."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from werkzeug.serving import make_server

from api import create_app
from kb.settings import Settings
from tests.queries.toy import toy_store

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")

ANSWER = "/questions/facilities-visited?visitor_state=XAL&host_state=XBO"
ARTICLE = "/article/herald?claim=father#claim-father"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with toy_store(tmp_path_factory.mktemp("browser") / "store") as store:
        server = make_server("127.0.0.1", 0, create_app(store, Settings()), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


class Watched:
    """A page, and what it asked for and complained of."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    found = Watched(chromium)
    yield found
    found.context.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/questions/", ANSWER, ARTICLE, "/person/ada-moor", "/event/tour", "/sparql?query=ASK+%7B%7D"],
)
def test_a_page_asks_no_other_host_and_complains_of_nothing(
    watched: Watched, address: str, path: str
) -> None:
    watched.page.goto(address + path, wait_until="networkidle")
    assert watched.requests
    assert all(url.startswith(address) for url in watched.requests), watched.requests
    assert watched.complaints == []


def test_an_answer_is_reached_from_home_by_keyboard_alone(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    tab_to(page, "Which facilities in one state did leaders of another visit?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/facilities-visited")
    tab_to_field(page, "visitor_state")
    page.keyboard.type("Alpinia")
    page.keyboard.press("Tab")
    page.keyboard.type("Bothnia")
    tab_to(page, "Ask")
    page.keyboard.press("Enter")
    page.wait_for_url("**visitor_state=XAL**")
    assert page.locator("tbody tr").count() == 4
    tab_to(page, "“her father, Abel Moor, had seen the works in 2002”")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/herald**")
    assert "".join(page.locator("mark.chosen").all_text_contents()).startswith("her father, Abel Moor")


def focused(page: Page) -> str:
    text = page.evaluate("document.activeElement.innerText || ''")
    return " ".join(str(text).split())


def tab_to(page: Page, words: str) -> None:
    for _ in range(60):
        if focused(page).strip("“”") == words.strip("“”"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{words!r} is not reached by the Tab key")


def tab_to_field(page: Page, name: str) -> None:
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the field {name!r} is not reached by the Tab key")


def test_what_has_the_focus_is_outlined(watched: Watched, address: str) -> None:
    watched.page.goto(address)
    for _ in range(3):
        watched.page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement)"
    assert watched.page.evaluate(f"{style}.outlineStyle") == "solid"
    assert float(watched.page.evaluate(f"parseFloat({style}.outlineWidth)")) >= 2


def luminance(colour: str) -> float:
    """Return the relative luminance of a CSS colour rgb(r, g, b), after WCAG 2.2."""
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").rstrip(")").split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(page: Page, selector: str, background: str) -> float:
    """Return the contrast of an element's ink on the background of another, after WCAG 2.2."""
    ink = page.evaluate(f"getComputedStyle(document.querySelector({selector!r})).color")
    paper = page.evaluate(f"getComputedStyle(document.querySelector({background!r})).backgroundColor")
    lighter, darker = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ink_stands_out_in_light_and_dark(chromium: Browser, address: str, scheme: str) -> None:
    watched = Watched(chromium, color_scheme=scheme)
    page = watched.page
    page.goto(address + ARTICLE)
    dark = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 0.1
    assert dark is (scheme == "dark")
    for ink, paper in [
        ("body", "body"),
        (".lead", "body"),
        (".source, span.when", "body"),
        ("main a[href]", "body"),
        ("mark.one", "mark.one"),
        ("mark.deep", "mark.deep"),
        ("mark.chosen", "mark.chosen"),
        (".badge", ".badge"),
    ]:
        assert contrast(page, ink, paper) >= 4.5, (ink, scheme)
    watched.context.close()


@pytest.mark.parametrize("path", ["/", ANSWER, ARTICLE, "/person/ada-moor"])
def test_a_narrow_screen_is_not_overrun(chromium: Browser, address: str, path: str) -> None:
    watched = Watched(chromium, viewport={"width": 360, "height": 740})
    watched.page.goto(address + path)
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 360
    watched.context.close()


@pytest.mark.parametrize("width", [1280, 820, 390])
def test_fields_of_a_folded_part_stand_below_those_above_it(
    chromium: Browser, address: str, width: int
) -> None:
    watched = Watched(chromium, viewport={"width": width, "height": 900})
    page = watched.page
    page.goto(address + "/questions/facilities-visited")
    summaries = page.locator("form.ask summary")
    before = [box(summaries.nth(n)) for n in range(2)]
    summaries.nth(0).click()
    assert box(summaries.nth(0)) == before[0]
    assert box(summaries.nth(1))["y"] > before[1]["y"]
    columns = {box(each)["x"] for each in page.locator("form.ask > .fields > p").all()}
    folded = page.locator("form.ask details[open] .fields > p").all()
    assert len(folded) == 3
    assert {box(each)["x"] for each in folded} <= columns
    assert {box(each)["x"] for each in (summaries.nth(0), summaries.nth(1))} == {min(columns)}
    assert min(box(each)["y"] for each in folded) > before[0]["y"]
    watched.context.close()


def box(of: Locator) -> dict[str, float]:
    found = of.bounding_box()
    assert found
    return {side: round(found[side]) for side in ("x", "y")}


def test_pages_work_without_scripts(chromium: Browser, address: str, tmp_path: Path) -> None:
    watched = Watched(chromium, java_script_enabled=False)
    watched.page.goto(address + "/questions/facilities-visited")
    watched.page.select_option("#visitor_state", "XAL")
    watched.page.select_option("#host_state", "XBO")
    watched.page.click("text=Ask >> visible=true")
    assert watched.page.locator("tbody tr").count() == 4
    watched.context.close()
