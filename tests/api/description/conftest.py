"""An application over a base as it is built: with the graph in which it tells of itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from api import create_app
from kb.pipeline import build
from kb.settings import Settings
from kb.store import Store, open_store
from tests.world import world


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("described") / "store")) as store:
        build(store, world())
        yield store


@pytest.fixture
def asker(built: Store) -> FlaskClient:
    return create_app(built, Settings()).test_client()
