"""``legation token``, and the workbench that ``legation serve --writable`` serves."""

from __future__ import annotations

from pathlib import Path

import click

from api.writing.tokens import Tokens, hash_of, new_token
from kb.cli.group import cli
from kb.errors import BadInput, StoreError
from kb.settings import Settings
from kb.store.snapshots import Kind, kind_of
from kb.store.workbench import WorkbenchStore

writable_option = click.option(
    "--writable", is_flag=True, help="Let whoever has a token change it; an empty folder becomes a workbench."
)


def writable_workbench(settings: Settings) -> WorkbenchStore:
    """Open the workbench in the settings' folder for writing; a missing or empty folder becomes one.

    Raises StoreError for a base and for a remote service, BadInput where no token could be good.
    """
    if "://" in settings.store:
        raise StoreError(
            "a remote service is not changed through here",
            place=settings.store,
            repair="Leave out --writable, or give a folder with --store",
        )
    if kind_of(Path(settings.store)) is Kind.BASE:
        raise StoreError(
            "a base is never changed over HTTP: its facts are rebuilt from claims",
            place=settings.store,
            repair="Leave out --writable, or give an empty folder with --store for a workbench",
        )
    if not Tokens.of(settings):
        raise BadInput(
            "without a token nobody may change anything",
            place="LEGATION_UPDATE_TOKEN_HASH",
            repair="Run `legation token` and set the hash that it prints",
        )
    return WorkbenchStore.open(Path(settings.store), settings, writable=True)


@cli.command("token")
def token_command() -> None:
    """Make a token that may change a workbench. It is shown once and kept nowhere.

    \b
    Example:
      legation token
    """
    token = new_token()
    click.echo(token)
    click.echo(hash_of(token))
    click.echo(
        "The first line is the token: give it to who may change the workbench. "
        "The second is its hash: set LEGATION_UPDATE_TOKEN_HASH to it before `legation serve --writable`.",
        err=True,
    )
