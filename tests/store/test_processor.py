"""What a process has used of the processor, and how it lets others go first."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kb.store.processor import seconds_used, stand_back, stand_equal


@pytest.fixture
def busy() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        yield process
        process.kill()


def test_what_it_uses_counts_and_one_that_is_gone_has_used_no_end(busy: subprocess.Popen[bytes]) -> None:
    while seconds_used(busy.pid) < 0.02:
        assert busy.poll() is None
    busy.kill()
    busy.wait()
    assert seconds_used(busy.pid) == math.inf


def test_it_stands_back_and_equal_again_where_the_system_lets_us(busy: subprocess.Popen[bytes]) -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    stand_back(busy.pid)
    may = own < 10 or os.geteuid() == 0
    assert os.getpriority(os.PRIO_PROCESS, busy.pid) == (10 if may else own)
    if stand_equal(busy.pid):  # to take it back is a right that not everybody has
        assert os.getpriority(os.PRIO_PROCESS, busy.pid) == own


def test_of_one_that_is_gone_nothing_is_wanted(busy: subprocess.Popen[bytes]) -> None:
    busy.kill()
    busy.wait()
    stand_back(busy.pid)
    assert not stand_equal(busy.pid)
