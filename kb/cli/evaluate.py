"""``legation evaluate``: claims against gold claims, as tables, JSON and a report in HTML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from kb.claims import write_jsonl
from kb.cli.evaluate_text import evaluation_text
from kb.cli.group import cli, store_option
from kb.cli.texts import progress
from kb.errors import BadInput, ExtractorError, LegationError
from kb.evaluation.as_json import errors_json, evaluation_json
from kb.evaluation.floors import Held, hold, parse_floors
from kb.evaluation.given import read_claims
from kb.evaluation.gold import read_gold
from kb.evaluation.pairing import solver
from kb.evaluation.records import Claims, GoldSet
from kb.evaluation.report import report_html
from kb.evaluation.scoring import DRAWS, evaluate
from kb.evaluation.verdicts import judge
from kb.extractors import together
from kb.records import Claim
from kb.settings import Settings

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(path_type=Path)

ALIASES = click.option(
    "--aliases",
    multiple=True,
    type=FILE,
    help="A table of names: form, tab, canonical. Always read too: aliases.tsv in DIR or beside it.",
)
FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
BOOT = click.option(
    "--draws",
    type=click.IntRange(0),
    default=DRAWS,
    show_default=True,
    help="Draws of texts for the intervals; 0: no intervals.",
)


class ScoreByDefault(click.Group):
    """A group in which a first word that is no command is the folder to score."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``score`` before words that begin with none of the group's commands."""
        return super().parse_args(ctx, args if args and args[0] in self.commands else ["score", *args])


@cli.group("evaluate", cls=ScoreByDefault)
@store_option
def evaluate_group() -> None:
    """Score claims against gold claims: `legation evaluate DIR`; or compare two runs."""


@evaluate_group.command("score")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--claims", type=FILE, help="Score the claims of this file. Default: read the texts now.")
@click.option("--extractor", "extractors", metavar="NAMES", help="What reads the texts: rules, model, …")
@ALIASES
@FORM
@BOOT
@click.option("--save", type=FILE, help="Write the claims that were scored, to compare or score again.")
@click.option("--errors", type=FILE, help="Write what was missed, invented or wrong, one JSON object a line.")
@click.option("--html", type=FILE, help="Write a report that shows texts, gold and claims side by side.")
@click.option(
    "--min",
    "least",
    multiple=True,
    metavar="NAME=VALUE",
    help="Fail where a figure is lower: eleven.core=.60",
)
@store_option
@click.pass_obj
def score_command(
    settings: Settings,
    folder: Path,
    claims: Path | None,
    extractors: str | None,
    aliases: tuple[Path, ...],
    form: str,
    draws: int,
    save: Path | None,
    errors: Path | None,
    html: Path | None,
    least: tuple[str, ...],
) -> None:
    """Score the reader, or the claims of a file, on the texts of DIR: texts/, INDEX.tsv and gold/.

    `legation evaluate DIR` is short for `legation evaluate score DIR`. Exit code 1 when a figure lies below a
    floor given with --min. What the figures mean: docs/evaluation.md.

    \b
    Examples:
      legation evaluate my-texts
      legation evaluate my-texts --claims other-tool.jsonl --html report.html
      legation evaluate my-texts --save after.jsonl --min core=.60 --min slot.edtf=.85
      legation evaluate compare before.jsonl after.jsonl --gold my-texts
    """
    floors = parse_floors(least)
    refuse_unwritable(save, errors, html)
    solver()  # before the texts are read, not after
    gold = read_gold(folder, aliases, settings.article_bytes)
    found, source = given(claims, gold) if claims else read_now(settings, gold, extractors)
    if save:
        write_jsonl((claim for doc in found.values() for claim in doc), save)
    scored = evaluate(gold, found, draws)
    held = hold(scored, floors)
    if errors:
        lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in errors_json(judge(scored)))
        errors.write_text("".join(lines), "utf-8", newline="")
    if html:
        html.write_text(report_html(scored, gold, source), "utf-8", newline="")
    if form == "json":
        click.echo(json.dumps(evaluation_json(scored, gold, source, held), ensure_ascii=False, indent=2))
    else:
        click.echo(evaluation_text(scored, gold, source))
    fail_below(held)
    if not claims and len(found) < len(gold.texts):
        unread = (
            f"{len(gold.texts) - len(found)} of {len(gold.texts)} texts were not read and count as missed"
        )
        raise ExtractorError(unread, repair="The lines above say why")


def read_now(settings: Settings, gold: GoldSet, extractors: str | None) -> tuple[Claims, str]:
    """Return what the extractors find, by text, and a word for them; an unread text has no claims."""
    read = together(settings, extractors)
    found: dict[str, tuple[Claim, ...]] = {}
    with progress([text.article for text in gold.texts.values()], "reading") as steps:
        for article in steps:
            try:
                found[article.doc] = tuple(read.read(article))
            except ExtractorError as error:
                click.echo(f"legation: {article.doc} counts as missed: {error}", err=True)
    for line in read.report():
        click.echo(f"legation: {line}", err=True)
    return found, f"read now, {read.version}"


def given(path: Path, gold: GoldSet) -> tuple[Claims, str]:
    """Return the claims of a file by text, and a word for it; say which of its texts have no gold."""
    found, unknown = read_claims(path, gold)
    if not found:
        click.echo(f"legation: {path}: holds no claim; all gold counts as missed", err=True)
    if unknown:
        some = ", ".join(unknown[:5]) + (", …" if len(unknown) > 5 else "")
        click.echo(f"legation: {path}: not scored, no such text in the folder: {some}", err=True)
    return found, str(path)


def refuse_unwritable(*paths: Path | None) -> None:
    """Raise BadInput for a file whose folder does not exist: before the texts are read, not after."""
    for path in paths:
        if path and not path.parent.is_dir():
            raise BadInput("no such folder", place=str(path.parent), repair="Make it, or name another file")


def fail_below(held: Sequence[Held]) -> None:
    """Say what each floor found, and raise LegationError where one was missed."""
    for each in held:
        click.echo(f"legation: {'MISSED: ' if each.missed else ''}{each}", err=True)
    missed = sum(each.missed for each in held)
    if missed:
        raise LegationError(f"{missed} of {len(held)} floors missed")
