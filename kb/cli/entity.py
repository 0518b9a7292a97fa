"""``legation entity``: the curated entities that reading knows, as tables that one edits and gives back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kb import pipeline
from kb.cli.curation import show
from kb.cli.group import cli, store_option
from kb.entities.table_add import one_row
from kb.entities.table_base import Base
from kb.entities.table_out import table_of

FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
WRITE = click.option("--write", is_flag=True, help="Write it, where nothing is wrong. Default: only show.")
ALL = click.option(
    "--all", "everything", is_flag=True, help="Show every entity that changes, not the first 40."
)


@cli.group("entity")
@store_option
def entity() -> None:
    """Find, list and curate the entities of the reference data.

    \b
    Examples:
      legation entity table tenure --state RUS -o tenures.tsv
      legation entity import tenures.tsv
      legation entity import tenures.tsv --write
    """


@entity.command("table")
@click.argument("kind")
@click.option("--columns", help="Names with commas between them. Default: all that the kind has.")
@click.option("--state", default="", help="Only entities of a state, by alpha-3 code.")
@click.option(
    "-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Default: standard output."
)
def table_command(kind: str, columns: str | None, state: str, output: Path | None) -> None:
    """Print the entities of a KIND as a tab-separated table, which import takes back.

    KIND is the prefix of its identifiers: person, tenure, fac, org, hw, office, place, state, src …

    \b
    Examples:
      legation entity table person --state PRK
      legation entity table tenure --columns holder,office,from,until,dct:source -o tenures.tsv
    """
    chosen = [name.strip() for name in columns.split(",") if name.strip()] if columns else []
    text = table_of(Base.read(to_change=False), kind, chosen, state)
    if output:
        output.write_text(text, "utf-8", newline="")
        click.echo(f"{output}: {text.count(chr(10)) - 1} rows", err=True)
    else:
        click.echo(text, nl=False)


@entity.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@WRITE
@FORM
@ALL
def import_command(paths: tuple[Path, ...], write: bool, form: str, everything: bool) -> None:
    """Show what tables would change and all that is wrong; with --write, and nothing wrong, do it.

    A row replaces the statements of its entity for the table's columns; other statements stay. Exit code
    2 for faults of the tables, 6 where the base would break a check.

    \b
    Examples:
      legation entity import persons.tsv tenures.tsv
      legation entity import persons.tsv tenures.tsv --write
    """
    curation = pipeline.curate_files(Base.read(), paths)
    show(curation, write=write, form=form, everything=everything)


@entity.command("add")
@click.argument("kind")
@click.option("--set", "given", multiple=True, metavar="COLUMN=VALUE", help="One cell of its row.")
@WRITE
@FORM
def add_command(kind: str, given: tuple[str, ...], write: bool, form: str) -> None:
    """Add one entity of a KIND, with the checks of import.

    Without id, the identifier is made from the English label.

    \b
    Example:
      legation entity add person --set rdfs:label@en='Ada Aster' --set a=Person --set gender=female \\
        --set nationality=state:AVA --set dct:source=src:press-names --write
    """
    base = Base.read()
    table, faults = one_row(base, kind, given)
    show(pipeline.curate_tables(base, [table], faults), write=write, form=form, everything=True)


@entity.command("retire")
@click.argument("subject", metavar="ID")
@click.option("--reason", required=True, help="Why, in a few words of English.")
@click.option("--replaced-by", default="", metavar="ID", help="The entity to which references shall lead.")
@WRITE
@FORM
def retire_command(subject: str, reason: str, replaced_by: str, write: bool, form: str) -> None:
    """Take an entity out of use: its identifier stays, never to be used again; its names leave reading.

    Refused while others refer to it, unless --replaced-by says where they shall lead.

    \b
    Examples:
      legation entity retire person:ada-astor --reason "Misspelt double" --replaced-by person:ada-aster
      legation entity retire tenure:ada-aster-2011 --reason "No source gives it" --write
    """
    curation = pipeline.retire_entity(Base.read(), subject, reason, date.today(), replaced_by)
    show(curation, write=write, form=form, everything=True)
