"""One writable workbench for the tests of a module, emptied before each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from kb.store.workbench import WorkbenchStore
from tests.api.writing.bench import WRITABLE, bench_at, holder


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkbenchStore]:
    with bench_at(tmp_path_factory.mktemp("writable") / "bench") as store:
        yield store


@pytest.fixture(scope="module")
def bench_app(shared: WorkbenchStore) -> Flask:
    return create_app(shared, WRITABLE)


@pytest.fixture
def bench(shared: WorkbenchStore) -> WorkbenchStore:
    shared.update("DROP ALL")
    return shared


@pytest.fixture
def writer(bench_app: Flask, bench: WorkbenchStore) -> FlaskClient:
    """Return a client that has a token."""
    return holder(bench_app)
