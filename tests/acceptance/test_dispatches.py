"""The bundled dispatches, read into a base: what must hold on the seed article, on texts always there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from kb import pipeline
from kb.articles import take_in_all
from kb.namespaces import PREFIXES, expand, sparql_prologue
from kb.queries import answer, questions
from kb.queries.formats import Format, render
from kb.resources import DISPATCHES, ROOT
from kb.terms import graph
from tests.acceptance.base import Base, Row, base_of, the_reader

PLANT: Final = expand("fac:komsomolsk-on-amur-aircraft-plant")

Parameters = dict[str, str]

EVERY_PAIR: Final = """SELECT DISTINCT ?one ?other WHERE {
    { ?dyad lg:dyadMember ?a, ?b } UNION { GRAPH ?g { ?dyad lg:dyadMember ?a, ?b } }
    ?a lg:iso3 ?one . ?b lg:iso3 ?other FILTER(?a != ?b) }"""
EVERY_PERSON: Final = """SELECT DISTINCT ?person WHERE {
    ?event lg:companion ?companion ; lg:visitor|lg:traveller|lg:party ?person }"""
EVERY_EVENT: Final = """SELECT DISTINCT ?event WHERE {
    { ?event lg:kind ?kind } UNION { GRAPH ?g { ?event lg:kind ?kind } } }"""


def asked(base: Base, name: str) -> list[Parameters]:
    """Return parameters of a question about texts that between them reach every row it has over a base."""
    question = questions()[name]
    if not question.one_of and not any(parameter.required for parameter in question.parameters):
        return [{}]
    codes = sorted({one for one, _ in base.select(EVERY_PAIR)})
    if name == "who-accompanied":
        return [{"person": person} for (person,) in base.select(EVERY_PERSON)]
    if name == "who-said-so":
        return [{"event": event} for (event,) in base.select(EVERY_EVENT)]
    needed = question.one_of[-1:] or tuple(each.name for each in question.parameters if each.required)
    if len(needed) == 1:
        return [{needed[0]: code} for code in codes]
    first, second = needed
    return [{first: one, second: other} for one, other in base.select(EVERY_PAIR)]


TOLD: Final = sorted(name for name, question in questions().items() if question.told)
RARE: Final = frozenset({"conflicting-reports"})
"""The question that the dispatches have nothing for: none of them contradicts another."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    articles = take_in_all([DISPATCHES / "texts"], index=DISPATCHES / "INDEX.tsv")
    made = base_of(tmp_path_factory.mktemp("dispatches") / "store", articles)
    yield made
    made.store.close()


@pytest.mark.parametrize("name", TOLD)
def test_every_row_of_every_question_leads_to_its_very_words(base: Base, name: str) -> None:
    texts = _stored_texts(base)
    rows = [row for parameters in asked(base, name) for row in base.ask(name, **parameters)]
    assert rows or name in RARE, f"{name} has no row over the dispatches"
    wrong = [row for row in rows if not _leads_to_its_words(row, texts)]
    assert not wrong, f"{len(wrong)} of {len(rows)} rows do not stand in their texts: {wrong[:3]}"


def _leads_to_its_words(row: Row, texts: dict[str, str]) -> bool:
    text = texts[row["article"]]
    return bool(row["quote"]) and text[int(row["start"]) : int(row["end"])] == row["quote"]


def _stored_texts(base: Base) -> dict[str, str]:
    stored = base.store.graph(graph("texts"))
    return {str(t.subject.value): str(getattr(t.object, "value", "")) for t in stored}  # type: ignore[union-attr]


def test_a_row_whose_words_are_elsewhere_is_found() -> None:
    row = {"article": "a", "quote": "toured", "start": "4", "end": "10"}
    assert _leads_to_its_words(row, {"a": "Kim toured it"})
    assert not _leads_to_its_words(row, {"a": " Kim toured it"})


def test_every_stored_text_is_the_file_to_the_byte(base: Base) -> None:
    texts = _stored_texts(base)
    for article in base.articles:
        file = (DISPATCHES / "texts" / f"{article.doc}.txt").read_bytes()
        assert texts[PREFIXES["art"] + article.id].encode() == file


def test_every_span_of_every_claim_is_its_quote(base: Base) -> None:
    spans = [(article, claim) for article in base.articles for claim in the_reader().read(article)]
    assert len(spans) > 100
    assert all(article.text[claim.start : claim.end] == claim.quote for article, claim in spans)


def test_both_leaders_are_known_to_have_toured_the_plant(base: Base) -> None:
    rows = base.ask("facilities-visited", visitor_state="PRK", host_state="RUS")
    leaders = {row["leader_name"] for row in rows if row["facility"] == PLANT}
    assert leaders == {"Kim Jong Un", "Kim Jong Il"}


def test_the_readme_shows_the_answer_as_it_is(base: Base) -> None:
    found = answer(base.store, "facilities-visited", {"visitor_state": "PRK", "host_state": "RUS"})
    shown = render(found, Format.TABLE, base.store).rstrip()
    assert shown in (ROOT / "README.md").read_text("utf-8"), f"the README should show:\n{shown}"


def test_a_plan_is_no_visit_and_stays_a_plan_until_it_is_reported(base: Base) -> None:
    plans = base.ask("planned-not-reported", visitor_state="PRK", host_state="RUS")
    announced = [row for row in plans if row["when"] == "2019-04-25"]
    assert not announced, "what was planned for that day was reported"


def test_the_same_texts_twice_change_nothing(base: Base) -> None:
    version = base.store.version()
    report = pipeline.ingest(base.store, base.articles, the_reader())
    assert (report.added, report.superseded, report.unchanged) == (0, 0, len(base.articles))
    assert base.store.version() == version


def test_two_copies_of_one_agency_text_are_one_origin(base: Base) -> None:
    rows = base.select(
        sparql_prologue()
        + """SELECT ?event (COUNT(DISTINCT ?article) AS ?articles) ?origins WHERE {
            ?event lg:supportedBy/lg:inArticle ?article ; lg:origins ?origins ; lg:time "2024-06-19" .
        } GROUP BY ?event ?origins HAVING (COUNT(DISTINCT ?article) > 1)"""
    )
    assert rows, "no event of that day is told by both copies"
    assert all(origins == "1" for _, _, origins in rows)
