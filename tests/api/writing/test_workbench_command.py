"""``legation serve --writable``: the real command, what it makes of a folder, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from api.commands import cli
from api.writing.tokens import hash_of
from tests.api.writing.bench import BEARER, TOKEN, bench_at
from tests.queries.toy import toy_store
from tests.services import legation_service
from tests.store.bench import every

ADD = b"INSERT DATA { <u:a> <u:b> 1 }"


def sent(address: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    request = Request(address, body, headers={name.replace("_", "-"): text for name, text in headers.items()})
    request.method = method
    try:
        with urlopen(request, timeout=20) as response:
            return response.status, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def test_an_empty_folder_becomes_a_workbench_that_is_changed_and_stays(tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "bench"))
    update = {"Content_Type": "application/sparql-update"}
    with legation_service("--writable", *store, LEGATION_UPDATE_TOKEN_HASH=hash_of(TOKEN)) as address:
        assert sent(f"{address}sparql", "POST", ADD, **update)[0] == 401
        assert sent(f"{address}sparql", "POST", ADD, **update, **BEARER)[0] == 204
        turtle = {"Content_Type": "text/turtle"}
        assert sent(f"{address}graphs?graph=u:g", "PUT", b"<u:c> <u:d> 2 .", **turtle, **BEARER)[0] == 201
        assert sent(f"{address}sparql", "POST", b"#" * 300_000, **update, **BEARER)[0] == 204
        for page in ("", "sparql", "questions/", "settings"):
            assert sent(f"{address}{page}", Accept="text/html")[0] == 200
    with bench_at(tmp_path / "bench", writable=False) as bench:
        assert every(bench) == {("None", "u:a", "u:b", "1"), ("u:g", "u:c", "u:d", "2")}


@pytest.mark.parametrize("hashed", ["", "not-a-hash"])
def test_nothing_is_served_writable_without_a_token(tmp_path: Path, hashed: str) -> None:
    done = CliRunner(env={"LEGATION_UPDATE_TOKEN_HASH": hashed}).invoke(
        cli, ["serve", "--writable", "--store", str(tmp_path / "bench")]
    )
    assert done.exit_code == 2
    assert "legation token" in done.stderr
    assert not (tmp_path / "bench").exists()


def test_a_base_and_a_remote_service_are_never_served_writable(tmp_path: Path) -> None:
    toy_store(tmp_path / "base").close()
    env = {"LEGATION_UPDATE_TOKEN_HASH": hash_of(TOKEN)}
    for store, told in ((str(tmp_path / "base"), "rebuilt from claims"), ("http://127.0.0.1:9/", "remote")):
        done = CliRunner(env=env).invoke(cli, ["serve", "--writable", "--store", store])
        assert done.exit_code == 4
        assert told in done.stderr
