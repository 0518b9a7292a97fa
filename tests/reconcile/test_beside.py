"""What stands beside the queries: manifest, suggestions, previews; open to any page, nothing to run."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.reconcile.features import MEANINGS
from tests.reconcile.asking import Asking, checked
from tests.reconcile.conftest import SCRIPT


def test_the_manifest_leads_to_what_there_is(client: FlaskClient) -> None:
    told = checked("manifest", client.get("/reconcile", headers={"Host": "base.example"}))
    assert told["versions"] == ["0.2"]
    assert told["identifierSpace"] + "person/ada-aster" == "https://w3id.org/legation/person/ada-aster"
    addresses = [told[name]["url"].replace("{{id}}", "person%2Forlen-vaskov") for name in ("view", "preview")]
    addresses += [told["feature_view"]["url"].replace("{{id}}", "name"), told["documentation"], told["logo"]]
    for kind, prefix, identifier in (
        ("entity", "Ada", "state/BOR"),
        ("property", "n", "label"),
        ("type", "p", "Person"),
    ):
        service = told["suggest"][kind]
        addresses.append(f"{service['service_url']}{service['service_path']}?prefix={prefix}")
        flyout = service["flyout_service_path"].replace("${id}", identifier.replace("/", "%2F"))
        addresses.append(service["service_url"] + flyout)
    proposal = told["extend"]["propose_properties"]
    addresses.append(f"{proposal['service_url']}{proposal['service_path']}?type=Person")
    for address in addresses:
        assert address.startswith("http://base.example/"), address
        assert client.get(address.removeprefix("http://base.example")).status_code in (200, 303), address


def test_a_path_prefix_stands_in_every_address(client: FlaskClient) -> None:
    told = client.get("/reconcile", environ_overrides={"SCRIPT_NAME": "/base"}).get_json()
    assert told["preview"]["url"] == "http://localhost/base/reconcile/preview?id={{id}}"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/reconcile"),
        ("POST", "/reconcile"),
        ("PUT", "/reconcile"),
        ("OPTIONS", "/reconcile"),
        ("GET", "/reconcile?callback=f"),
        ("GET", "/reconcile/suggest/entity?prefix=a"),
        ("GET", "/reconcile/suggest/nothing?prefix=a"),
        ("GET", "/reconcile/flyout/type?id=Person"),
        ("GET", "/reconcile/properties?type=Person"),
        ("GET", "/reconcile/preview?id=nobody"),
    ],
)
def test_pages_of_any_origin_may_read_every_answer(client: FlaskClient, method: str, path: str) -> None:
    origin = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    response = client.open(path, method=method, headers=origin)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    if method == "OPTIONS":
        assert "POST" in response.headers["Access-Control-Allow-Methods"]
        assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("Orl", "person/orlen-vaskov"),
        ("Орл", "person/orlen-vaskov"),
        ("박", "person/pak-jong-su"),
        ("vask", "person/orlen-vaskov"),
        ("orlen v", "person/orlen-vaskov"),
        ("state/BOR", "state/BOR"),
        ("person:ada-aster", "person/ada-aster"),
        ("org:old-lantern", "organisation/the-lantern"),
        ("Orlan Vaskv", "person/orlen-vaskov"),
        ("Gena", "person/x-grub"),
    ],
)
def test_an_entity_is_suggested_for_the_beginning_of_a_name(ask: Asking, prefix: str, first: str) -> None:
    (best, *_) = ask.suggest("entity", prefix)
    assert best["id"] == first
    assert best["notable"]


def test_types_narrow_what_is_suggested(ask: Asking) -> None:
    assert ask.suggest("entity", "Cor")[0]["id"] == "state/COR"
    narrowed = [one["id"] for one in ask.suggest("entity", "Cor", type="Settlement")]
    assert "place/cordia-town" in narrowed
    assert all(one.startswith("place/") for one in narrowed)


def test_the_cursor_leads_on(ask: Asking) -> None:
    every = [one["id"] for one in ask.suggest("entity", "a", limit=100)]
    assert len(every) > 3
    paged = [
        one["id"]
        for start in range(0, len(every) + 2, 2)
        for one in ask.suggest("entity", "a", cursor=start, limit=2)
    ]
    assert paged == every


@pytest.mark.parametrize("kind", ["entity", "property", "type"])
def test_nothing_begins_with_nonsense(ask: Asking, kind: str) -> None:
    for prefix in ("qqqqq", "\0qqqq", '"*', "' OR 1", "(" * 40):
        assert ask.suggest(kind, prefix) == []


@pytest.mark.parametrize(
    ("kind", "prefix", "first"),
    [
        ("property", "nation", "nationality"),
        ("property", "lg:nationality", "nationality"),
        ("property", "office held", "office"),
        ("type", "air b", "AirBase"),
        ("type", "Person", "Person"),
        ("type", "челов", "Person"),
    ],
)
def test_properties_and_types_are_suggested_by_name(ask: Asking, kind: str, prefix: str, first: str) -> None:
    assert ask.suggest(kind, prefix)[0]["id"] == first


def test_a_type_tells_what_stands_above_it(ask: Asking) -> None:
    (best, *_) = ask.suggest("type", "NavalBase")
    assert best["broader"][0]["id"] == "MilitaryBase"
    assert best["broader"][0]["broader"][0]["id"] == "Facility"


@pytest.mark.parametrize(
    "query", ["cursor=-1", "cursor=x", "cursor=501", "limit=101", "type=Persn", f"prefix={'x' * 501}"]
)
def test_a_suggestion_that_cannot_be_read_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/reconcile/suggest/entity?{query}").status_code == 400


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]


def test_a_preview_escapes_what_names_smuggle_in(client: FlaskClient) -> None:
    response = client.get("/reconcile/preview?id=person/mallory")
    assert _Tags(response.text).names == {
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "h1",
        "a",
        "p",
        "span",
    }
    assert SCRIPT not in response.text
    assert "&lt;script&gt;" in response.text


def test_a_flyout_escapes_what_names_smuggle_in(client: FlaskClient) -> None:
    told = client.get("/reconcile/flyout/entity?id=person/mallory").get_json()
    assert told["id"] == "person/mallory"
    assert _Tags(told["html"]).names == {"p", "strong"}


def test_the_tags_of_a_bad_page_would_be_seen() -> None:
    assert "script" in _Tags(f"<p>{SCRIPT}</p>").names
    with pytest.raises(AssertionError):
        _Tags("<p onclick='x'>")


def test_a_preview_alone_may_be_framed_and_can_do_nothing(client: FlaskClient) -> None:
    policy = client.get("/reconcile/preview?id=state/BOR").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    assert "sandbox" in policy
    assert not {"allow-scripts", "allow-forms", "allow-same-origin"} & set(policy.split())
    for path in ("/reconcile", "/reconcile/about", "/reconcile/preview?id=nobody"):
        assert "frame-ancestors 'none'" in client.get(path).headers["Content-Security-Policy"], path


def test_a_view_leads_to_the_page_of_a_thing_and_nowhere_else(client: FlaskClient) -> None:
    assert client.get("/reconcile/view?id=person%2Forlen-vaskov").location == "/person/orlen-vaskov"
    assert client.get("/reconcile/view?id=org:twice-old").location == "/organisation/the-lantern"
    for other in ("//evil.example", "https://evil.example/", "person/nobody", "", "../terms/", "person/<>"):
        assert client.get("/reconcile/view", query_string={"id": other}).status_code == 404


@pytest.mark.parametrize("kind", ["entity", "property", "type", "nothing"])
def test_a_flyout_of_nothing_is_not_found(client: FlaskClient, kind: str) -> None:
    assert client.get(f"/reconcile/flyout/{kind}?id=nothing").status_code == 404


def test_every_feature_is_explained_and_no_other(app: Flask, ask: Asking) -> None:
    (best, *_) = ask.known("nationality", "Avaria", "Orlen Vaskov")
    page = ask.client.get("/reconcile/about").text
    for one in best["features"]:
        name = one["id"].partition(":")[0]
        assert name in {known.partition(":")[0] for known in MEANINGS}
        assert f"<code>{name}" in page
        shown = ask.client.get("/reconcile/about", query_string={"feature": one["id"]})
        assert shown.status_code == 200
    assert ask.client.get("/reconcile/about?feature=nothing").status_code == 404


def test_an_error_in_a_browser_is_a_page_that_escapes(client: FlaskClient) -> None:
    response = client.get("/reconcile", query_string={SCRIPT: "1"}, headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert SCRIPT not in response.text


def test_the_answer_is_json_whatever_was_wished(client: FlaskClient) -> None:
    response = client.get("/reconcile", headers={"Accept": "text/html,*/*;q=0.1"})
    assert json.loads(response.data)["name"] == "Legation"
