"""A value in an answer."""

from __future__ import annotations

from pyoxigraph import Triple

from kb.store import Term

__all__ = ["Term", "plain"]


def plain(term: Term | None) -> str:
    """Return a term's text: an IRI in full, a literal without its type, nothing for None."""
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple) else term.value
