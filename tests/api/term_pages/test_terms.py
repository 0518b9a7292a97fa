"""The vocabulary's pages: one for each term, in three languages, with what uses it and who else has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Triple
from pyoxigraph import parse as parse_rdf

from api import create_app
from api.commands import cli
from api.term_pages.shown import PARTNERS
from api.term_pages.words import LANGUAGES, WORDS
from api.vocabulary.terms import KINDS, terms
from kb.namespaces import LG
from kb.reference import ontology_triples
from kb.resources import alignment_files
from kb.settings import Settings
from kb.store import GraphChange, open_store
from kb.terms import RDF_TYPE, graph, iri, lg
from tests.api.html import Page, parse, scripts

ADDRESSES = ["/terms/", "/terms/?q=visit", "/terms/visitor", "/terms/HeadOfState", "/terms/Visit"]


@pytest.fixture(scope="session")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Return a client of a base that holds the ontology and nothing else."""
    with open_store(str(tmp_path_factory.mktemp("terms") / "store")) as store:
        store.commit([GraphChange(graph("ontology"), ontology_triples())])
        yield create_app(store, Settings()).test_client()


def pairs(page: Page) -> dict[str, str]:
    """Return what a page's descriptions say, by their heads."""
    names = [element.words for element in page.all("dt")]
    return dict(zip(names, [element.words for element in page.all("dd")], strict=True))


def test_every_term_has_a_page(browser: FlaskClient) -> None:
    assert len(terms()) > 300
    failed = [name for name in terms() if browser.get(f"/terms/{name}").status_code != 200]
    assert failed == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_links_every_term_by_its_name_in_the_language(browser: FlaskClient, lang: str) -> None:
    page = parse(browser.get(f"/terms/?lang={lang}").data)
    linked = {(a.attributes["href"], a.text) for a in page.all("a")}
    missing = [
        name
        for name, term in terms().items()
        if (f"/terms/{name}?lang={lang}", term.labels[lang]) not in linked
    ]
    assert missing == []
    assert page.all("html", lang=lang)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_whole_loads_nothing_and_runs_nothing(
    browser: FlaskClient, address: str, lang: str
) -> None:
    response = browser.get(address + ("&" if "?" in address else "?") + f"lang={lang}")
    page = parse(response.data)
    assert response.status_code == 200
    assert page.unclosed == [] and not scripts(page)
    assert len(page.all("h1")) == 1
    assert not [e for e in page.elements if "style" in e.attributes]
    identifiers = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(identifiers) == len(set(identifiers))
    within = {a.attributes["href"][1:] for a in page.all("a") if a.attributes["href"].startswith("#")}
    assert within <= set(identifiers)


def test_a_term_tells_what_it_is_and_where_it_stands(browser: FlaskClient) -> None:
    page = parse(browser.get("/terms/visitor").data)
    (title,) = page.all("h1")
    told = pairs(page)
    assert title.text == "visitor"
    assert "Relates a visit to" in page.all("p", class_="definition")[0].text
    assert told["Kind of"] == "agent"
    assert pairs(parse(browser.get("/terms/capital").data))["Is said of"] == "state"
    assert {"гость", "방문자"} <= {element.text for element in page.all("li")}


def test_a_term_leads_to_the_questions_that_use_it(browser: FlaskClient) -> None:
    page = parse(browser.get("/terms/visitor").data)
    assert page.all("a", href="/questions/facilities-visited")
    assert not parse(browser.get("/terms/seats").data).all("a", href="/questions/facilities-visited")


def test_a_term_says_how_often_the_base_uses_it_and_shows_where(browser: FlaskClient) -> None:
    page = parse(browser.get("/terms/visitor").data)
    number, _, see = pairs(page)["In this base"].partition(" · ")
    assert int(number) > 0 and see == "see them"
    (link,) = [a.attributes["href"] for a in page.all("a") if a.text == "see them"]
    assert len(parse(browser.get(link).data).all("tr")) == int(number) + 1


def test_a_class_counts_the_members_of_its_kinds_each_once(tmp_path: Path) -> None:
    facts = {(f"fac:{name}", kind) for name, kind in (("a", "Airport"), ("a", "Facility"), ("b", "Palace"))}
    triples = {Triple(iri(thing), RDF_TYPE, lg(kind)) for thing, kind in facts}
    with open_store(str(tmp_path / "store")) as store:
        store.commit(
            [
                GraphChange(graph("ontology"), ontology_triples()),
                GraphChange(graph("reference"), frozenset(triples)),
            ]
        )
        client = create_app(store, Settings()).test_client()
        page = parse(client.get("/terms/Facility.html").data)
    assert pairs(page)["In this base"] == "2 · see them"


def test_a_term_without_uses_says_so(described: FlaskClient) -> None:
    page = parse(described.get("/terms/visitor.html").data)
    assert pairs(page)["In this base"] == "not used yet"


def test_the_ontology_itself_is_no_use_of_a_class_or_an_individual(described: FlaskClient) -> None:
    for name in ("Lifecycle", "Planned", "OfficeRole", "HeadOfState"):
        page = parse(described.get(f"/terms/{name}.html").data)
        assert pairs(page)["In this base"] == "not used yet", name


def test_a_term_shows_what_other_vocabularies_call_it_with_the_trap(browser: FlaskClient) -> None:
    rows = [row.words for row in parse(browser.get("/terms/Visit").data).all("tr")]
    assert any(row.startswith("PLOVER CONSULT nearly the same") for row in rows)
    assert any(row.startswith("PLOVER AGREE related, not the same The trap") for row in rows)
    assert {path.stem for path in alignment_files()} == set(PARTNERS)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ru", "ru"), ("ko-KR,ko;q=0.9,en;q=0.5", "ko"), ("fr", "en"), ("fr,ru;q=0.3", "ru"), ("", "en")],
)
def test_a_page_speaks_the_readers_language(browser: FlaskClient, accepted: str, language: str) -> None:
    response = browser.get("/terms/Visit", headers={"Accept-Language": accepted})
    assert parse(response.data).all("html", lang=language)
    assert "accept-language" in {name.lower() for name in response.vary}


def test_the_language_chosen_by_hand_wins_and_stays(browser: FlaskClient) -> None:
    page = parse(browser.get("/terms/Visit?lang=ru", headers={"Accept-Language": "ko"}).data)
    assert page.all("html", lang="ru")
    assert page.all("h1")[0].text == "визит"
    assert page.all("a", href="/terms/Event?lang=ru")[0].text == "событие"
    assert parse(browser.get("/terms/Visit?lang=xx").data).all("html", lang="en")


def test_a_search_finds_by_any_languages_name_and_by_definition(browser: FlaskClient) -> None:
    for asked in ("гость", "방문자", "visitor", "tours or visits"):
        page = parse(browser.get("/terms/", query_string={"q": asked}).data)
        found = {a.attributes["href"] for a in page.all("a")}
        if asked != "tours or visits":
            assert "/terms/visitor" in found
        assert "/terms/Cathedral" not in found


def test_a_search_that_finds_nothing_says_so(browser: FlaskClient) -> None:
    page = parse(browser.get("/terms/?q=<script>xyzzy").data)
    assert "No term has that" in page.all("main")[0].text
    assert not scripts(page)


@pytest.mark.parametrize("address", ["/terms/Claim.ttl", "/terms/Claim"])
def test_a_term_is_given_as_turtle_even_where_the_store_knows_nothing_of_it(
    client: FlaskClient, address: str
) -> None:
    response = client.get(address, headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert response.mimetype == "text/turtle"
    quads = list(parse_rdf(response.data, format=RdfFormat.TURTLE))
    claim, label = NamedNode(LG + "Claim"), "http://www.w3.org/2000/01/rdf-schema#label"
    names = {q.object.value for q in quads if q.subject == claim and q.predicate.value == label}
    assert {"claim", "утверждение", "주장"} <= names


def test_the_turtle_of_a_term_holds_the_parts_of_its_axioms(described: FlaskClient) -> None:
    quads = list(parse_rdf(described.get("/terms/Membership.ttl").data, format=RdfFormat.TURTLE))
    parts = {quad.object for quad in quads if "genid" in str(quad.object)}
    assert parts and parts <= {quad.subject for quad in quads}
    assert NamedNode(LG + "memberIn") in {quad.object for quad in quads}


def test_an_unknown_term_is_not_found(browser: FlaskClient) -> None:
    assert browser.get("/terms/Nonesuch").status_code == 404
    assert browser.get("/terms/Nonesuch.ttl").status_code == 404


def test_every_page_leads_to_the_vocabulary(browser: FlaskClient) -> None:
    for address in ("/", "/questions/", "/person/ada-moor"):
        assert parse(browser.get(address).data).all("a", href="/terms/")


def test_the_pages_words_are_there_in_every_language() -> None:
    assert {lang: sorted(words) for lang, words in WORDS.items()} == dict.fromkeys(
        LANGUAGES, sorted(WORDS["en"])
    )
    assert [key for words in WORDS.values() for key, text in words.items() if not text] == ["english"]
    assert set(KINDS) <= set(WORDS["en"])
    named = {key for term in terms().values() for key in (*term.links, *term.traits)}
    relations = {match.relation for term in terms().values() for match in term.matches}
    assert named | relations <= set(WORDS["en"])


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "terms"
    found = CliRunner().invoke(cli, ["docs", "terms", "-o", str(folder)])
    assert found.exit_code == 0, found.output
    return folder


def test_the_written_pages_hold_every_term_in_every_language(written: Path) -> None:
    pages = len(terms()) + 1
    assert {lang: len(list((written / lang).glob("*.html"))) for lang in LANGUAGES} == dict.fromkeys(
        LANGUAGES, pages
    )
    assert len(list(written.glob("*.ttl"))) == len(terms())


def test_no_written_file_overwrites_another_where_capitals_are_not_told_apart(written: Path) -> None:
    paths = [str(path.relative_to(written)).casefold() for path in written.rglob("*")]
    assert len(paths) == len(set(paths))


def test_every_link_of_the_written_pages_leads_to_a_file_or_elsewhere(written: Path) -> None:
    broken = []
    for path in written.rglob("*.html"):
        for element in parse(path.read_bytes()).elements:
            target = element.attributes.get("href", "")
            file, _, _ = target.partition("#")
            if file and not target.startswith("http") and not (path.parent / file).is_file():
                broken.append((path.name, target))
    assert broken == []


def test_a_written_page_says_nothing_of_a_base(written: Path) -> None:
    page = parse((written / "en" / "visitor.html").read_bytes())
    assert "In this base" not in pairs(page)
    assert not page.all("form") and not page.all("input")


def test_pages_are_not_written_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    found = CliRunner().invoke(cli, ["docs", "terms", "-o", str(tmp_path)])
    assert found.exit_code == 2
    assert "not empty" in found.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
