"""Texts that try to be more than text, and what a page must not have in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from hypothesis import strategies as st

from tests.api.html import Element, Page

PAYLOADS: Final = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" x=\"",
    "' onfocus='alert(1)' autofocus x='",
    "<!--<script>",
    "--><svg/onload=alert(1)>",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "&lt;script&gt; &#60;b&#62; &amp;",
    "<a href=javascript:alert(1)>x</a>",
    "\u2028<b>\u2029\u202e\ufeff",
    "<ScRiPt\x0b src=//a.example>",
    "=HYPERLINK(\"http://a.example\",\"x\")",
)  # fmt: skip
"""Each is a literal that a store may hold."""

ADDRESSES: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://a.example/",
    "data:text/html,<script>alert(1)</script>".replace("<", "%3C").replace(">", "%3E"),
    "vbscript:msgbox(1)",
    "http://a.example/'onmouseover='alert(1)",
    "http://a.example/?a=1&b=2&lt;",
    "blob:http://a.example/x",
)
"""Each is an IRI that a store may hold."""

TEXTS: Final = st.lists(
    st.sampled_from(
        [
            *PAYLOADS,
            "<",
            ">",
            "&",
            "'",
            '"',
            "`",
            "=",
            "/",
            "\\",
            "\n",
            "\r\n",
            "\t",
            "x",
            "é",
            "\u0085",
            "]]>",
            "<!--",
        ]
    ),
    min_size=1,
    max_size=4,
).map("".join)

DATA: Final = "application/ld+json"
_LEADING: Final = ("href", "src", "action", "formaction", "data", "poster", "xlink:href")


def wicked(page: Page) -> list[str]:
    """Return what in a page might run, load or lead astray."""
    return [f"{element.tag} {element.attributes}" for element in page.elements if _may_harm(element)]


def _may_harm(element: Element) -> bool:
    if element.tag == "script":
        return element.attributes.get("type") != DATA or "src" in element.attributes
    if element.tag in ("iframe", "object", "embed", "svg", "base", "style", "template", "noscript"):
        return True
    if any(name.startswith("on") or name in ("style", "srcdoc") for name in element.attributes):
        return True
    return any(not _leads_well(element.attributes[name]) for name in _LEADING if name in element.attributes)


def _leads_well(address: str) -> bool:
    """Say whether an address is one of ours or of the web."""
    scheme, colon, _ = address.partition(":")
    if not colon or any(sign in scheme for sign in "/?#"):
        return True
    return scheme.lower() in ("http", "https", "mailto")


def blocks(page: Page) -> list[object]:
    """Return the data blocks of a page, read as the JSON that they must be."""
    return [json.loads(element.text) for element in page.all("script", type=DATA)]


def strings(value: object) -> Iterator[str]:
    """Yield every text in a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
