"""The toy base, once for all tests of questions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.store import Store
from tests.queries.toy import toy_store


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with toy_store(tmp_path_factory.mktemp("toy") / "store") as store:
        yield store
