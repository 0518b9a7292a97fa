"""Behind a proxy under a path prefix: each address of ours stands under it, whoever strips it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import NotFound
from werkzeug.test import TestResponse

from api import create_app
from api.http.addresses import absolute, local, page_of, passage_of
from kb.errors import BadInput
from kb.namespaces import expand
from kb.settings import Settings
from kb.store import Store
from tests.api.html import parse
from tests.api.test_pages import ADDRESSES

PREFIX = "/kb/legation"
HOST = "http://localhost"
UNDER = Settings(path_prefix=PREFIX)
BESIDE = [
    "/docs/api",
    "/openapi.json",
    "/reconcile",
    "/reconcile/about",
    "/settings",
    "/.well-known/void",
    "/person/ada-moor.ttl",
]
EACH = 6
"""How many addresses of one kind of page the crawl visits."""
PLACES = ("href", "action", "formaction", "src", "data", "poster")
DATA = ("application/", "text/")
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def under(store: Store) -> Flask:
    return create_app(store, UNDER)


def named_by(response: TestResponse, at: str) -> Iterator[str]:
    """Yield every address that an answer names in its headers or, when it is a page, in its content."""
    if "Location" in response.headers:
        yield response.headers["Location"]
    for header in response.headers.getlist("Link"):
        yield from re.findall(r"<([^>]*)>", header)
    if response.mimetype == "text/html":
        for element in parse(response.data).elements:
            yield from (element.attributes[name] for name in PLACES if name in element.attributes)
    elif (response.mimetype or "").startswith(DATA):
        yield from re.findall(rf'{HOST}/[^\s"<>]*', response.get_data(as_text=True))


def ours(link: str, at: str) -> str | None:
    """Return the path that a link of a page leads to on this host, None where it leads elsewhere."""
    whole = urlsplit(urljoin(HOST + at, link))
    at_home = f"{whole.scheme}://{whole.netloc}" == HOST
    return whole._replace(scheme="", netloc="").geturl() if at_home else None


def crawl(client: FlaskClient, starts: list[str], *, stripped: bool) -> tuple[set[str], list[str]]:
    """Follow links from page to page; return the endpoints seen and the links that leave the prefix."""
    waiting = [PREFIX + start for start in starts]
    met = set(waiting)
    seen: Counter[str] = Counter()
    astray: list[str] = []
    while waiting:
        at = waiting.pop(0)
        response = client.get(at.removeprefix(PREFIX) if stripped else at, headers=PAGE)
        assert response.status_code < 500, at
        for link in named_by(response, at):
            path = None if link.startswith("#") else ours(link, at)
            if path is None:
                continue
            if not path.startswith(PREFIX + "/"):
                astray.append(f"{at} -> {link}")
                continue
            path = path.partition("#")[0]
            kind = endpoint(client, path)
            if path not in met and seen[kind] < EACH:
                seen[kind] += 1
                met.add(path)
                waiting.append(path)
    return {*seen, *(endpoint(client, PREFIX + start) for start in starts)}, astray


def endpoint(client: FlaskClient, path: str) -> str:
    routes = client.application.url_map.bind("localhost")
    try:
        found, _ = routes.match(urlsplit(path).path.removeprefix(PREFIX), "GET")
    except NotFound as error:
        raise AssertionError(f"a page links to {path}, which is no address of ours") from error
    return str(found)


@pytest.mark.parametrize("stripped", [False, True], ids=["the service strips", "the proxy strips"])
def test_no_link_of_any_page_leads_outside_the_prefix(under: Flask, stripped: bool) -> None:
    starts = [*ADDRESSES, "/claim/tour", "/fac/kestrel-works", "/questions/nope", *BESIDE]
    seen, astray = crawl(under.test_client(), starts, stripped=stripped)
    assert not astray
    assert seen >= {
        "static", "pages.home", "sparql.sparql", "questions.every", "questions.page", "questions.data",
        "articles.article", "things.thing", "things.about", "terms.index", "terms.term", "terms.about",
    }  # fmt: skip


def test_the_crawl_finds_a_planted_link_that_leaves_the_prefix(store: Store) -> None:
    planted = create_app(store, UNDER)
    planted.add_url_rule("/planted/", "planted", lambda: '<a href="/sparql">out</a>')
    _, astray = crawl(planted.test_client(), ["/planted/"], stripped=False)
    assert astray == [f"{PREFIX}/planted/ -> /sparql"]


def test_the_crawl_finds_a_whole_address_in_data_that_leaves_the_prefix(store: Store) -> None:
    planted = create_app(store, UNDER)
    planted.add_url_rule("/planted/", "planted", lambda: {"at": f"{HOST}/sparql"})
    _, astray = crawl(planted.test_client(), ["/planted/"], stripped=False)
    assert astray == [f"{PREFIX}/planted/ -> {HOST}/sparql"]


REDIRECTS = [("/fac/kestrel-works", "/facility/"), ("/claim/tour", "/article/")]


@pytest.mark.parametrize(("given", "path"), REDIRECTS)
def test_a_redirect_stays_under_the_prefix(under: Flask, given: str, path: str) -> None:
    response = under.test_client().get(PREFIX + given)
    assert response.status_code == 303
    assert response.headers["Location"].startswith(PREFIX + path)


def test_addresses_bear_the_prefix_of_the_request_and_none_outside_one(under: Flask) -> None:
    iri, article, claim = expand("person:ada-moor"), expand("art:herald"), expand("claim:tour")
    assert page_of(iri) == "/person/ada-moor"
    with under.test_request_context("/", environ_overrides={"SCRIPT_NAME": PREFIX}):
        assert page_of(iri) == f"{PREFIX}/person/ada-moor"
        assert passage_of(article, claim) == f"{PREFIX}/article/herald?claim=tour#claim-tour"
        assert local("/") == f"{PREFIX}/"
        assert absolute("/sparql") == f"{HOST}{PREFIX}/sparql"


def test_the_operators_own_address_stands_before_what_a_client_asked_for(store: Store) -> None:
    app = create_app(store, Settings(public_address="https://kb.example/legation/"))
    got = app.test_client().get("/reconcile", headers={"Host": "evil.example"})
    assert got.get_json()["documentation"] == "https://kb.example/legation/reconcile/about"
    assert "evil.example" not in got.get_data(as_text=True)


@pytest.mark.parametrize(
    "prefix",
    ["kb", "//evil.example", "/kb//x", "/..", "/kb/../x", "/a b", "/kb?x", '/"><script>', "/кб"],
)
def test_what_is_no_prefix_is_refused_at_the_start(store: Store, prefix: str) -> None:
    with pytest.raises(BadInput, match="LEGATION_PATH_PREFIX"):
        create_app(store, Settings(path_prefix=prefix))


def test_the_root_is_no_prefix_and_no_fault(store: Store) -> None:
    assert create_app(store, Settings(path_prefix="/")).test_client().get("/").status_code == 200


@pytest.mark.parametrize("prefix", ["/questions", "/sparql/x", "/static"])
def test_a_prefix_that_is_an_address_of_ours_is_refused(store: Store, prefix: str) -> None:
    with pytest.raises(BadInput, match="Choose another name"):
        create_app(store, Settings(path_prefix=prefix))


FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "example.org",
    "X-Forwarded-Prefix": "//evil.example",
}


def seen_by(app: Flask) -> dict[str, str]:
    from flask import request

    app.add_url_rule(
        "/who/", "who", lambda: {"from": request.remote_addr, "at": absolute("/"), "local": local("/")}
    )
    found = app.test_client().get("/who/", headers=FORWARDED).get_json()
    assert isinstance(found, dict)
    return found


def test_forwarded_headers_are_ignored_until_proxies_are_trusted(store: Store) -> None:
    assert seen_by(create_app(store, Settings())) == {
        "from": "127.0.0.1",
        "at": "http://localhost/",
        "local": "/",
    }


def test_a_trusted_proxy_tells_client_scheme_and_host_but_never_the_prefix(store: Store) -> None:
    assert seen_by(create_app(store, Settings(trusted_proxies=1))) == {
        "from": "203.0.113.9",
        "at": "https://example.org/",
        "local": "/",
    }
