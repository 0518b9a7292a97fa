"""What a user of the command line sees of extractors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import cli
from tests.extractors.asked import KEY, person, said
from tests.extractors.plugins import install
from tests.extractors.server import Recorded, answer, serving

NOTE = "Vladimir Putin met Narendra Modi in Moscow on 8 July 2024."


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("EXTRACTORS", "MODEL_ADDRESS", "MODEL_NAME", "MODEL_KEY"):
        monkeypatch.delenv(f"LEGATION_{name}", raising=False)
    path = tmp_path / "note.txt"
    path.write_text(NOTE, "utf-8")
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], prog_name="legation")


def claims(done: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def meeting(**changed: object) -> dict[str, object]:
    agents = [person("Vladimir Putin"), person("Narendra Modi")]
    return said(quote=NOTE[:-1], agents=agents, place="Moscow", when="on 8 July 2024", **changed)


def set_model(monkeypatch: pytest.MonkeyPatch, folder: Path, address: str) -> None:
    monkeypatch.setenv("LEGATION_MODEL_ADDRESS", address)
    monkeypatch.setenv("LEGATION_MODEL_NAME", "test")
    monkeypatch.setenv("LEGATION_MODEL_KEY", KEY)
    monkeypatch.setenv("LEGATION_CACHE", str(folder / "cache"))


def test_the_rules_read_where_nothing_is_chosen(note: Path) -> None:
    done = run("read", note, "--format", "jsonl")
    assert {tuple(one["extractors"]) for one in claims(done)} == {("rules",)}  # type: ignore[arg-type]
    assert done.stderr == ""


def test_an_unknown_extractor_is_bad_input_with_a_list(note: Path) -> None:
    done = run("read", note, "--extractor", "rules,wizard")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no extractor is called 'wizard'" in done.stderr
    assert re.search(r"Use .*model, .*rules", done.stderr)


def test_the_model_without_an_address_is_bad_input(note: Path) -> None:
    done = run("read", note, "--extractor", "model")
    assert done.exit_code == 2
    assert "LEGATION_MODEL_ADDRESS" in done.stderr


def test_rules_and_model_are_joined_and_the_cost_is_told(
    note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invented = said(quote="Kim Jong Un was there", agents=[person("Kim Jong Un")], place=None, when=None)
    with serving([answer(meeting(), invented, tokens=3_000)]) as server:
        set_model(monkeypatch, tmp_path, server.address)
        done = run("read", note, "--extractor", "model,rules", "--format", "jsonl")
    (met,) = [one for one in claims(done) if one["type"] == "Meeting"]
    assert met["extractors"] == ["model", "rules"]
    assert met["rule"] != "model/meeting"
    assert "extractor model: 1 calls, 0 answers from the cache, 3000 tokens, 1 claims" in done.stderr
    assert "left out: 1 has a party that the text does not name" in done.stderr
    assert KEY not in done.output + done.stderr


def test_a_model_that_fails_is_named_and_the_rules_claims_are_printed(
    note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving([Recorded(status=401, body=json.dumps({"error": {"message": KEY}}).encode())]) as server:
        set_model(monkeypatch, tmp_path, server.address)
        monkeypatch.setenv("LEGATION_EXTRACTORS", "rules,model")
        done = run("read", note, "--format", "jsonl")
    assert done.exit_code == 0
    assert claims(done)
    assert "legation: extractor model: note: http://127.0.0.1:" in done.stderr
    assert "refuses the key (401)" in done.stderr
    assert KEY not in done.output + done.stderr


def test_an_article_that_nothing_could_read_leaves_the_others(
    note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "Plug.read = lambda self, article: [claim(article, 'met')] if article.doc == 'note' else 1 / 0"
    install(monkeypatch, tmp_path, "moody", code)
    (tmp_path / "other.txt").write_text("Another text.", "utf-8")
    done = run("read", tmp_path / "other.txt", note, "--extractor", "moody", "--format", "jsonl")
    assert [one["doc"] for one in claims(done)] == ["note"]
    assert "extractor moody: other: ZeroDivisionError" in done.stderr
    assert (done.exit_code, "1 text was not read" in done.stderr) == (1, True)


def test_turtle_names_the_extractors_and_the_run(note: Path) -> None:
    done = run("read", note, "--format", "turtle")
    assert 'lg:extractor "rules"' in done.stdout


def test_ingest_fails_where_a_text_was_not_read(
    note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, tmp_path, "moody", "Plug.read = lambda self, article: 1 / 0")
    monkeypatch.setattr("kb.pipeline.prepare", lambda store: None)  # a whole base takes half a minute
    done = run("ingest", note, "--extractor", "moody", "--store", tmp_path / "store")
    assert done.exit_code == 1
    assert "0 added" in done.stdout
    assert "1 text was not read" in done.stderr
