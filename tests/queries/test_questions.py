"""What each question answers over the toy base, and what it must not."""

from __future__ import annotations

import re

import pytest

from kb.errors import BadParameter, UnknownQuestion
from kb.facts.roles import ROLES
from kb.namespaces import expand
from kb.queries import answer
from kb.queries.library import question
from kb.queries.values import plain
from kb.records import Article
from kb.store import Store
from tests.queries.toy import HERALD, OLD, POST

TEXTS = {article.id: article.text for article in (HERALD, POST, OLD)}
ALPINIA_TO_BOTHNIA = {"visitor_state": "XAL", "host_state": "XBO"}
BOTH = {"state": "XAL", "other_state": "XBO"}


def iri_of(article: Article) -> str:
    return expand(f"art:{article.id}")


def ask(store: Store, name: str, columns: str, **parameters: str) -> list[tuple[str, ...]]:
    """Return some columns of an answer's rows, as texts."""
    found = answer(store, name, {key.rstrip("_"): text for key, text in parameters.items()})
    places = [found.columns.index(column) for column in columns.split()]
    return [tuple(plain(row[place]) for place in places) for row in found.rows]


def test_facilities_visited_gives_leaders_of_that_day_with_every_claim(toy: Store) -> None:
    rows = ask(
        toy, "facilities-visited", "leader_name facility_name when speaker evidence", **ALPINIA_TO_BOTHNIA
    )
    assert rows == [
        ("Ada Moor", "Kestrel Works", "2023-09-15", "", "Corroborated"),
        ("Ada Moor", "Kestrel Works", "2023-09-15", "a spokesman", "Corroborated"),
        ("Ada Moor", "railway station in Kestrel", "2022", "", ""),
        ("Abel Moor", "Kestrel Works", "2002", "Bo Lund", "AttributedOnly"),
    ]


def test_a_tour_before_taking_office_is_no_leaders_visit(toy: Store) -> None:
    assert "2005" not in {when for (when,) in ask(toy, "facilities-visited", "when", **ALPINIA_TO_BOTHNIA)}


def test_the_host_who_tours_along_is_no_visitor(toy: Store) -> None:
    assert ("Bo Lund",) not in ask(toy, "facilities-visited", "leader_name", **ALPINIA_TO_BOTHNIA)


def test_a_planned_visit_is_not_among_the_visits(toy: Store) -> None:
    assert not [
        row
        for row in ask(toy, "facilities-visited", "quote place_name", **ALPINIA_TO_BOTHNIA)
        if "Port Sol" in row[1]
    ]


@pytest.mark.parametrize(
    ("period", "whens"),
    [
        ({"from_": "2003"}, ["2023-09-15", "2023-09-15", "2022"]),
        ({"from_": "2022-06", "until": "2022-07"}, ["2022"]),
        ({"from_": "2002-12-31", "until": "2003"}, ["2002"]),
        ({"until": "2002-01"}, ["2002"]),
        ({"until": "2001"}, []),
        ({"from_": "2023-09-16"}, []),
        ({"from_": "2023-09-15", "until": "2023-09-15"}, ["2023-09-15", "2023-09-15"]),
    ],
)
def test_a_period_keeps_what_may_lie_in_it(toy: Store, period: dict[str, str], whens: list[str]) -> None:
    assert [
        when for (when,) in ask(toy, "facilities-visited", "when", **ALPINIA_TO_BOTHNIA, **period)
    ] == whens


@pytest.mark.parametrize(
    ("period", "claims"),
    [
        ({"from_": "2023-09-18"}, set()),
        ({"until": "2001"}, {"plan-met", "port"}),
        ({"from_": "2023-09-17"}, {"plan"}),
    ],
)
def test_what_has_no_date_is_left_out_of_a_period(
    toy: Store, period: dict[str, str], claims: set[str]
) -> None:
    rows = ask(toy, "timeline-of-a-dyad", "claim", **BOTH, **period)
    assert {iri.rpartition("/")[2] for (iri,) in rows} == claims


def test_no_facility_is_found_in_another_state(toy: Store) -> None:
    assert ask(toy, "facilities-visited", "facility", visitor_state="XAL", host_state="XAL") == []


def test_planned_not_reported_leaves_out_a_plan_that_came_true(toy: Store) -> None:
    rows = ask(toy, "planned-not-reported", "agent_name kind lifecycle when place_name speaker via")
    assert rows == [
        ("Ada Moor", "Visit", "Planned", "2023-09-17", "Port Sol", "Bo Lund", "Channel B"),
        ("Ada Moor", "Meeting", "Requested", "", "", "", ""),
        ("Bo Lund", "Meeting", "Requested", "", "", "", ""),
    ]


def test_planned_not_reported_looks_for_the_agents_of_every_type_where_facts_have_them() -> None:
    pairs = re.findall(r"\(lg:(\w+) lg:(\w+)\)", question("planned-not-reported").sparql)
    assert dict(pairs) == {kind.value: roles.agents for kind, roles in ROLES.items()}


def test_planned_not_reported_narrows_by_state_and_period(toy: Store) -> None:
    whole = ask(toy, "planned-not-reported", "claim", visitor_state="XAL", host_state="XBO", from_="2023-09")
    assert [iri.rpartition("/")[2] for (iri,) in whole] == ["plan"]
    assert ask(toy, "planned-not-reported", "claim", visitor_state="XBO", host_state="XBO") == []
    assert ask(toy, "planned-not-reported", "claim", until="2023-09-14") == []


def test_who_accompanied_gives_the_office_held_then(toy: Store) -> None:
    rows = ask(toy, "who-accompanied", "companion_name office_name kind when article", person="ada-moor")
    mayor = ("Cy Reed", "Mayor of Kestrel", "Visit", "2023-09-15")
    assert rows == [(*mayor, iri_of(HERALD))], "the other report of the tour does not name him"


def test_hardware_is_what_was_made_there_at_that_time(toy: Store) -> None:
    rows = ask(
        toy, "hardware-at-visited-facilities", "hardware_name made_then leader_name when", visitor_state="XAL"
    )
    assert sorted(set(rows)) == [
        ("K-1", "possible", "Abel Moor", "2002"),
        ("K-5", "certain", "Abel Moor", "2002"),
        ("K-5", "certain", "Ada Moor", "2023-09-15"),
        ("K-9", "certain", "Ada Moor", "2023-09-15"),
    ]


def test_hardware_says_how_the_production_is_known(toy: Store) -> None:
    rows = ask(
        toy, "hardware-at-visited-facilities", "hardware_name production_quote production_source",
        visitor_state="XAL", host_state="XBO", from_="2023",
    )  # fmt: skip
    assert set(rows) == {("K-5", "", "Handbook of Works"), ("K-9", "The works build the K-9", "")}


def test_transfers_alleged_names_who_alleges(toy: Store) -> None:
    columns = "supplier_name recipient_name item_name speaker"
    rows = ask(toy, "transfers-alleged", columns, supplier_state="XAL", recipient_state="XBO")
    assert ("Alpinia", "Bothnia", "shells", "Some officials") in rows
    assert ask(toy, "transfers-alleged", columns, supplier_state="XBO") == []


def test_meetings_of_leaders_reads_both_ways(toy: Store) -> None:
    columns = "leader_name other_leader_name when"
    assert ask(toy, "meetings-of-leaders", columns, **BOTH) == [("Ada Moor", "Bo Lund", "2023-09-13")]
    turned = ask(toy, "meetings-of-leaders", columns, state="XBO", other_state="XAL")
    assert turned == [("Bo Lund", "Ada Moor", "2023-09-13")]


def test_the_timeline_tells_fact_plan_and_allegation_apart(toy: Store) -> None:
    rows = ask(toy, "timeline-of-a-dyad", "claim standing kind place_name", **BOTH)
    assert {(iri.rpartition("/")[2], *more) for iri, *more in rows} == {
        ("plan-met", "planned", "Visit", "Port Sol"),
        ("plan-shire", "planned", "Visit", "The Shire"),
        ("port", "reported", "Arrival", "Port Sol"),
        ("father", "reported", "Visit", "Kestrel"),
        ("young", "reported", "Visit", ""),
        ("stop", "reported", "Visit", ""),
        ("talks", "reported", "Meeting", ""),
        ("tour", "disputed", "Visit", "Kestrel"),
        ("tour-again", "disputed", "Visit", "Kestrel"),
        ("plan", "planned", "Visit", "Port Sol"),
        ("invited", "requested", "Meeting", ""),
        ("shells", "alleged", "Transfer", ""),
        ("rifles", "alleged", "Transfer", ""),
    }


def test_the_timeline_runs_in_order_of_time(toy: Store) -> None:
    days = [earliest for (earliest,) in ask(toy, "timeline-of-a-dyad", "earliest", **BOTH) if earliest]
    assert days == sorted(days)
    assert len(days) > 5


def test_who_said_so_of_an_event_gives_denials_too(toy: Store) -> None:
    rows = ask(toy, "who-said-so", "speaker polarity modality outlet", event="ev:tour")
    assert rows == [
        ("", "affirmed", "reported", "Northern Herald"),
        ("a spokesman", "affirmed", "reported", "Southern Post"),
        ("Bothnia", "negated", "reported", "Southern Post"),
    ]


def test_who_said_so_finds_plans_and_allegations_by_event(toy: Store) -> None:
    assert ask(toy, "who-said-so", "modality via", event="ev:plan") == [("planned", "Channel B")]
    assert ask(toy, "who-said-so", "modality speaker", event="ev:shells") == [
        ("speculated", "Some officials")
    ]


def test_who_said_so_of_a_person_at_a_facility(toy: Store) -> None:
    rows = ask(toy, "who-said-so", "claim", person="ada-moor", facility="kestrel-works")
    assert {iri.rpartition("/")[2] for (iri,) in rows} == {"tour", "young", "tour-again", "denial"}


def test_a_name_will_do_for_an_identifier(toy: Store) -> None:
    by_name = ask(toy, "facilities-visited", "claim", visitor_state="Alpinia", host_state="bothnia")
    assert by_name == ask(toy, "facilities-visited", "claim", **ALPINIA_TO_BOTHNIA)
    assert ask(toy, "who-accompanied", "companion", person="Ada Moor")


def test_a_name_of_several_is_refused_with_all_of_them(toy: Store) -> None:
    with pytest.raises(BadParameter, match="person:abel-moor, person:ada-moor"):
        answer(toy, "who-accompanied", {"person": "The Moor"})


@pytest.mark.parametrize("code", ["XZZ", "Narnia", "not a code"])
def test_a_state_that_is_not_there_is_refused(toy: Store, code: str) -> None:
    with pytest.raises(BadParameter, match="alpha-3"):
        answer(toy, "facilities-visited", {"visitor_state": code, "host_state": "XBO"})


def test_an_unknown_question_is_refused_with_those_there_are(toy: Store) -> None:
    with pytest.raises(UnknownQuestion, match="facilities-visited, hardware"):
        answer(toy, "who-knows", {})


EVERY = {
    "facilities-visited": ALPINIA_TO_BOTHNIA,
    "hardware-at-visited-facilities": {"visitor_state": "XAL"},
    "meetings-of-leaders": BOTH,
    "planned-not-reported": {},
    "timeline-of-a-dyad": BOTH,
    "transfers-alleged": {},
    "who-accompanied": {"person": "ada-moor"},
    "who-said-so": {"person": "ada-moor"},
}


@pytest.mark.parametrize("name", EVERY)
def test_every_row_leads_to_the_stored_words(toy: Store, name: str) -> None:
    rows = ask(toy, name, "quote article start end", **EVERY[name])
    assert rows
    for quote, article, start, end in rows:
        assert TEXTS[article.rpartition("/")[2]][int(start) : int(end)] == quote


@pytest.mark.parametrize("name", EVERY)
def test_no_row_stands_twice(toy: Store, name: str) -> None:
    rows = answer(toy, name, EVERY[name]).rows
    assert len(rows) == len(set(rows))
