"""The guide to the questions, ``queries/README.md``; ``python -m kb.queries.catalogue`` writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kb.queries.library import questions
from kb.queries.parameters import Parameter
from kb.queries.question import Question
from kb.resources import QUERIES

_INTRODUCTION: Final = """\
<!-- Written by `python -m kb.queries.catalogue` from the files' headers; edit those. -->
# What Legation answers

Each file here is one question. Its name is its address: `legation ask NAME key=value…` on the command line,
`/questions/NAME` in a browser, `/questions/NAME.json`, `.csv`, `.tsv` and `.ttl` for programs.

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
    return "\n".join(lines) + "\n\nParameters in bold are required.\n"


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
