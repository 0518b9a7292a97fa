"""docs/reconciliation.md says what the service does."""

from __future__ import annotations

import pytest

from api.reconcile import candidates, extension_query, likeness, preview, queries, reading, turns
from api.reconcile.features import MEANINGS
from api.reconcile.properties import properties
from kb.resources import ROOT

TEXT = " ".join((ROOT / "docs" / "reconciliation.md").read_text("utf-8").split())


@pytest.mark.parametrize("feature", MEANINGS)
def test_every_feature_stands_in_the_docs(feature: str) -> None:
    assert f"`{feature}`" in TEXT


@pytest.mark.parametrize(
    "said",
    [
        f"up to {queries.MOST_QUERIES} queries",
        f"(1 to {queries.MOST_CANDIDATES}; 10 where it has none)",
        f"{queries.MOST_GIVEN:,} values of properties or {reading.LONGEST:,} characters",
        f"up to {extension_query.MOST_IDS} `ids` and {extension_query.MOST_PROPERTIES} `properties`",
        f"{preview.WIDTH} by {preview.HEIGHT} pixels",
        f"as OpenRefine sends) | {candidates.OTHER_TYPE:.0f} |",
        f"(less where they are alike) | {candidates.DIFFERS:.0f} |",
        f"knows nothing | {candidates.UNKNOWN:.0f} |",
        f"its score is {candidates.MATCH:.0f} or more",
        f"the next is {candidates.LEAD:.0f} or more points behind",
        f"the name counts {candidates.IDENTIFIED:.0f} at least",
        f"100 then, and else {candidates.UNNAMED:.0f}",
        f"within {likeness.NEAR_KM:.0f} km and not at all beyond {likeness.FAR_KM:.0f}",
    ],
)
def test_the_figures_of_the_docs_are_the_code_s(said: str) -> None:
    assert said in TEXT


def test_what_identifies_is_listed() -> None:
    assert turns.WAITING == 8
    assert all(f"`{one.id}`" in TEXT for one in properties().values() if one.identifies)
