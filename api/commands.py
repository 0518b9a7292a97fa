"""``legation serve`` and ``demo``, added to the command line."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

import api.term_pages.command  # noqa: F401 (it adds its command)
from api.serve import serve
from api.writing.command import writable_option, writable_workbench
from kb import pipeline
from kb.articles import take_in_all
from kb.cli import cli
from kb.cli.group import store_is_chosen, store_option
from kb.cli.texts import progress
from kb.errors import NotFound
from kb.extractors import RULES, together
from kb.resources import DISPATCHES
from kb.settings import Settings
from kb.store import open_store
from kb.store.workbench import WorkbenchStore

__all__ = ["cli"]

DEMO_STORE = ".legation/demo"
PORT = 8717
PORTS = click.IntRange(0, 65535)

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
port_option = click.option("--port", default=PORT, show_default=True, type=PORTS, help="0: any free one.")


@cli.command("serve")
@host_option
@port_option
@store_option
@writable_option
@click.pass_obj
def serve_command(settings: Settings, host: str, port: int, writable: bool) -> None:
    """Serve a base: pages, questions and SPARQL, until SIGTERM or Ctrl-C.

    With --writable it is a workbench instead: a data set of your own, changed over HTTP.

    \b
    Examples:
      legation serve --store my-base --port 8080
      legation serve --writable --store my-bench
    """
    store = writable_workbench(settings) if writable else open_store(settings.store, settings)
    if not isinstance(store, WorkbenchStore) and not store.graph_names():
        store.close()
        raise NotFound(
            "nothing is stored there",
            place=settings.store,
            repair="Run `legation build` or `legation ingest` first",
        )
    serve(store, settings, host=host, port=port, announce=_announce)


def _announce(address: str) -> None:
    click.echo(f"Legation answers at {address} (SPARQL: {address}sparql). Ctrl-C stops it.")
    sys.stdout.flush()


@cli.command("demo")
@host_option
@port_option
@store_option
@click.pass_obj
def demo_command(settings: Settings, host: str, port: int) -> None:
    """Build a base from the bundled dispatches and serve it.

    The base stands in .legation/demo unless --store says otherwise; a second run finds it there.

    \b
    Example:
      legation demo --port 8080
    """
    chosen = settings if store_is_chosen() else replace(settings, store=DEMO_STORE)
    _fill(chosen)
    serve(open_store(chosen.store, chosen), chosen, host=host, port=port, announce=_announce)


def _fill(settings: Settings) -> None:
    """Build the base and read the dispatches into it; what it has already is left alone."""
    articles = take_in_all([DISPATCHES / "texts"], index=DISPATCHES / "INDEX.tsv")
    with open_store(settings.store, settings) as store:
        click.echo("Building the base from ontology and reference data", err=True)
        pipeline.prepare(store)
        with progress(articles, "Reading the dispatches") as steps:
            report = pipeline.ingest(store, steps, together(settings, RULES))
    click.echo(f"{len(articles)} dispatches, {report.added} of them new: {report.claims} claims", err=True)
