"""The same texts give the same bytes in every process, whatever its hash seed, its threads and the order."""

from __future__ import annotations

import os
import subprocess
import sys

from kb.claims import to_json_line
from kb.reading.frame_examples import examples
from tests.reading.desk import read

TEXTS = 20
"""Texts of four example sentences each."""


def texts() -> list[str]:
    """Return texts of the frames' own examples."""
    sentences = [example.text for example in examples()][: 4 * TEXTS]
    return ["\n\n".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4)]


def told(order: int = 1) -> str:
    """Return the claims of the texts, read first to last or (-1) last to first, told first to last."""
    lines = [[to_json_line(claim) for claim in read(text)] for text in texts()[::order]]
    return "".join(line for of_text in lines[::order] for line in of_text)


def _elsewhere(seed: str, threads: str, order: int) -> str:
    """Return what another process tells."""
    code = f"from tests.reading.test_determinism import told; print(told({order}), end='')"
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    variables = {**os.environ, "PYTHONHASHSEED": seed, **dict.fromkeys(names, threads)}
    return subprocess.run(
        [sys.executable, "-c", code], env=variables, check=True, capture_output=True, text=True
    ).stdout


def test_order_changes_nothing() -> None:
    assert told(-1) == told(1) != ""


def test_hash_seed_and_threads_of_a_process_change_nothing() -> None:
    assert _elsewhere("1", "1", 1) == _elsewhere("2", "4", -1) != ""
