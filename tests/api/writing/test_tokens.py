"""Tokens: made here, kept as hashes, told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from api.commands import cli
from api.writing.tokens import Tokens, hash_of, new_token
from kb.errors import BadInput
from kb.settings import Settings


def test_a_new_token_is_long_and_no_other() -> None:
    made = {new_token() for _ in range(50)}
    assert len(made) == 50
    assert min(map(len, made)) >= 43


def test_a_token_is_good_where_its_hash_is_kept(tmp_path: Path) -> None:
    one, two, three = new_token(), new_token(), new_token()
    file = tmp_path / "hashes"
    file.write_text(f"# of the script that loads\n\n{hash_of(three)}\n")
    settings = Settings(update_token_hash=f"{hash_of(one)}, {hash_of(two)}", update_token_file=str(file))
    tokens = Tokens.of(settings)
    assert all(map(tokens.good, (one, two, three)))
    for wrong in ("", new_token(), hash_of(one), one[:-1], one + "a", "é"):
        assert not tokens.good(wrong)


def test_without_a_hash_no_token_is_good() -> None:
    tokens = Tokens.of(Settings())
    assert not tokens
    assert not tokens.good("")


@pytest.mark.parametrize("text", ["secret-token", "sha256:", f"sha256:{'A' * 64}", f"md5:{'0' * 32}"])
def test_what_is_no_hash_is_told_and_not_shown(text: str) -> None:
    with pytest.raises(BadInput, match="hash number 2 is not sha256") as caught:
        Tokens.of(Settings(update_token_hash=f"{hash_of('x')},{text}"))
    assert "legation token" in caught.value.repair
    assert text not in str(caught.value).replace("sha256: and", "")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No such file"):
        Tokens.of(Settings(update_token_file=str(tmp_path / "none")))


def test_the_command_prints_a_token_and_its_hash() -> None:
    done = CliRunner().invoke(cli, ["token"])
    token, hashed = done.stdout.splitlines()
    assert hashed == hash_of(token)
    assert "LEGATION_UPDATE_TOKEN_HASH" in done.stderr
