"""The small invented suite, unpacked from the one file that it is kept in (small.txt)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_KEPT: Final = Path(__file__).with_name("small.txt")


def unpack(folder: Path) -> Path:
    """Write the files of the suite below a folder and return it. CSV gets the line ends of its form."""
    _, *parts = re.split(r"(?m)^=== (.+)\n", _KEPT.read_text(encoding="utf-8"))
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((text.replace("\n", "\r\n") if name.endswith(".csv") else text).encode())
    return folder
