"""Which network reads a text that weights are fitted to: one that was trained without it."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kb.reading.context.encoder import Encoder

Networks = Sequence[Encoder | None]
"""One for each part of the texts, trained without that part; None: the part is left out."""
LEFT_OUT: Final = "-"
"""What stands in a command for the network of a part that is to be left out."""


def offer(parser: ArgumentParser) -> None:
    """Let a command take the folders of networks."""
    told = f"networks, each trained without one part (docs/context.md); {LEFT_OUT}: that part is left out"
    parser.add_argument("--networks", nargs="*", type=Path, default=[], help=told)


def loaded(folders: Sequence[Path]) -> Networks:
    """Return the networks of folders, none for LEFT_OUT. Raises BadReference where one holds no network."""
    return [Encoder(folder) if str(folder) != LEFT_OUT else None for folder in folders]


def part_of(text: str, parts: int) -> int:
    """Return in which of so many parts a text is, by its name alone: folder, slash, id."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % parts


def reading(text: str, networks: Networks) -> tuple[bool, Encoder | None]:
    """Return whether a text is read at all, and with which network: none where there are no networks."""
    if not networks:
        return True, None
    network = networks[part_of(text, len(networks))]
    return network is not None, network
