"""``legation build``, ``check`` and ``format``: the base itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from kb import pipeline
from kb.canonical import check_files, format_file
from kb.checks import Report, load_for_checks, run_checks
from kb.cli.group import cli, store_option
from kb.errors import CheckFailed
from kb.resources import turtle_files
from kb.settings import Settings
from kb.store import open_store

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@cli.command("build")
@store_option
@click.pass_obj
def build_command(settings: Settings) -> None:
    """Put ontology and reference data into the store, and derive the facts of its claims anew.

    \b
    Example:
      legation build --store my-base
    """
    with open_store(settings.store, settings) as store:
        pipeline.build(store)
        click.echo(f"Built {settings.store} at version {store.version()}")


@cli.command("check")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--reasoner/--no-reasoner", default=None, help="Default: reason where Java is installed.")
@store_option
@click.pass_obj
def check_command(settings: Settings, form: str, reasoner: bool | None) -> None:
    """Check the store, or the bundled data where there is no store yet: shapes, reasoner, hygiene.

    Exit code 6 when anything is found.

    \b
    Examples:
      legation check
      legation check --store my-base --format json
    """
    with_reasoner = shutil.which("java") is not None if reasoner is None else reasoner
    absent = "://" not in settings.store and not Path(settings.store).exists()
    checked = f"the bundled data (no store at {settings.store})" if absent else settings.store
    report = run_checks(load_for_checks(settings), with_reasoner=with_reasoner)
    click.echo(_as_json(report) if form == "json" else _as_text(report, checked))
    if not with_reasoner:
        click.echo("legation: the reasoner did not run; it needs Java (or --no-reasoner was given)", err=True)
    if report.findings:
        raise CheckFailed(f"{len(report.findings)} findings")


def _as_text(report: Report, checked: str) -> str:
    lines = [f"{found.check}: {found.subject}: {found.message} {found.repair}" for found in report.findings]
    return "\n".join([*lines, f"{len(report.ran)} checks ran on {checked}, {len(report.findings)} findings"])


def _as_json(report: Report) -> str:
    findings = [
        {"check": found.check, "subject": found.subject, "message": found.message, "repair": found.repair}
        for found in report.findings
    ]
    return json.dumps({"ran": list(report.ran), "findings": findings}, ensure_ascii=False, indent=2)


@cli.command("format")
@click.argument(
    "paths", nargs=-1, metavar="[FILE...]", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 6 when a file differs.")
@store_option
def format_command(paths: tuple[Path, ...], only_check: bool) -> None:
    """Write Turtle files in the one canonical form (default: every Turtle file of the project).

    \b
    Examples:
      legation format --check
      legation format kb/data/reference/persons.ttl
    """
    chosen = list(paths) or turtle_files()
    if only_check:
        differing = check_files(chosen)
        for path in differing:
            click.echo(f"{path}: not canonical; `legation format {path}` writes it")
        click.echo(f"{len(chosen)} files, {len(differing)} not canonical")
        if differing:
            raise CheckFailed(f"{len(differing)} files are not in canonical form")
        return
    changed = [path for path in chosen if format_file(path)]
    for path in changed:
        click.echo(f"{path}: written")
    click.echo(f"{len(chosen)} files, {len(changed)} written")
