"""Schemathesis on the real server: what the OpenAPI document says of questions and service is so."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.server.test_serve import served

CONFIG = Path(__file__).parent / "schemathesis.toml"
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("fuzzed") / "store") as (_, found):
        yield found


def fuzz(document: str | Path, *options: str | Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("st")
    return subprocess.run(
        [program, "--config-file", CONFIG, "run", document, "--max-examples", "2", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_no_request_finds_an_answer_that_the_document_does_not_describe(address: str) -> None:
    # The other forms go the same way as those of one question; docs/questions.md tells of the longer run.
    others = r"(?<!^denials)[.]form$"
    found = fuzz(f"{address}openapi.json", "--exclude-operation-id-regex", others)
    assert "No issues found" in found.stdout, found.stdout[-4_000:] + found.stderr
    assert found.returncode == 0


def test_a_document_that_promises_what_is_not_so_is_found_out(address: str, tmp_path: Path) -> None:
    with urllib.request.urlopen(f"{address}openapi.json") as response:
        document = json.load(response)
    question = document["paths"]["/questions/denials"]["get"]
    del question["responses"]["400"]
    document["paths"] = {"/questions/denials": {"get": question}}
    spoilt = tmp_path / "openapi.json"
    spoilt.write_text(json.dumps(document))
    found = fuzz(spoilt, "--url", address)
    assert found.returncode == 1
    assert "Undocumented status code" in found.stdout
