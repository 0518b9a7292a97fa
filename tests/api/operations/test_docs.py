"""docs/operations.md says what is there: settings, metrics, the unit file, the backup's commands."""

from __future__ import annotations

import re
import shlex
import subprocess
from configparser import ConfigParser
from dataclasses import fields
from pathlib import Path

from flask.testing import FlaskClient

from api.commands import cli
from api.operations.settings_page import memory_bound
from kb.resources import ROOT
from kb.settings import Settings
from kb.store import open_store
from tests.queries.toy import toy_store

TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")


def block(language: str, holding: str) -> str:
    """Return the one example in a language that holds some words."""
    found = [text for text in re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL) if holding in text]
    assert len(found) == 1
    return str(found[0])


def test_every_setting_that_is_named_there_exists() -> None:
    known = {f"LEGATION_{field.name.upper()}" for field in fields(Settings)}
    assert set(re.findall(r"LEGATION_[A-Z_]+", TEXT)) <= known


def test_every_metric_is_in_the_table_and_no_other(client: FlaskClient) -> None:
    shown = re.findall(r"^# TYPE (\w+)", client.get("/metrics").get_data(as_text=True), re.MULTILINE)
    told = {name for row in TEXT.splitlines() if row.startswith("| `legation_") for name in named(row)}
    assert {name for name in shown if "_bucket" not in name} == told


def named(row: str) -> list[str]:
    return re.findall(r"`(legation_\w+)`", row)


def test_the_unit_runs_a_command_that_there_is() -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.read_string(block("ini", "ExecStart"))
    program, command, *options = shlex.split(unit["Service"]["ExecStart"])
    assert Path(program).name == "legation"
    known = {option for parameter in cli.commands[command].params for option in parameter.opts}
    assert {word for word in options if word.startswith("-")} <= known
    assert unit["Service"]["KillMode"] == "mixed"


def test_a_backup_made_as_told_is_a_store_with_the_same_content(tmp_path: Path) -> None:
    with toy_store(tmp_path / "base") as store:
        subprocess.run(
            ["sh", "-c", block("sh", "BACKUP")],
            env={"STORE": str(tmp_path / "base"), "BACKUP": str(tmp_path / "copy"), "PATH": "/usr/bin:/bin"},
            check=True,
        )
        with open_store(str(tmp_path / "copy")) as copy:
            assert copy.version() == store.version()
            assert copy.default_graph() == store.default_graph()
            with copy.writing():
                pass  # what the writer needs is made anew from the snapshot
            assert copy.version() == store.version()


def test_the_unit_gives_the_memory_that_the_service_may_take_by_default() -> None:
    found = re.search(r"^MemoryMax=(\d+)G$", TEXT, re.MULTILINE)
    assert found
    given = int(found.group(1)) * 2**30
    assert memory_bound(Settings()) <= given < memory_bound(Settings()) + 3 * 2**30
    assert given < memory_bound(Settings(copy_bytes=2_000_000_000))  # another default would be found
