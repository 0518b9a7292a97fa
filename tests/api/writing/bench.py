"""A writable workbench behind the application, for the tests of what changes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from flask import Flask
from flask.testing import FlaskClient

from api.writing.tokens import hash_of
from kb.settings import Settings
from kb.store.workbench import WorkbenchStore
from tests.store.bench import QUICK

TOKEN: Final = "a-token-of-the-tests"
BEARER: Final = {"Authorization": f"Bearer {TOKEN}"}
WRITABLE: Final = replace(QUICK, update_token_hash=f"{hash_of('another')},{hash_of(TOKEN)}")


def bench_at(folder: Path, settings: Settings = WRITABLE, *, writable: bool = True) -> WorkbenchStore:
    return WorkbenchStore.open(folder, settings, writable=writable)


def holder(app: Flask) -> FlaskClient:
    """Return a client that has a token."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = BEARER["Authorization"]
    return client
