"""Pages: what they show, and what they never do."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Triple

from api import create_app
from kb.namespaces import expand
from kb.settings import Settings
from kb.store import GraphChange, open_store
from tests.api.conftest import HOSTILE, SCRIPT
from tests.api.html import parse, scripts
from tests.queries.toy import HERALD, POST

ADDRESSES = [
    "/",
    "/questions/",
    "/questions/facilities-visited",
    "/questions/facilities-visited?visitor_state=XAL&host_state=XBO",
    "/questions/timeline-of-a-dyad?state=XAL&other_state=XBO",
    "/questions/who-said-so?person=ada-moor",
    "/questions/transfers-alleged",
    "/article/herald",
    "/article/hostile?claim=broken",
    "/person/ada-moor",
    "/person/x-villain",
    "/state/XAL",
    "/facility/kestrel-works",
    "/event/tour",
    "/event/plan",
    "/terms/Visit",
    "/sparql",
    "/sparql?query=SELECT+*+WHERE+%7B+%3Fs+a+%3Fc+%7D+LIMIT+30",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing(browser: FlaskClient, address: str) -> None:
    response = browser.get(address)
    assert response.status_code == 200
    page = parse(response.data)
    assert not scripts(page)
    for element in page.elements:
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
        for name in ("src", "href", "action", "formaction", "poster", "data"):
            target = element.attributes.get(name, "/")
            linked = ("/", "#", "http://", "https://") if element.tag == "a" else ("/",)
            assert target.startswith(linked) and not target.startswith("//"), (
                f"<{element.tag} {name}={target!r}>"
            )


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_can_be_read_aloud_and_by_keyboard(browser: FlaskClient, address: str) -> None:
    page = parse(browser.get(address).data)
    assert page.all("html", lang="en")
    assert len(page.all("h1")) == 1
    assert page.all("a", class_="skip", href="#main")
    assert page.all("main", id="main")
    assert all(element.text.strip() for element in page.all("caption"))
    assert len(page.all("caption")) == len(page.all("table"))
    labelled = {element.attributes["for"] for element in page.all("label")}
    for tag in ("input", "select", "textarea"):
        assert {element.attributes["id"] for element in page.all(tag)} <= labelled
    identifiers = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(identifiers) == len(set(identifiers))


def test_every_answer_forbids_scripts_frames_and_guessing(browser: FlaskClient) -> None:
    for address in (
        "/",
        "/sparql?query=ASK%7B%7D",
        "/questions/nope",
        "/static/legation.css",
        "/article/herald",
    ):
        headers = browser.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_a_hostile_name_and_text_stay_text(browser: FlaskClient) -> None:
    for address in ("/article/hostile", "/person/x-villain", "/questions/who-said-so?person=x-villain"):
        response = browser.get(address)
        assert SCRIPT.encode() not in response.data
        assert not scripts(parse(response.data))
        assert SCRIPT in "".join(element.text for element in parse(response.data).all("main"))


def test_a_hostile_parameter_stays_text(browser: FlaskClient) -> None:
    response = browser.get("/questions/who-accompanied", query_string={"person": f'">{SCRIPT}'})
    assert response.status_code == 404
    assert b"<script" not in response.data


@pytest.mark.parametrize("article", [HERALD, POST, HOSTILE], ids=lambda article: article.id)
def test_an_articles_page_holds_the_stored_text_to_the_character(
    browser: FlaskClient, article: object
) -> None:
    page = parse(browser.get(f"/article/{article.id}").data)  # type: ignore[attr-defined]
    (text,) = page.all("div", class_="text")
    numbers = "".join(element.text for element in page.all("sup"))
    shown = text.text
    for number in numbers:  # the numbers of claims stand between the words; take each away where it stands
        shown = shown.replace(number, "", 1) if number not in article.text else shown  # type: ignore[attr-defined]
    stored = "".join(c for c in article.text if c not in set(numbers))  # type: ignore[attr-defined]
    assert "".join(c for c in shown if c not in set(numbers)) == stored


def test_the_words_of_the_chosen_claim_stand_out(browser: FlaskClient) -> None:
    page = parse(browser.get("/article/herald?claim=tour").data)
    marked = "".join(element.text for element in page.all("mark", class_="chosen"))
    assert marked == "toured the Kestrel Works on Friday with president Bo Lund and the mayor, Cy Reed"
    assert page.all("a", id="claim-tour")
    assert [item.text.strip()[:5] for item in page.all("li", class_="chosen")] == ["Visit"]


def test_overlapping_words_are_marked_as_such(browser: FlaskClient) -> None:
    page = parse(browser.get("/article/herald").data)
    assert [element.text for element in page.all("mark", class_="deep")] == ["the mayor, Cy Reed"]


def test_an_article_tells_what_it_claims_and_how(browser: FlaskClient) -> None:
    text = parse(browser.get("/article/herald").data).all("main")[0].words
    assert "Bo Lund says: her father, Abel Moor, had seen the works in 2002" in text
    assert "Some officials say: Alpinia may send shells to Bothnia" in text
    assert "planned" in text
    assert "dated by the day of the week" in text


def test_a_claims_address_leads_to_its_words(client: FlaskClient) -> None:
    response = client.get("/claim/father")
    assert response.status_code == 303
    assert response.headers["Location"] == "/article/herald?claim=father#claim-father"
    assert client.get("/claim/nowhere").status_code == 404


def test_an_answer_links_each_quote_to_its_place(browser: FlaskClient) -> None:
    page = parse(browser.get("/questions/facilities-visited?visitor_state=XAL&host_state=XBO").data)
    (link,) = page.all("a", href="/article/herald?claim=father#claim-father")
    assert link.text == "her father, Abel Moor, had seen the works in 2002"
    assert page.all("a", href="/person/abel-moor")
    assert "Bo Lund says:" in page.all("main")[0].text


def test_a_persons_page_shows_events_plans_and_names(browser: FlaskClient) -> None:
    text = parse(browser.get("/person/ada-moor").data).all("main")[0].words
    assert "The Moor" in text
    assert "Visit 2023-09-17 planned Bo Lund says: She will visit Port Sol on Sunday" in text
    assert "Meeting 2023-09-13 Ada Moor met Bo Lund on Wednesday" in text


def test_a_plans_own_page_says_that_it_is_no_fact(browser: FlaskClient) -> None:
    assert "It is not a fact" in browser.get("/event/plan").get_data(as_text=True)
    assert "It is not a fact" not in browser.get("/event/tour").get_data(as_text=True)


def test_the_pages_of_a_plan_and_of_the_report_that_met_it_lead_to_each_other(browser: FlaskClient) -> None:
    for one, other in (("plan-met", "port"), ("port", "plan-met")):
        assert parse(browser.get(f"/event/{one}").data).all("a", href=f"/event/{other}")


def test_an_events_page_is_called_by_what_happened(browser: FlaskClient) -> None:
    (title,) = parse(browser.get("/event/tour").data).all("h1")
    assert title.text == "Visit: Ada Moor, Bo Lund, 2023-09-15"


def test_an_events_page_shows_who_denies_it(browser: FlaskClient) -> None:
    text = parse(browser.get("/event/tour").data).all("main")[0].words
    assert "denies it Bothnia says: Bothnia denies that Moor toured the works" in text


def test_wikidata_is_a_plain_link(browser: FlaskClient) -> None:
    page = parse(browser.get("/state/XAL").data)
    (link,) = page.all("a", href="http://www.wikidata.org/entity/Q4115189")
    assert "noreferrer" in link.attributes["rel"]


def test_names_in_other_languages_say_so(browser: FlaskClient) -> None:
    (name,) = parse(browser.get("/state/XAL").data).all("li", lang="ru")
    assert name.text == "Альпиния"


@pytest.mark.parametrize(
    "address", ["/person/nobody", "/unicorn/one", "/article/none", "/person/a%20b%3E", "/nowhere"]
)
def test_what_is_not_there_is_a_page_that_says_so(browser: FlaskClient, address: str) -> None:
    response = browser.get(address)
    assert response.status_code == 404
    assert parse(response.data).all("p", role="alert")


def test_a_thing_is_given_as_turtle_too(client: FlaskClient) -> None:
    response = client.get("/state/XAL.ttl")
    assert response.content_type == "text/turtle; charset=utf-8"
    assert 'rdfs:label "Alpinia"@en' in response.get_data(as_text=True)
    assert client.get("/state/XZZ.ttl").status_code == 404


def test_the_home_page_counts_and_offers(browser: FlaskClient) -> None:
    page = parse(browser.get("/").data)
    text = page.all("main")[0].words
    assert "4 articles" in text
    assert "2 states" in text
    assert page.all("a", href="/questions/who-accompanied")
    assert page.all("form", action="/sparql")


def test_what_has_no_label_is_called_by_what_describes_it(browser: FlaskClient) -> None:
    text = parse(browser.get("/person/cy-reed").data).all("main")[0].words
    assert "Mayor of Kestrel (Cy Reed, attested 2023-09-15)" in text
    text = parse(browser.get("/facility/kestrel-works").data).all("main")[0].words
    assert "K-9 (Kestrel Works, attested 2023-09-15)" in text
    assert "Handbook of Works" in parse(browser.get("/production/k-1").data).all("main")[0].words


def test_an_event_that_several_texts_tell_stands_once(browser: FlaskClient) -> None:
    page = parse(browser.get("/facility/kestrel-works").data)
    assert len(page.all("a", href="/event/tour")) == 1
    words = {link.text for link in page.all("q")}
    assert {"Moor toured the works, a spokesman says", "As a student she saw the works in 2005"} <= words


def test_a_client_that_would_rather_have_turtle_gets_it_at_a_things_address(client: FlaskClient) -> None:
    wished = {"Accept": "text/turtle, text/html;q=0.5"}
    response = client.get("/person/ada-moor", headers=wished)
    assert (response.status_code, response.headers["Location"]) == (303, "/person/ada-moor.ttl")
    assert client.get("/person/nobody", headers=wished).status_code == 404
    assert client.get("/person/ada-moor").headers["Location"] == "/person/ada-moor.html"


def test_a_page_that_leaves_claims_out_says_so(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "are shown" not in parse(browser.get("/facility/kestrel-works").data).all("main")[0].words
    monkeypatch.setattr("api.things.events.MOST", 1)
    page = parse(browser.get("/facility/kestrel-works.html?not-kept").data)
    assert "Only the newest claims are shown" in page.all("main")[0].words
    event = parse(browser.get("/event/tour.html?not-kept").data)
    assert event.all("a", href="/questions/who-said-so?event=ev:tour")
    assert browser.get("/questions/who-said-so?event=ev:tour").status_code == 200


def test_an_answer_that_is_too_long_for_a_page_says_so(
    browser: FlaskClient, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.presentation.answers.MOST", 3)
    asked = "visitor_state=XAL&host_state=XBO&from=1999"
    page = parse(browser.get(f"/questions/facilities-visited?{asked}").data)
    assert len(page.all("td", class_="words")) == 3
    assert "1 more row stands only in the data below" in page.all("main")[0].words
    assert len(client.get(f"/questions/facilities-visited.json?{asked}").get_json()["rows"]) == 4


def test_what_is_no_fact_says_so_in_its_name_and_gives_no_plain_triples(browser: FlaskClient) -> None:
    for event, name, heading in (
        ("plan", "Planned visit: Ada Moor, 2023-09-17", "What is planned or asked for"),
        ("shells", "Alleged transfer: Alpinia", "What is alleged"),
    ):
        page = parse(browser.get(f"/event/{event}").data)
        assert page.all("h1")[0].words == name
        assert heading in [element.words for element in page.all("h2")]
        assert not page.all("a", href=f"/event/{event}.ttl")
        assert browser.get(f"/event/{event}.ttl").status_code == 404
        (link,) = [a.attributes["href"] for a in page.all("a") if "as Turtle" in a.text]
        claims = browser.get(link)
        assert claims.mimetype == "text/turtle"
        assert b"lg:Claim" in claims.data
        assert b"lg:supplier" not in claims.data


def test_an_axioms_nameless_parts_are_not_shown(tmp_path: Path) -> None:
    part = "https://w3id.org/legation/.well-known/genid/dl-1"
    visit, kind_of = NamedNode(expand("lg:Visit")), NamedNode(expand("rdfs:subClassOf"))
    both = frozenset(Triple(visit, kind_of, NamedNode(iri)) for iri in (part, expand("lg:Event")))
    with open_store(str(tmp_path / "store")) as store:
        store.commit([GraphChange(NamedNode(expand("g:ontology")), both)])
        client = create_app(store, Settings()).test_client()
        assert b"genid" not in client.get("/terms/Visit.html").data.partition(b"<main")[2]
        assert b"genid" in client.get("/terms/Visit.ttl").data


def test_an_event_tells_first_who_where_and_when(browser: FlaskClient) -> None:
    page = parse(browser.get("/event/tour").data)
    told = [element.words.removeprefix("lg:") for element in page.all("dt")]
    first = ["visitor", "companion", "atFacility", "time", "evidenceLevel"]
    assert [name for name in told if name in first] == first
    assert told[0] == "visitor"
    assert told.index("agentState") > told.index("time")
