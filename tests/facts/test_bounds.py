"""When a tenure held for certain, and when it may have held."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from kb.facts.bounds import bounds_of, validity
from kb.terms import RDF_TYPE, Triple, iri, lg, local, text, truth

TENURE = iri("tenure:of-somebody")


def _said(start: str | None, end: str | None, *, end_unknown: bool = False) -> dict[str, str]:
    found = validity(TENURE, start, end, end_unknown=end_unknown)
    return {local(triple.predicate): triple.object.value for triple in found}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("start", "end", "certain", "possible"),
    [
        ("2000-05-10", "2012-05-01", ("2000-05-10", "2012-05-01"), ("2000-05-10", "2012-05-01")),
        ("2011", "2013", ("2011-12-31", "2013-01-01"), ("2011-01-01", "2013-12-31")),
        ("2011-03", None, ("2011-03-31", None), ("2011-03-01", None)),
        (None, "2013", (None, None), (None, "2013-12-31")),
        ("2011", "2011", (None, None), ("2011-01-01", "2011-12-31")),
        ("195X", "1961-05", ("1959-12-31", "1961-05-01"), ("1950-01-01", "1961-05-31")),
    ],
)
def test_bounds_of_two_dates(
    start: str | None,
    end: str | None,
    certain: tuple[str | None, str | None],
    possible: tuple[str | None, str | None],
) -> None:
    said = _said(start, end)
    assert (said.get("certainFrom"), said.get("certainUntil")) == certain
    assert (said.get("possibleFrom"), said.get("possibleUntil")) == possible


def test_nothing_is_certain_where_the_end_came_and_nobody_knows_when() -> None:
    assert _said("2011", None, end_unknown=True) == {"possibleFrom": "2011-01-01"}


def test_only_dated_tenures_and_productions_get_bounds() -> None:
    def dated(name: str, kind: str) -> list[Triple]:
        node = NamedNode(iri(name).value)
        return [Triple(node, RDF_TYPE, lg(kind)), Triple(node, lg("from"), text("2011"))]

    made = dated("prod:a", "Production")
    unknown = [*dated("tenure:b", "OfficeTenure"), Triple(iri("tenure:b"), lg("untilUnknown"), truth(True))]
    found = bounds_of([*made, *unknown, *dated("name:c", "Name")])
    assert {(local(t.subject), local(t.predicate)) for t in found} == {  # type: ignore[arg-type]
        ("a", "certainFrom"),
        ("a", "possibleFrom"),
        ("b", "possibleFrom"),
    }
