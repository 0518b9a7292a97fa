"""What a question answers as of a day: grade, origins, disputes and plans as they stood then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.claim_id import identified
from kb.errors import BadParameter
from kb.pipeline import ingest
from kb.queries import Answer, answer, questions
from kb.queries.as_of import Past, last_day
from kb.queries.values import plain, plain_of
from kb.records import Article, Claim
from kb.store import Store
from tests.as_of.cutting import Days, past_of
from tests.queries.test_over_the_world import CASES
from tests.world import articles, claims, empty_store, tiny_store

VISITS = {"visitor_state": "AVA", "host_state": "BOR"}
BOTH = {"state": "AVA", "other_state": "BOR"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with tiny_store(tmp_path_factory.mktemp("days")) as store:
        yield store


@pytest.fixture(scope="module")
def days(base: Store) -> Iterator[Days]:
    with Days(base) as found:
        yield found


def cells(found: Answer, *names: str) -> set[tuple[str, ...]]:
    return {tuple(map(plain_of, row)) for row in zip(*map(found.cells_in, names), strict=True)}


class Retold:
    """Reads a text as the world's text of the same name, whatever its date and outlet."""

    version = "retold"

    def read(self, article: Article) -> list[Claim]:
        return [identified(replace(claim, article=article.id)) for claim in claims()[article.doc]]


def retold(folder: Path, *texts: Article) -> Store:
    """Return a store that has read texts of the world under other dates or outlets."""
    store = empty_store(folder)
    ingest(store, texts, Retold())
    return store


@pytest.mark.parametrize(
    ("day", "grade"),
    [("2003-06-03", None), ("2003-06-04", "SingleSource"), ("2003-06-05", "Corroborated")],
)
def test_a_visit_has_the_grade_that_the_texts_of_the_day_give_it(
    days: Days, day: str, grade: str | None
) -> None:
    found = cells(days.ask(day, "facilities-visited", **VISITS), "when", "evidence")
    assert found == ({("2003-06-03", grade)} if grade else set())


def test_todays_facts_of_the_texts_of_that_day_would_have_another_grade(base: Store, days: Days) -> None:
    """What a mere filter on publication dates would answer is wrong."""
    today = answer(base, "facilities-visited", VISITS | {"until": "2003"})
    filtered = {
        (plain_of(when), plain_of(grade))
        for when, grade, on in zip(*map(today.cells_in, ("when", "evidence", "published")), strict=True)
        if plain_of(on) <= "2003-06-04"
    }
    assert filtered == {("2003-06-03", "Corroborated")}
    assert cells(days.ask("2003-06-04", "facilities-visited", **VISITS), "when", "evidence") != filtered


def test_a_threshold_measures_the_fact_as_it_stood(days: Days) -> None:
    for day, rows in (("2003-06-04", 0), ("2003-06-05", 1), ("2003-06-06", 1)):
        found = days.ask(day, "facilities-visited", **VISITS, min_origins="2")
        assert len(cells(found, "when")) == rows, day


def test_a_plan_that_was_met_later_is_open_again(base: Store, days: Days) -> None:
    name = "planned-not-reported"
    assert cells(answer(base, name, {"visitor_state": "AVA"}), "when") == {("2013-05",)}
    for day, plans in (("2013-02", set()), ("2013-04-02", {("2013-04-02",), ("2013-05",)})):
        assert cells(days.ask(day, name, visitor_state="AVA"), "when") == plans
    assert cells(days.ask("2013-04-03", name, visitor_state="AVA"), "when") == {("2013-05",)}


def test_an_allegation_is_disputed_from_the_day_of_the_denial_on(days: Days) -> None:
    assert cells(days.ask("2014-01-11", "transfers-alleged"), "item_name") == {("shells",)}
    assert not days.ask("2014-01-11", "denials").rows
    assert cells(days.ask("2014-01-12", "denials"), "published") == {("2014-01-12",)}


def test_what_a_later_text_contradicts_stood_as_a_fact_before(tmp_path: Path) -> None:
    later = replace(articles()["talks-2015-times"], published=date(2015, 7, 9))
    with retold(tmp_path, articles()["talks-2015-agency"], later) as store, Days(store) as days:
        assert cells(days.ask("2015-07-08", "meetings-of-leaders", **BOTH), "place_name") == {("Borville",)}
        assert not days.ask("2015-07-08", "conflicting-reports", state="AVA").rows
        assert not days.ask("2015-07-09", "meetings-of-leaders", **BOTH).rows
        assert len(days.ask("2015-07-09", "conflicting-reports", state="AVA").rows) == 2


def test_copies_of_a_text_without_a_date_are_one_origin(tmp_path: Path) -> None:
    text = articles()["tour-2003-post"]
    undated = replace(text, published=None)
    copies = [
        replace(text, id=f"{n:016x}", outlet=outlet, published=date(2003, 6, 6 + n))
        for n, outlet in enumerate(("Borland Herald", "Cordia Times"))
    ]
    with retold(tmp_path, undated, *copies) as store, Days(store) as days:
        found = days.ask("2003-06-08", "facilities-visited", **VISITS)
        assert found.known is not None
        assert (found.known.texts, found.known.undated) == (2, 1)
        assert cells(found, "outlet", "evidence") == {
            ("Borland Herald", "SingleSource"),
            ("Cordia Times", "SingleSource"),
        }


@pytest.mark.parametrize("day", ["2003-06-04", "2003-06-05", "2013-03-31", "2014-01-11"])
def test_an_event_of_a_day_leads_to_one_that_stands_now(base: Store, day: str) -> None:
    every = "SELECT ?event { { ?event lg:supportedBy ?c } UNION { GRAPH ?g { ?event lg:supportedBy ?c } } }"
    led = "SELECT ?event { GRAPH g:meta { ?event lg:redirectedTo ?other } }"
    with past_of(base, date.fromisoformat(day)) as past:
        then = {plain(row[0]) for row in past.store.select(every)}
    now = {plain(row[0]) for query in (every, led) for row in base.select(query)}
    assert then and then <= now


def test_a_month_and_a_year_are_asked_by_their_end(base: Store) -> None:
    for text, day in (("2003-06", date(2003, 6, 30)), ("2003", date(2003, 12, 31))):
        assert questions()["denials"].day({"as_of": text}) == day


def test_an_answer_says_what_was_known_and_of_which_data_it_is(base: Store, days: Days) -> None:
    found = days.ask("2003-06-05", "facilities-visited", **VISITS)
    assert found.known is not None
    assert found.version == base.version()
    said = "As of 2003-06-05: of the base's 17 texts, 2 had been published; 1 without a date is left out."
    assert found.known.sentence() == said
    assert found.known.header() == "2003-06-05; texts=2; of=17; undated=1"


def test_a_day_before_the_first_text_has_no_rows_and_says_when_that_was(days: Days) -> None:
    found = days.ask("1990-01-01", "timeline-of-a-dyad", **BOTH)
    assert not found.rows
    assert found.known is not None
    assert found.known.sentence().endswith(
        "0 had been published; 1 without a date is left out; the first is of 2003-06-04."
    )


@pytest.mark.parametrize("text", ["2999", "2999-01-01", "9999-12"])
def test_a_day_that_lies_ahead_is_refused(text: str) -> None:
    with pytest.raises(BadParameter, match="lies ahead") as caught:
        questions()["denials"].day({"as_of": text})
    assert caught.value.place == "as_of"


@pytest.mark.parametrize("text", ["yesterday", "2003-13", "2003-06-04/..", "x" * 600])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadParameter) as caught:
        questions()["denials"].day({"as_of": text})
    assert caught.value.place == "as_of"


def test_a_year_that_has_begun_and_not_ended_is_refused_and_its_days_are_not() -> None:
    today = date(2024, 7, 1)
    assert last_day("2024-07-01", today) == today
    with pytest.raises(BadParameter, match=r"2024-12-31, which lies ahead.*a day up to 2024-07-01"):
        last_day("2024", today)


def test_a_question_about_records_takes_no_day(base: Store) -> None:
    with pytest.raises(BadParameter, match="there is no parameter 'as_of'"):
        answer(base, "state-codes", {"as_of": "2003"})


def test_todays_facts_never_pass_for_those_of_a_day(base: Store) -> None:
    with pytest.raises(BadParameter, match="no earlier day can be asked here"):
        answer(base, "denials", {"as_of": "2003"})
    with past_of(base, date(2003, 6, 5)) as past:
        for given in ({}, {"as_of": "2003-06-04"}):
            with pytest.raises(BadParameter, match="no earlier day"):
                answer(base, "denials", given, past)


@pytest.fixture(scope="module")
def latest(base: Store) -> Iterator[Past]:
    with past_of(base, date(2018, 9, 1)) as past:
        yield past


@pytest.mark.parametrize("name", [name for name, question in questions().items() if question.told])
def test_as_of_the_last_day_each_question_has_the_rows_of_now_but_for_the_undated_texts(
    base: Store, latest: Past, name: str
) -> None:
    given = CASES[name][0]
    now = answer(base, name, given)
    then = answer(base, name, given | {"as_of": "2018-09-01"}, latest)
    article = now.columns.index("article")
    undated = articles()["undated"].id
    assert set(then.rows) == {row for row in now.rows if not plain(row[article]).endswith(undated)}
