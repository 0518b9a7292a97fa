"""Whether two results are the same: blank nodes by what is said about them, numbers by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
)

from tests.conformance.answers import Answer, Quads, Rows
from tests.conformance.terms import normal

_WORD: Final = "urn:x:row:"
_SHOWN: Final = 8


def difference(expected: Answer, found: Answer, *, ordered: bool = False, lax: bool = False) -> str:
    """Return what differs, in words; nothing where the two are the same.

    ``ordered``: rows must come in the order expected. ``lax``: a row may come fewer times than expected,
    at least once.
    """
    match expected, found:
        case bool(), bool():
            return "" if expected == found else f"{expected} was expected, {found} came"
        case Quads(), Quads():
            return _told(_canonical(expected.quads), _canonical(found.quads))
        case Rows(), Rows():
            return _rows(expected, found, ordered, lax)
    return f"{type(expected).__name__} was expected, {type(found).__name__} came"


def _rows(expected: Rows, found: Rows, ordered: bool, lax: bool) -> str:
    if set(expected.variables) != set(found.variables):
        return f"variables {expected.variables} were expected, {found.variables} came"
    if lax and len(found.rows) > len(expected.rows):
        return f"at most {len(expected.rows)} rows were expected, {len(found.rows)} came"
    return _told(_canonical(_as_quads(expected, ordered, lax)), _canonical(_as_quads(found, ordered, lax)))


def _as_quads(rows: Rows, ordered: bool, lax: bool) -> Iterable[Quad]:
    """Say each row as a blank node with its cells: then rows are the same when the graphs are."""
    numbered = enumerate(rows.rows) if ordered else ((None, row) for row in rows.rows)
    for (place, row), times in Counter(numbered).items():
        node = BlankNode()
        yield Quad(node, NamedNode(f"{_WORD}place"), Literal(str(place)))
        yield Quad(node, NamedNode(f"{_WORD}times"), Literal("" if lax else str(times)))
        for name, cell in zip(rows.variables, row, strict=True):
            if cell is not None:
                yield Quad(node, NamedNode(f"{_WORD}cell:{name}"), cell)


def _canonical(quads: Iterable[Quad]) -> frozenset[Quad]:
    dataset = Dataset(
        Quad(quad.subject, quad.predicate, normal(quad.object), quad.graph_name) for quad in quads
    )
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


def _told(expected: frozenset[Quad], found: frozenset[Quad]) -> str:
    if expected == found:
        return ""
    return "\n".join(
        [
            *_some("expected, and did not come", expected - found),
            *_some("came, and was not expected", found - expected),
        ]
    )


def _some(head: str, quads: frozenset[Quad]) -> list[str]:
    lines = sorted(_line(quad) for quad in quads)
    more = [f"  … and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return [f"{head}: {len(lines)}", *(f"  {line}" for line in lines[:_SHOWN]), *more] if lines else []


def _line(quad: Quad) -> str:
    predicate = quad.predicate.value.removeprefix(_WORD)
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else f" in {quad.graph_name}"
    return f"{quad.subject} {predicate} {quad.object}{graph}"
