"""What each question answers over the tiny world, whose facts the project itself made from its claims."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.queries import answer, questions
from kb.queries.values import plain, plain_of
from kb.store import Store
from tests.world import articles, tiny_store

BOTH = {"state": "AVA", "other_state": "BOR"}
AVA_COR = {"state": "AVA", "other_state": "COR"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with tiny_store(tmp_path_factory.mktemp("world")) as store:
        yield store


CASES = {
    "facilities-visited": (
        {"visitor_state": "AVA", "host_state": "BOR"},
        "leader_name facility_name when evidence",
        {
            ("Bela Aster", "Portsea Naval Base", "2013-04-02", "SingleSource"),
            ("Ada Aster", "Portsea Naval Base", "2004", "SingleSource"),
            ("Ada Aster", "Borville Tractor Works", "2003-06-03", "Corroborated"),
        },
    ),
    "planned-not-reported": (
        {"visitor_state": "AVA"},
        "agent_name kind lifecycle when place_name",
        {("Bela Aster", "Visit", "Planned", "2013-05", "Borville")},
    ),
    "who-accompanied": (
        {"person": "Bela Aster"},
        "companion_name office_name when facility_name",
        {("Carla Cole", "Foreign Minister of Avaria", "2013-04-02", "Portsea Naval Base")},
    ),
    # T-1 is made from 2010 on; the tour was in 2003.
    "hardware-at-visited-facilities": ({"visitor_state": "AVA"}, "hardware_name", set()),
    "transfers-alleged": (
        {},
        "supplier_name recipient_name item_name speaker",
        {("Avaria", "Borland", "shells", "foreign experts")},
    ),
    # The one meeting is told in two ways that exclude each other.
    "meetings-of-leaders": (BOTH, "leader_name", set()),
    "timeline-of-a-dyad": (
        BOTH | {"from": "2013"},
        "when standing kind place_name",
        {
            ("2013-04-02", "planned", "Visit", "Portsea"),
            ("2013-04-02", "reported", "Visit", "Portsea"),
            ("2013-05", "planned", "Visit", "Borville"),
            ("2015-07-01", "contested", "Meeting", "Borville"),
            ("2015-07-01", "contested", "Meeting", "Portsea"),
            ("2015-07-01", "reported", "Arrival", "Borville"),
            ("2019", "planned", "Visit", ""),
        },
    ),
    "who-said-so": (
        {"person": "boris-brand"},
        "kind modality polarity outlet",
        {
            ("Meeting", "reported", "affirmed", "Avaria News"),
            ("Meeting", "reported", "affirmed", "Cordia Times"),
            ("Visit", "planned", "affirmed", "Cordia Times"),
        },
    ),
    "visits-of-leaders": (
        {"visitor_state": "AVA", "from": "2004"},
        "leader_name in_state_name when place_name facility_name",
        {
            ("Ada Aster", "Borland", "2004", "Portsea", "Portsea Naval Base"),
            ("Bela Aster", "Borland", "2013-04-02", "Portsea", "Portsea Naval Base"),
        },
    ),
    "calls-of-leaders": (
        AVA_COR,
        "leader_name other_leader_name when",
        {("Bela Aster", "Dario Dane", "2016-02-01")},
    ),
    "agreements-of-a-dyad": (
        AVA_COR,
        "parties stage item_name when place_name",
        {("Avaria, Cordia", "Signed", "fishing pact", "2016-05-02", "Borville")},
    ),
    # The shells that experts speak of are alleged, and no fact.
    "transfers-reported": (
        {},
        "supplier_name recipient_name item_name stage when",
        {("Avaria", "Cordia", "T-1", "Delivered", "2017-03-09")},
    ),
    "statements-of-a-speaker": (
        {"state": "COR"},
        "stater_name addressee_name when",
        {("Dario Dane", "Bela Aster", "2016-05-02")},
    ),
    "exercises-and-deployments": (
        {"state": "COR"},
        "kind actor_name item_name in_state_name when",
        {
            ("Exercise", "Avaria", "", "Borland", "2018-06-01"),
            ("Exercise", "Cordia", "", "Borland", "2018-06-01"),
            ("Deployment", "Cordia", "troops", "Borland", "2018-05"),
        },
    ),
    "sanctions-reported": (
        {"target_state": "COR"},
        "sanctioner_name target_name when",
        {("Borland", "Cordia", "2018-08-31")},
    ),
    "hardware-shown": (
        {"shower_state": "AVA"},
        "item_name shower_name viewer_name when",
        {("T-1", "Avaria", "Dario Dane", "2016")},
    ),
    "denials": ({"state": "BOR"}, "kind speaker published", {("Transfer", "Carla Cole", "2014-01-12")}),
    "conflicting-reports": (
        {"state": "AVA"},
        "kind place_name",
        {("Meeting", "Borville"), ("Meeting", "Portsea")},
    ),
    "who-held-office": (
        {"state": "AVA", "from": "2012-04", "until": "2012-05"},
        "person_name office_role since till held",
        {
            ("Ada Aster", "HeadOfState", "2000-05-10", "2012-05-01", "certain"),
            ("Bela Aster", "HeadOfState", "2012-05-01", "", "certain"),
            ("Carla Cole", "ForeignMinister", "2010", "", "certain"),
        },
    ),
    "offices-of-a-person": (
        {"person": "ada-aster"},
        "office_name of_state_name since till",
        {("President of Avaria", "Avaria", "2000-05-10", "2012-05-01")},
    ),
    # The railway station is known from a text only, and no curated facility.
    "facilities-of-a-state": (
        {"state": "BOR"},
        "facility_name class place_name latitude precision",
        {
            ("Borville Tractor Works", "Plant", "Borville", "", ""),
            ("Portsea Naval Base", "NavalBase", "Portsea", "10.5", "1000"),
        },
    ),
    "names-of-a-thing": (
        {"thing": "fac:portsea-naval-base"},
        "name language sort since till",
        {
            ("Portsea Naval Base", "en", "usual", "", ""),
            ("Portsea Harbour", "en", "other", "", ""),
            ("Port Brand", "en", "dated", "2001", "2004"),
        },
    ),
    "memberships": (
        {"organisation": "inland-league", "from": "2002"},
        "member_name body_name status since",
        {("Avaria", "Inland League", "member", "1990")},
    ),
    "outlets-of-a-state": (
        {"state": "AVA", "controlled": "yes"},
        "outlet_name class owner_name",
        {("Avaria News", "NewsAgency", "Government of Avaria")},
    ),
    "hardware-of-a-state": (
        {"state": "BOR"},
        "model_name base_model_name designations first_flight",
        {("T-1", "", "Turtle (NATO)", "2009-08"), ("T-1A", "T-1", "", ""), ("T-1B", "T-1A", "", "")},
    ),
    "variants-of-a-model": (
        {"model": "t-1"},
        "variant_name base_model_name of_state_name",
        {("T-1A", "T-1", "Borland"), ("T-1B", "T-1A", "Borland")},
    ),
    "who-controls": (
        {"territory": "region:east-borland"},
        "holder_name lies_in_name since till recognised_by",
        {("Avaria", "Borland", "1985", "1989", "Cordia")},
    ),
    "state-codes": (
        {"state": "COR"},
        "code_system code since",
        {("ISO 3166-1 alpha-3", "COR", ""), ("COW", "903", "1960-01-01")},
    ),
    "treaties": (
        {"state": "BOR", "other_state": "AVA"},
        "treaty_name signed in_force parties",
        {("Sea Treaty", "1999-05-01", "2000-01-01", "Avaria, Borland")},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_question_answers(world: Store, name: str) -> None:
    parameters, columns, rows = CASES[name]
    found = answer(world, name, parameters)
    places = [found.columns.index(column) for column in columns.split()]
    assert {tuple(plain(row[place]) for place in places) for row in found.rows} == rows


def test_there_is_a_case_for_every_question() -> None:
    assert CASES.keys() == questions().keys()


CURATED = [name for name in CASES if not questions()[name].told]


@pytest.mark.parametrize("name", CURATED)
def test_every_row_of_curated_records_names_its_sources(world: Store, name: str) -> None:
    found = answer(world, name, CASES[name][0])
    assert all("invented states" in plain_of(source) for source in found.cells_in("source"))


def test_an_office_whose_dates_leave_the_day_open_may_have_been_held(world: Store) -> None:
    found = answer(world, "who-held-office", {"state": "AVA", "from": "2010-03-01", "until": "2010-03-01"})
    held = {
        (plain_of(who), plain_of(how))
        for who, how in zip(*map(found.cells_in, ("person_name", "held")), strict=True)
    }
    assert held == {("Ada Aster", "certain"), ("Carla Cole", "possible")}


@pytest.mark.parametrize("name", sorted(CASES.keys() - set(CURATED)))
def test_every_row_leads_to_the_stored_words(world: Store, name: str) -> None:
    texts = {article.id: article.text for article in articles().values()}
    found = answer(world, name, CASES[name][0])
    columns = map(found.cells_in, ("quote", "article", "start", "end"))
    for cells in zip(*columns, strict=True):
        quote, article, start, end = map(plain_of, cells)
        assert texts[article.rpartition("/")[2]][int(start) : int(end)] == quote
