"""``legation switch``: a freshly built store takes the place of the one that is served."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.group import cli, store_option
from kb.errors import BadInput
from kb.settings import Settings
from kb.store.switching import switch

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@cli.command("switch")
@click.argument("folder", type=FOLDER)
@store_option
@click.pass_obj
def switch_command(settings: Settings, folder: Path) -> None:
    """Lead the link --store to the store in FOLDER, under a running service.

    Each query is answered by the old store or by the new one. The old folder stays as it is.

    \b
    Example:
      legation build --store base-2 && legation switch base-2 --store base
    """
    if "://" in settings.store:
        raise BadInput("a service has no link", place=settings.store, repair="Give the link to a folder")
    done = switch(Path(settings.store), folder)
    click.echo(f"{settings.store} leads to {done.after} at version {done.version}")
