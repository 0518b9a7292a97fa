"""What the command ``legation`` runs."""

from __future__ import annotations

import sys

from kb.errors import INTERRUPTED


def main() -> None:
    """Run the command line."""
    try:
        # Here, because loading the parser takes a second, and Ctrl-C in it is no fault to show a stack for.
        from api.commands import cli
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    cli(prog_name="legation")
