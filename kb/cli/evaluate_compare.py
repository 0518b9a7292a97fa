"""``legation evaluate compare``: which claims of two runs differ, and which of them turned right or wrong."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kb.cli.evaluate import ALIASES, BOOT, FILE, FOLDER, FORM, evaluate_group, given
from kb.cli.evaluate_text import comparison_text
from kb.cli.group import store_option
from kb.evaluation.as_json import change_json, difference_json
from kb.evaluation.comparing import changes, differences
from kb.evaluation.gold import read_gold
from kb.evaluation.levels import LEVELS
from kb.evaluation.scoring import evaluate
from kb.settings import Settings


@evaluate_group.command("compare")
@click.argument("before", metavar="RUN_A", type=FILE)
@click.argument("after", metavar="RUN_B", type=FILE)
@click.option("--gold", "folder", metavar="DIR", required=True, type=FOLDER, help="Texts with gold.")
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="core",
    show_default=True,
    help="By which level the list is ordered: from it on a claim is right.",
)
@ALIASES
@FORM
@BOOT
@store_option
@click.pass_obj
def compare_command(
    settings: Settings,
    before: Path,
    after: Path,
    folder: Path,
    level: str,
    aliases: tuple[Path, ...],
    form: str,
    draws: int,
) -> None:
    """List the claims that appeared, vanished or changed between two runs, and which turned right or wrong.

    A run is a file that `legation evaluate DIR --save FILE` wrote, or claims of another tool. Two claims are
    the same where their type is and half of the shorter span is shared.

    \b
    Example:
      legation evaluate compare before.jsonl after.jsonl --gold my-texts --level full
    """
    gold = read_gold(folder, aliases, settings.article_bytes)
    one, other = given(before, gold)[0], given(after, gold)[0]
    first, second = evaluate(gold, one, 0), evaluate(gold, other, 0)
    moved = differences(first, second, draws)
    found = changes(gold, (one, first), (other, second))
    if form == "json":
        figures, listed = [difference_json(each) for each in moved], [change_json(each) for each in found]
        click.echo(json.dumps({"figures": figures, "changes": listed}, ensure_ascii=False, indent=2))
    else:
        click.echo(comparison_text(moved, found, level))
