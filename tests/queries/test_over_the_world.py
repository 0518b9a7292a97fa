"""What each question answers over the tiny world, whose facts the project itself made from its claims."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.queries import answer
from kb.queries.values import plain
from kb.store import Store
from tests.world import articles, tiny_store

BOTH = {"state": "AVA", "other_state": "BOR"}


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
        },
    ),
    "who-said-so": (
        {"person": "boris-brand"},
        "kind modality polarity outlet",
        {
            ("Meeting", "reported", "affirmed", "Avaria News"),
            ("Meeting", "reported", "affirmed", "Cordia Times"),
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_question_answers(world: Store, name: str) -> None:
    parameters, columns, rows = CASES[name]
    found = answer(world, name, parameters)
    places = [found.columns.index(column) for column in columns.split()]
    assert {tuple(plain(row[place]) for place in places) for row in found.rows} == rows


@pytest.mark.parametrize("name", CASES)
def test_every_row_leads_to_the_stored_words(world: Store, name: str) -> None:
    texts = {article.id: article.text for article in articles().values()}
    found = answer(world, name, CASES[name][0])
    for quote, article, start, end in zip(
        *map(found.column, ("quote", "article", "start", "end")), strict=True
    ):
        assert texts[plain(article).rpartition("/")[2]][int(plain(start)) : int(plain(end))] == plain(quote)
