"""The command group: how an error of the family becomes one clear line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from kb import __version__
from kb.errors import INTERRUPTED, LegationError
from kb.settings import Settings

CHOSEN = "legation.store"
"""Where a run remembers that its user named a store."""
F = TypeVar("F", bound=Callable[..., Any])


class LegationGroup(click.Group):
    """A group whose commands report an error of the family as one line, without a stack."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for word in args:
            try:
                word.encode()
            except UnicodeEncodeError as error:
                raise click.UsageError(f"an argument is not UTF-8: {word!a}") from error
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LegationError as error:
            click.echo(f"legation: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("legation: stopped; what was finished is kept", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Who read our output (head, less) has gone: no error, and nothing more can be said to it.
            _say_no_more()
            ctx.exit(0)
        except OSError as error:  # what no room foresaw, such as a full disk under our own output
            click.echo(f"legation: {error.filename or 'the output'}: {error.strerror}", err=True)
            if error.filename is None:
                _say_no_more()
            ctx.exit(LegationError.exit_code)


def _say_no_more() -> None:
    """Let what still waits to be printed go nowhere: Python would try again at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=LegationGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="legation")
@click.option("--store", metavar="PATH|ADDRESS", help="Default: LEGATION_STORE, else .legation/store.")
@click.pass_context
def cli(ctx: click.Context, store: str | None) -> None:
    """Read articles and communiqués into facts that lead back to their words, and ask them.

    \b
    Try:
      legation demo
      legation read note.txt --outlet "Ministry of Foreign Affairs" --published 2024-06-19
      legation ask facilities-visited visitor_state=PRK host_state=RUS

    Exit codes: 0 done, 1 failed, 2 bad input, 3 not found, 4 store, 5 time limit, 6 a check found something,
    7 an optional part is missing, 130 interrupted.
    """
    ctx.obj = Settings.from_environment()
    ctx.meta[CHOSEN] = "LEGATION_STORE" in os.environ
    _choose_store(ctx, None, store)


def _choose_store(ctx: click.Context, _param: click.Parameter | None, value: str | None) -> None:
    if value:
        ctx.obj = replace(ctx.obj, store=value)
        ctx.meta[CHOSEN] = True


def store_is_chosen() -> bool:
    """Say whether the user named a store, by option or variable."""
    return bool(click.get_current_context().meta[CHOSEN])


def store_option(command: F) -> F:
    """Add ``--store`` to a command, so that it may stand before or after the command's name."""
    return click.option(
        "--store",
        metavar="PATH|ADDRESS",
        expose_value=False,
        callback=_choose_store,
        help="A folder, or the query address of a SPARQL 1.1 service (also LEGATION_STORE).",
    )(command)
