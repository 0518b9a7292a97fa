"""``legation ask`` and ``sparql``: answers, printed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

import click

from kb.as_of import Pasts
from kb.cli.grid import grid
from kb.cli.group import cli, store_option
from kb.errors import BadInput, BadParameter
from kb.namespaces import shorten
from kb.queries import answer, question, questions
from kb.queries.as_of import AS_OF, Past
from kb.queries.formats import Format, printable, render
from kb.queries.thresholds import THRESHOLDS
from kb.settings import Settings
from kb.store import QueryKind, Store, guard, open_store

MEDIA = {
    "table": "application/sparql-results+json",
    "csv": "text/csv",
    "json": "application/sparql-results+json",
    "turtle": "text/turtle",
}


@cli.command("ask")
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, metavar="KEY=VALUE...")
@click.option(
    "--format", "form", type=click.Choice([str(form) for form in Format]), default="table", show_default=True
)
@store_option
@click.pass_obj
def ask_command(settings: Settings, name: str | None, parameters: tuple[str, ...], form: str) -> None:
    """Ask one of the questions in queries/; without a name, list them.

    \b
    Examples:
      legation ask
      legation ask facilities-visited visitor_state=PRK host_state=RUS
      legation ask facilities-visited visitor_state=PRK host_state=RUS min_evidence=SingleSource
      legation ask planned-not-reported visitor_state=PRK --format csv
      legation ask planned-not-reported visitor_state=PRK as_of=2023-09-12
    """
    if name is None:
        _list_questions()
        return
    given = _pairs(parameters)
    day = question(name).day(given)
    with open_store(settings.store, settings) as store:
        with nullcontext() if day is None else _past(store, settings, day) as past:
            found = answer(store, name, given, past)
        click.echo(render(found, Format(form), store), nl=False)
    if found.truncated:
        click.echo(
            f"legation: cut at {len(found.cells)} rows; LEGATION_QUERY_ROWS and LEGATION_ANSWER_BYTES"
            " are the limits",
            err=True,
        )


@contextmanager
def _past(store: Store, settings: Settings, day: date) -> Iterator[Past]:
    """Give the base of an earlier day, made for this once."""
    pasts = Pasts(store, settings)
    try:
        with pasts.on(day, settings.as_of_seconds + settings.query_seconds) as past:
            yield past
    finally:
        pasts.close()


def _list_questions() -> None:
    for name, each in questions().items():
        click.echo(f"{name}\n    {each.question}")
        for parameter in each.parameters:
            need = "required" if parameter.required else "optional"
            click.echo(f"    {parameter.name}={parameter.example}  ({need}) {parameter.about}")
    click.echo("Questions whose rows rest on words of texts also take:")
    for parameter in (*THRESHOLDS, AS_OF):
        click.echo(f"    {parameter.name}={parameter.example}  ({parameter.hint()}) {parameter.about}")


def _pairs(words: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign:
            raise BadParameter(f"{word!r} is not KEY=VALUE", repair="Write it as visitor_state=PRK")
        if key in found:
            raise BadParameter(f"{key} is given twice", repair="Give it once")
        found[key] = value
    return found


@cli.command("sparql")
@click.argument("query", metavar="QUERY|FILE")
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(MEDIA)),
    default=None,
    help="Default: table or turtle.",
)
@store_option
@click.pass_obj
def sparql_command(settings: Settings, query: str, form: str | None) -> None:
    """Run a SPARQL query, given as text or as a file.

    The prefixes of the project (lg:, state:, fac:, person:, g: ...) may be used undeclared. A query reads; it
    cannot change the store nor reach another service.

    \b
    Examples:
      legation sparql 'SELECT ?f WHERE { ?f a lg:Plant }'
      legation sparql visits.rq --format csv
    """
    text = _query_text(query)
    kind = guard.check(text)
    makes_graph = kind in (QueryKind.CONSTRUCT, QueryKind.DESCRIBE)
    chosen = form or ("turtle" if makes_graph else "table")
    if (chosen == "turtle") != makes_graph or (chosen == "csv" and kind is QueryKind.ASK):
        raise BadInput(f"a {kind} query has no {chosen} form", place="--format", repair="Leave --format out")
    with open_store(settings.store, settings) as store:
        found = store.query_bytes(text, MEDIA[chosen])
    content = found.whole().decode("utf-8")
    click.echo(_cells(content) if chosen == "table" else content, nl=chosen == "json")
    if found.truncated:
        click.echo("legation: cut; LEGATION_QUERY_ROWS and LEGATION_ANSWER_BYTES are the limits", err=True)


def _query_text(query: str) -> str:
    """Return the query: the file's content where a file of that name stands, else the argument itself.

    ``DESCRIBE state:RUS`` is a query, and no file's name as a rule: two words and no file are a query.
    """
    if "{" in query or "\n" in query:
        return query
    try:
        return Path(query).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"not UTF-8 at byte {error.start}", place=query, repair="Save it as UTF-8") from error
    except OSError as error:
        if len(query.split()) > 1:
            return query
        raise BadInput(
            f"neither a query nor a file ({error.strerror})",
            place=query,
            repair="Give a query in quotes, or its file",
        ) from error


def _cells(results: str) -> str:
    """Return SPARQL JSON results as a table for a terminal, or the yes or no of an ASK."""
    content = json.loads(results)
    if "boolean" in content:
        return "yes\n" if content["boolean"] else "no\n"
    names = content["head"]["vars"]
    rows = [[_shown(row.get(name)) for name in names] for row in content["results"]["bindings"]]
    return f"{grid(names, rows)}\n{len(rows)} {'row' if len(rows) == 1 else 'rows'}\n"


def _shown(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    short = shorten(term["value"]) if term["type"] == "uri" else None
    return printable(short or term["value"])
