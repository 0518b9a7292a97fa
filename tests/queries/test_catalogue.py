"""The guide to the questions is written from the files, and never lags behind them."""

from __future__ import annotations

from kb.queries import questions
from kb.queries.catalogue import catalogue
from kb.resources import QUERIES

EIGHT = {
    "facilities-visited",
    "hardware-at-visited-facilities",
    "meetings-of-leaders",
    "planned-not-reported",
    "timeline-of-a-dyad",
    "transfers-alleged",
    "who-accompanied",
    "who-said-so",
}


def test_the_guide_is_what_the_files_say() -> None:
    stored = (QUERIES / "README.md").read_text("utf-8")
    assert stored == catalogue(), "run `python -m kb.queries.catalogue`"


def test_every_question_stands_in_the_guide() -> None:
    guide = catalogue()
    assert set(questions()) >= EIGHT
    for name, question in questions().items():
        assert f"## {name}\n" in guide
        for column in question.columns:
            assert f"| `{column.name}` | {column.about} |" in guide


def test_every_question_has_its_words_and_claim_or_its_sources_as_columns() -> None:
    for question in questions().values():
        names = {column.name for column in question.columns}
        wanted = {"quote", "article", "start", "end", "claim"} if question.told else {"source", question.fact}
        assert wanted <= names, question.name


def test_there_are_twenty_questions_and_more() -> None:
    assert len(questions()) >= 20


def test_a_period_is_told_by_the_same_two_parameters_everywhere() -> None:
    for question in questions().values():
        edges = {p.name: p.edge.value for p in question.parameters if p.name in ("from", "until")}
        assert edges in ({}, {"from": "earliest", "until": "latest"}), question.name
