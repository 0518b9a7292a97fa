"""The command line: each command is a thin shell over a room.

Results go to standard output, progress and errors to standard error.
"""

from kb.cli import asking, base, entity, entity_find, evaluate, evaluate_compare, switching, texts
from kb.cli.group import cli

__all__ = [
    "asking",
    "base",
    "cli",
    "entity",
    "entity_find",
    "evaluate",
    "evaluate_compare",
    "switching",
    "texts",
]
