"""A question's header is read strictly: each fault is found, with the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import BadQuestion
from kb.queries.header import read_question
from kb.queries.parameters import Edge, ParameterType
from kb.queries.question import View

GOOD = """\
#+ question: Who went where?
#+ parameters:
#+   state:
#+     type: state
#+     required: true
#+     about: The state
#+     example: PRK
#+   until:
#+     type: date
#+     about: Not later
#+     edge: latest
#+     example: "2023"
#+ columns:
#+   quote: The words
#+   article: The article
#+   start: Where they begin
#+   end: Where they end
#+   event: The event
#+ fact: event
#+ view: timeline
#+ graphs: [main, alleged]
SELECT ?quote ?article ?start ?end ?event WHERE {
  ?event ?of ?state ; ?says ?quote, ?article, ?start, ?end . FILTER(?quote != ?until)
}
"""


def written(folder: Path, text: str, name: str = "who-went-where.rq") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_good_header_is_read_whole(tmp_path: Path) -> None:
    question = read_question(written(tmp_path, GOOD))
    assert (question.name, question.question) == ("who-went-where", "Who went where?")
    state, until = question.parameters
    assert (state.name, state.type, state.required) == ("state", ParameterType.STATE, True)
    assert (until.type, until.edge, until.required) == (ParameterType.DATE, Edge.LATEST, False)
    assert [column.name for column in question.columns] == ["quote", "article", "start", "end", "event"]
    assert (question.fact, question.view, question.graphs) == ("event", View.TIMELINE, ("main", "alleged"))
    assert question.sparql.startswith("SELECT ?quote")


@pytest.mark.parametrize(
    ("found", "replacement", "line", "words"),
    [
        ("#+ question: Who went where?\n", "", 1, "'question' is missing"),
        ("#+ fact: event\n", "", 1, "'fact' is missing"),
        ("#+ view: timeline", "#+ view: pie", 20, "known are table, map, timeline, network"),
        ("#+ fact: event", "#+ fact: nothing", 19, "'nothing' is not among"),
        ("#+ graphs: [main, alleged]", "#+ graphs: [secret]", 21, "'secret' is not among"),
        ("#+ graphs: [main, alleged]", "#+ graphs: {main: 1}", 21, "must be a list"),
        ("#+ fact: event", "#+ fact: event\n#+ fact: claim", 20, "'fact' stands twice"),
        ("#+ fact: event", "#+ facts: event", 19, "unknown key 'facts'"),
        ("#+     type: state", "#+     type: city", 4, "known are state, iri, date, text, integer"),
        ("#+     required: true", "#+     required: perhaps", 5, "must be true or false"),
        ("#+     example: PRK", "#+     example: North", 7, "is not a state's ISO 3166 alpha-3 code"),
        ('#+     example: "2023"', '#+     example: "2023-13"', 12, "is not a day, month, year"),
        ("#+     about: The state", "#+     about:", 6, "must be a text"),
        ("#+     edge: latest", "#+     edge: [latest", 12, "not YAML"),
        ("#+     type: state", "#+     type: iri\n#+     kind: unicorn", 5, "not the prefix of a kind"),
        ("#+   quote: The words\n", "", 14, "'quote' is not among"),
        ("#+   start: Where they begin\n", "", 14, "'start' is not among"),
        ("?event WHERE", "WHERE", 22, "the header describes"),
        ("?event ?of ?state", "?event ?of ?other", 22, "does not use ?state"),
        ("?event ?of ?state ;", "?event ?of", 22, ""),
        ("FILTER(?quote", "SERVICE <https://example.org/> {} FILTER(?quote", 22, ""),
        (GOOD[GOOD.index("SELECT") : GOOD.index("WHERE")], "ASK ", 22, "a question is a SELECT query"),
    ],
)
def test_a_fault_is_found_with_its_line(
    tmp_path: Path, found: str, replacement: str, line: int, words: str
) -> None:
    assert found in GOOD
    path = written(tmp_path, GOOD.replace(found, replacement, 1))
    with pytest.raises(BadQuestion) as caught:
        read_question(path)
    assert caught.value.place == f"{path.name}:{line}"
    assert words in caught.value.problem


def test_a_file_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match=r"bare\.rq:1: no header"):
        read_question(written(tmp_path, "SELECT * WHERE { ?s ?p ?o }", "bare.rq"))


def test_an_empty_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match=r"empty\.rq:1: the header is empty"):
        read_question(written(tmp_path, "#+\nSELECT * WHERE { ?s ?p ?o }", "empty.rq"))


def test_a_name_that_cannot_be_an_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match="lower-case words"):
        read_question(written(tmp_path, GOOD, "Who Went.rq"))
