"""The guide to the questions, ``queries/README.md``; ``python -m kb.queries.catalogue`` writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kb.queries.as_of import AS_OF
from kb.queries.library import questions
from kb.queries.parameters import Parameter
from kb.queries.question import Question
from kb.queries.thresholds import THRESHOLDS
from kb.resources import QUERIES

_INTRODUCTION: Final = """\
<!-- Written by `python -m kb.queries.catalogue` from the files' headers; edit those. -->
# What Legation answers

Each file here is one question. Its name is its address: `legation ask NAME key=value…` on the command line,
`/questions/NAME` in a browser, `/questions/NAME.json`, `.csv`, `.tsv`, `.xml`, `.srj` and `.ttl` for programs
([docs/questions.md](../docs/questions.md)).

"""

_RULES: Final = """\
## How a question file is written

A header of `#+` lines holds YAML; the SPARQL query follows. Keys of the header:

- `question`: the question in plain words; `about`: what is counted and what is not.
- `parameters`, by name: `type` (state, iri, date, text, integer), `about`, `example`; where needed
  `required`, `default`, `allowed`, `kind` (the prefix of an IRI's kind) and `edge` (which end of a date is
  meant: earliest or latest).
- `one_of`: parameters of which at least one must be given.
- `columns`: what each holds, in the order of the query. A question about what
  texts say has `quote`, `article`, `start` and `end`, so that every row leads to the stored text; one about
  curated records has `source`, the titles of the documents and data sets that the record is known from.
- `fact`: the column that holds the event, claim or record which the row reports.
- `view`: how the answer is best shown: table, map, timeline, network.
- `graphs`: what is asked: main (what stands as fact), prospective, alleged, contested.

Parameters are bound as RDF terms, never pasted into the query. One that is not given leaves its variable
unbound; the query says `FILTER(!BOUND(?from) || …)`.

`from` and `until` mean overlap: a row stays when its event may have happened in the period asked for. An
event with one open end may reach that way for ever; an event without any date is left out once a period is
asked for.

Every question whose rows rest on texts takes the thresholds as well: `min_evidence`, `min_origins` and
`exclude_state_media` are filters on its fact, put at the end of the query when they are given. It takes
`as_of` too, which changes nothing in the query: a store that holds what was known that day is asked instead
([docs/questions.md](../docs/questions.md)). A question is ordered by variables and expressions that could
also be columns, because pages are made by them.

Queries are written for bases of ten million triples. A pattern that finds few things stands in a subquery of
its own that ends in `LIMIT 1000000`, which nothing reaches: Oxigraph takes it for the size of what it holds,
and looks up what follows row by row, where it would else read whole columns. A subquery has the parameters
that narrow it among its columns; they are bound inside it too. In an EXISTS each step stands in an EXISTS of
its own, as a path there may be walked from its far end.
"""

_THRESHOLDS: Final = """
Every question whose rows rest on words of texts also takes these:

| parameter | takes | meaning | example |
|---|---|---|---|
"""


def catalogue() -> str:
    """Return the guide as Markdown."""
    asked = questions().values()
    return _INTRODUCTION + _table(asked) + "\n" + "".join(map(_section, asked)) + _RULES


def _table(asked: Iterable[Question]) -> str:
    lines = ["| question | name | parameters |", "|---|---|---|"]
    for question in asked:
        parameters = ", ".join(f"**{p.name}**" if p.required else p.name for p in question.parameters)
        lines.append(f"| {question.question} | [`{question.name}`](#{question.name}) | {parameters} |")
    thresholds = "\n".join(map(_parameter, (*THRESHOLDS, AS_OF)))
    return "\n".join(lines) + "\n\nParameters in bold are required.\n" + _THRESHOLDS + thresholds + "\n"


def _section(question: Question) -> str:
    given = " ".join(f"{name}={value}" for name, value in question.example().items())
    parameters = "\n".join(map(_parameter, question.parameters))
    columns = "\n".join(f"| `{column.name}` | {column.about} |" for column in question.columns)
    return (
        f"## {question.name}\n\n{question.question} {question.about}\n\n"
        f"    legation ask {question.name} {given}\n\n"
        f"| parameter | takes | meaning | example |\n|---|---|---|---|\n{parameters}\n\n"
        f"| column | holds |\n|---|---|\n{columns}\n\n"
    )


def _parameter(parameter: Parameter) -> str:
    need = ", required" if parameter.required else ""
    return f"| `{parameter.name}`{need} | {parameter.hint()} | {parameter.about} | `{parameter.example}` |"


if __name__ == "__main__":
    (QUERIES / "README.md").write_text(catalogue(), "utf-8")
