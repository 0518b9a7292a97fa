"""What a user types that nobody foresaw: an answer or one clear line, never a stack."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import cli
from kb.resources import ROOT
from tests.world import articles, tiny_store

DOC = "visit-2013"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[str]:
    with tiny_store(tmp_path, [DOC]) as made:
        assert made.graph_names()
    yield str(tmp_path / "store")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words, prog_name="legation")


def test_an_argument_that_is_not_utf_8_is_bad_input() -> None:
    done = run("ingest", "note.txt", "--outlet", "A\udcffB")
    assert (done.exit_code, done.stdout) == (2, "")
    assert r"not UTF-8: 'A\udcffB'" in done.stderr


def test_a_query_without_braces_is_a_query(store: str) -> None:
    done = run("sparql", "DESCRIBE state:AVA", "--store", store)
    assert done.exit_code == 0
    assert "Avaria" in done.stdout


@pytest.mark.parametrize("word", ["", ".", "nowhere.rq", "x" * 300])
def test_what_is_neither_query_nor_file_is_told(word: str) -> None:
    done = run("sparql", word)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "neither a query nor a file" in done.stderr


def test_a_query_may_stand_in_a_file(store: str, tmp_path: Path) -> None:
    path = tmp_path / "my query.rq"
    path.write_text("SELECT ?doc { ?article lg:doc ?doc }", "utf-8")
    assert run("sparql", str(path), "--format", "csv", "--store", store).stdout.split() == ["doc", DOC]


def test_yes_or_no_is_no_table_of_values(store: str) -> None:
    assert run("sparql", "ASK { ?s ?p ?o }", "--store", store).stdout == "yes\n"
    assert run("sparql", "ASK { ?s ?p ?o }", "--format", "csv", "--store", store).exit_code == 2


@pytest.mark.parametrize("before", ["", "art:", "https://w3id.org/legation/article/"])
def test_an_article_is_taken_back_by_what_a_query_shows_of_it(store: str, before: str) -> None:
    words = ("retract", before + articles()[DOC].id, "--reason", "withdrawn", "--store", store)
    assert "its facts are gone" in run(*words).stdout
    assert "was retracted before" in run(*words).stdout


def test_a_reason_that_says_nothing_is_refused(store: str) -> None:
    done = run("retract", articles()[DOC].id, "--reason", " ", "--store", store)
    assert done.exit_code == 2
    assert "--reason" in done.stderr


def test_rows_of_the_index_without_a_file_in_the_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("He came.", "utf-8")
    index = tmp_path / "INDEX.tsv"
    index.write_text("id\toutlet\tdate\na\tDaily\t\nb\tDaily\t\n", "utf-8")
    done = run("read", str(tmp_path), "--index", str(index), "--format", "jsonl")
    assert (done.exit_code, done.stderr) == (
        0,
        f"legation: {index}: rows without a file in these folders: b\n",
    )
    assert run("read", str(tmp_path / "a.txt"), "--index", str(index), "--format", "jsonl").stderr == ""


def test_output_that_finds_no_room_is_told_in_one_line() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from kb.cli import cli; cli()", "ask"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"legation: the output: No space left on device\n")


def test_taking_back_what_no_store_has_makes_no_store(tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    done = run("retract", articles()[DOC].id, "--reason", "withdrawn", "--store", str(folder))
    assert done.exit_code == 4
    assert "nothing has been built here yet" in done.stderr
    assert not folder.exists()


@pytest.mark.parametrize("command", sorted(cli.commands.keys() - {"token"}))
def test_every_command_that_needs_a_store_takes_one_after_its_name(command: str) -> None:
    done = run(command, "--store", "somewhere", "--help")
    assert done.exit_code == 0
    assert "--store" in done.stdout


def test_the_parser_waits_for_a_command_that_reads() -> None:
    tell = "import api.commands, sys; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", tell], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
