"""Look into a page as a browser's parser does."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, to the character."""
        return "".join(self.pieces)

    @property
    def words(self) -> str:
        """Its text as read: one space between words and between elements."""
        return " ".join(" ".join(self.pieces).split())


@dataclass
class Page(HTMLParser):
    """Every element of a page, with the text directly and indirectly inside it."""

    elements: list[Element] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1].tag != tag:
            self.unclosed.append(tag)
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [e for e in self.elements if e.tag == tag and wanted.items() <= e.attributes.items()]


def parse(content: bytes) -> Page:
    page = Page()
    page.feed(content.decode())
    page.close()
    assert not page.unclosed, f"tags that do not match: {page.unclosed}"
    return page


def scripts(page: Page) -> list[Element]:
    """Return what a browser would run: every script that is no block of data."""
    return [e for e in page.all("script") if e.attributes.get("type") != "application/ld+json"]
