"""``legation entity``: the curated entities that reading knows. A group; its commands stand beside this file."""

from __future__ import annotations

from kb.cli.group import cli


@cli.group("entity")
def entity() -> None:
    """Find, list and curate the entities of the reference data.

    \b
    Examples:
      legation entity table tenure --state RUS -o tenures.tsv
      legation entity import tenures.tsv
      legation entity import tenures.tsv --write
    """
