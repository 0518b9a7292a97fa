"""A disk that is full, for the tests of what a writer does then."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a file system of 24 MB below a folder; skip the test where that is not allowed."""
    if os.geteuid() != 0:
        pytest.skip("needs root to mount a small file system")
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Leave a disk 300,000 bytes for as long as the block runs."""
    ballast = disk / "ballast"
    room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    ballast.write_bytes(b"\0" * (room - 300_000))
    try:
        yield
    finally:
        ballast.unlink()
