"""``legation read``, ``ingest`` and ``retract``: texts in, claims out or stored."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from kb import pipeline
from kb.articles import published_day, take_in_all, unused_rows
from kb.claims import to_json_line, to_turtle
from kb.cli.grid import grid
from kb.cli.group import cli, store_option
from kb.entities import resolve
from kb.errors import BadArticle, BadInput, ExtractorError
from kb.extractors import Together, together
from kb.namespaces import PREFIXES
from kb.records import Article, Claim
from kb.settings import Settings
from kb.store import open_store

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)

COLUMNS = ("doc", "type", "modality", "edtf", "agents", "counterparts", "where", "speaker", "quote")


def text_options(command: F) -> F:
    """Add what ``read`` and ``ingest`` take: the files, and who published them when."""
    for decorate in (
        click.option(
            "--extractor",
            "extractors",
            metavar="NAMES",
            help="What reads them, with commas: rules, model, … (also LEGATION_EXTRACTORS).",
        ),
        click.option(
            "--index",
            type=click.Path(path_type=Path),
            help="The path of a TSV table with columns id, outlet, date.",
        ),
        click.option("--published", metavar="DATE", help="When the texts were published, as 2023-09-15."),
        click.option("--outlet", default="unknown", show_default=True, help="Who published the texts."),
        click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=PATH),
    ):
        command = decorate(command)
    return command


def _articles(
    settings: Settings, paths: Sequence[Path], outlet: str, published: str | None, index: Path | None
) -> list[Article]:
    if index and (published or outlet != "unknown"):
        raise BadArticle(
            "--index already says outlet and date", place=str(index), repair="Give one or the other"
        )
    day = published_day(published, place="--published")
    articles = take_in_all(paths, outlet=outlet, published=day, index=index, limit=settings.article_bytes)
    if index and any(path.is_dir() for path in paths) and (unused := unused_rows(paths, index)):
        some = ", ".join(unused[:5]) + (", …" if len(unused) > 5 else "")
        click.echo(f"legation: {index}: rows without a file in these folders: {some}", err=True)
    return articles


def _claims(
    read: Together, articles: Iterable[Article], unread: list[Article]
) -> Iterator[tuple[Article, Claim]]:
    """Yield the claims of articles; one that nothing could read is put among the unread."""
    for article in read.each(articles):
        try:
            found = read.read(article)
        except ExtractorError:
            unread.append(article)
            continue
        claims, _ = resolve(found, article)
        for claim in claims:
            yield article, claim


@cli.command("read")
@text_options
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl", "turtle"]), default="table", show_default=True
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes that read by rules, 300 MB each; the output is the same.",
)
@store_option
@click.pass_obj
def read_command(
    settings: Settings,
    paths: tuple[Path, ...],
    outlet: str,
    published: str | None,
    index: Path | None,
    extractors: str | None,
    form: str,
    workers: int,
) -> None:
    """Print the claims of texts and store nothing; --store is taken, as everywhere, and left alone.

    Of a folder, the .txt files that lie in it are read; folders in it are not.

    \b
    Examples:
      legation read note.txt --outlet "Ministry of Foreign Affairs" --published 2024-06-19
      legation read texts/ --index INDEX.tsv --format jsonl > claims.jsonl
      legation read note.txt --extractor rules,model
    """
    articles = _articles(settings, paths, outlet, published, index)
    read = together(settings, extractors, workers=workers)
    unread: list[Article] = []
    with progress(articles, "reading") as steps:
        found = _claims(read, steps, unread)
        if form == "jsonl":
            for _, claim in found:
                click.echo(to_json_line(claim))
        elif form == "turtle":
            click.echo(to_turtle(found, run=read.version), nl=False)
        else:
            click.echo(grid(COLUMNS, [_row(claim) for _, claim in found]))
    _report(read, len(unread))


def _report(read: Together, unread: int) -> None:
    """Tell on standard error what the extractors have to say at the end of a run.

    Raises ExtractorError where texts were not read: a script must not take that for success.
    """
    for line in read.report():
        click.echo(f"legation: {line}", err=True)
    if unread:
        texts = "1 text was" if unread == 1 else f"{unread} texts were"
        raise ExtractorError(f"{texts} not read", repair="The lines above say why; run it again")


def progress(articles: Sequence[Article], label: str) -> Any:
    """Return a progress bar over articles, on standard error, silent where that is no terminal."""
    return click.progressbar(
        articles, label=label, file=sys.stderr, show_pos=True, hidden=not sys.stderr.isatty()
    )


def _row(claim: Claim) -> tuple[str, ...]:
    where = claim.facility or claim.place
    return (
        claim.doc,
        claim.type.value,
        claim.modality.value + ("" if claim.polarity.value == "affirmed" else ", negated"),
        claim.edtf or "",
        "; ".join(ref.name for ref in claim.agents),
        "; ".join(ref.name for ref in claim.counterparts),
        where.name if where else claim.country or "",
        claim.speaker.name if claim.speaker else "",
        claim.quote,
    )


@cli.command("ingest")
@text_options
@store_option
@click.pass_obj
def ingest_command(
    settings: Settings,
    paths: tuple[Path, ...],
    outlet: str,
    published: str | None,
    index: Path | None,
    extractors: str | None,
) -> None:
    """Read texts and store their claims and the facts that follow.

    One text is one transaction: a run that is stopped keeps what it finished, and the same run again goes on.

    Of a folder, the .txt files that lie in it are read; folders in it are not.

    \b
    Examples:
      legation ingest note.txt --outlet "Ministry of Foreign Affairs" --published 2024-06-19
      legation ingest texts/ --index INDEX.tsv --store my-base
    """
    articles = _articles(settings, paths, outlet, published, index)
    read = together(settings, extractors)
    with open_store(settings.store, settings) as store, progress(articles, "ingesting") as steps:
        pipeline.prepare(store)
        report = pipeline.ingest(store, steps, read)
    click.echo(
        f"{report.added} added, {report.superseded} read anew, {report.unchanged} unchanged; "
        f"{report.claims} claims. Store: {settings.store}"
    )
    _report(read, report.unread)


@cli.command("retract")
@click.argument("article")
@click.option("--reason", required=True, help="Why the article no longer counts; kept with its claims.")
@store_option
@click.pass_obj
def retract_command(settings: Settings, article: str, reason: str) -> None:
    """Take back all that rests on an article; its claims stay, marked with date and reason.

    ARTICLE is its identifier or its IRI, as `legation sparql` shows it.

    \b
    Example:
      legation retract 3f2a91c04b7de815 --reason "The outlet withdrew the report on 2024-07-01"
    """
    if not reason.strip():
        raise BadInput("the reason is empty", place="--reason", repair="Say why the article no longer counts")
    identifier = article.removeprefix(PREFIXES["art"]).removeprefix("art:")
    with open_store(settings.store, settings) as store:
        changed = pipeline.retract(store, identifier, reason, date.today())
    if changed:
        click.echo(f"{identifier}: retracted. Its claims are kept, its facts are gone")
    else:
        click.echo(f"{identifier}: was retracted before; date and reason stay as they were")
