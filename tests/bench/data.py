"""Make a large base: ``python -m tests.bench.data --triples 1000000 FOLDER``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from kb.settings import Settings
from tests.bench.seed import seed_base
from tests.bench.writing import grow


def main(arguments: list[str]) -> int:
    """Make the folder; print what became of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.data", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="must not exist yet")
    parser.add_argument("--triples", type=int, default=1_000_000, help="of the default graph, about")
    parser.add_argument("--seed", type=int, default=1, help="another number, another base")
    chosen = parser.parse_args(arguments)
    folder: Path = chosen.folder
    if chosen.triples < 1:
        parser.error("--triples is a number above zero")
    started = time.monotonic()
    try:
        found = grow(seed_base(Settings.from_environment()), folder, chosen.triples, chosen.seed)
    except FileExistsError as error:
        parser.error(f"{error.filename} exists already; name a folder that does not")
    print(f"{folder}: {found:,} triples in the default graph, {time.monotonic() - started:.0f} s")
    print(f"{folder}.oxigraph: the same for `oxigraph serve-read-only --location {folder}.oxigraph`")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
