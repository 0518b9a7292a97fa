"""The schemas of the API decide its examples as their folders say, and take what we offer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.reconcile import schemas
from tests.reconcile.asking import Asking, checked

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not schemas.available(), reason="needs ../shared: the schemas of the API"),
]
_EXAMPLES = sorted((schemas.SUITE / "examples").glob("*/*/*.json")) if schemas.available() else []
_WITHOUT = {"flyout-response", "security-scheme"}
"""The suite has no schema of these: its security schemes are OpenAPI 3's, its schema of them Swagger 2's."""


@pytest.mark.parametrize("path", _EXAMPLES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_schema_decides_as_the_folder_says(path: Path) -> None:
    name, verdict = path.parts[-3], path.parts[-2]
    if name in _WITHOUT:
        assert not schemas.has_schema(name)
        return
    assert schemas.is_valid(name, json.loads(path.read_text("utf-8"))) is (verdict == "valid")


def test_all_examples_were_found() -> None:
    assert len(_EXAMPLES) >= 45
    assert {path.parts[-2] for path in _EXAMPLES} == {"valid", "invalid"}


def test_the_manifest_is_valid(client: FlaskClient) -> None:
    told = checked("manifest", client.get("/reconcile"))
    assert schemas.is_valid("data-extension-metadata", told["extend"])


def test_a_broken_manifest_is_not(client: FlaskClient) -> None:
    told = json.loads(client.get("/reconcile").data)
    assert not schemas.is_valid("manifest", {**told, "view": {"url": "https://example.org/"}})


def test_the_queries_of_the_examples_are_read_or_refused_by_name(ask: Asking) -> None:
    for path in _EXAMPLES:
        if path.parts[-3] == "reconciliation-query-batch":
            text = path.read_text("utf-8")
            if path.stem == "example-min":
                assert ask.batch(json.loads(text)).keys() == {"q1", "q2"}
                continue
            problem = ask.refused(400, queries=text)
            # Of the valid ones, the types and properties are another base's, and are told by their names.
            unknown = path.parts[-2] == "valid" or "misnamed" in path.name
            assert ("there is no" in problem["detail"]) is unknown, path
