"""``legation docs``, added to the command line."""

from __future__ import annotations

from pathlib import Path

import click

from api.term_pages.static import write_terms
from kb.cli import cli
from kb.cli.group import store_option

FOLDER = click.Path(file_okay=False, path_type=Path)


@cli.group("docs")
@store_option
def docs() -> None:
    """Write documentation to be published."""


@docs.command("terms")
@click.option("-o", "--output", required=True, type=FOLDER, help="A new or an empty folder.")
def terms_command(output: Path) -> None:
    """Write a page for each term of the vocabulary, in English, Russian and Korean, and its Turtle.

    The pages stand on their own: no service is needed to show them.

    \b
    Example:
      legation docs terms -o site/terms
    """
    click.echo(f"Wrote {write_terms(output)} files into {output}")
