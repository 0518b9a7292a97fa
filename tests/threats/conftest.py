"""The real server over the toy base, and a canary that it must never call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.queries.toy import toy_store
from tests.threats.canary import Canary, canary
from tests.threats.serving import Served, serving


@pytest.fixture(scope="session")
def bird() -> Iterator[Canary]:
    with canary() as found:
        yield found


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, bird: Canary) -> Iterator[Served]:
    """The server, told to go out by way of the canary, should it go out at all."""
    folder = tmp_path_factory.mktemp("threats") / "store"
    toy_store(folder).close()
    out = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"), bird.address)
    with serving(folder, **out, no_proxy="") as found:
        yield found
