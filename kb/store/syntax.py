"""Say where a query that the engine refused stops being SPARQL.

Oxigraph decides, but its positions are mostly the end of the text. rdflib's parser finds the place; it is
not thread-safe and may take long on hostile text, so it runs in a process of its own, which may be stopped.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Final

from kb.errors import BadQuery
from kb.namespaces import PREFIXES
from kb.resources import ROOT
from kb.store.shape import undeclared
from kb.store.tokens import place, tokens

_SECONDS: Final = 2.0
_TURNS: Final = threading.BoundedSemaphore(2)
"""How many may look for a place at once: whoever comes then is told none, which costs a stranger nothing."""


def syntax_error(query: str, said: str) -> BadQuery:
    """Return the error for a query, as the user wrote it, that an engine refused with a message.

    It has line and column where the fault can be found.
    """
    undeclared = _undeclared_prefix(query)
    if undeclared is not None:
        return undeclared
    at = _locate(query)
    if at is None:
        return BadQuery(f"not SPARQL: {' '.join(said.split())[:200]}", repair="Repair the query")
    if at >= len(query.rstrip()):
        return BadQuery("the query ends too early", place=place(query, at), repair="Finish it")
    word = query[at:].split(maxsplit=1)[0][:40]
    return BadQuery(f"not SPARQL from {word!r} on", place=place(query, at), repair="Repair the query there")


def _undeclared_prefix(query: str) -> BadQuery | None:
    for token in undeclared(tokens(query)):
        prefix = token.text.partition(":")[0]
        if prefix not in PREFIXES:
            return BadQuery(
                f"the prefix {prefix}: is not declared",
                place=place(query, token.start),
                repair=f"Begin with PREFIX {prefix}: <…>",
            )
    return None


def _locate(query: str) -> int | None:
    """Return the index at which rdflib's parser stops; None where it finds no fault or takes too long."""
    if not _TURNS.acquire(blocking=False):
        return None
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "kb.store.syntax"],
            input=query.encode("utf-8"),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    finally:
        _TURNS.release()
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip().isdigit() else None


def main() -> int:
    """Read a query from standard input; print the index at which it stops being SPARQL, if it does."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    query = sys.stdin.buffer.read().decode("utf-8")
    try:
        parseQuery(query)
    except ParseException as error:
        print(error.loc)
    return 0


if __name__ == "__main__":
    sys.exit(main())
