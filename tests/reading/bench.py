"""How fast the rules read: ``python -m tests.reading.bench [FOLDER --index INDEX.tsv]``; see README.md.

CPU time of this process and no wall time, because other work on the machine lengthens the latter much more.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from kb.articles import take_in_all
from kb.reading.gazetteer import country_of
from kb.reading.pipeline import pipeline
from kb.reading.reader import Reader, reader
from kb.records import Article
from kb.resources import DISPATCHES

WORDS: Final = 200
"""Words of the article that speed is told in."""
LENGTHS: Final = (20_000, 80_000)
"""Characters of two long texts: the second should take four times as long as the first."""
START: Final = "from tests.reading.bench import start; start()"


class Usage(NamedTuple):
    """What a process used."""

    cpu: float
    wall: float
    megabytes: float


def dispatches() -> list[Article]:
    """Return the dispatches that the project ships."""
    return take_in_all([DISPATCHES / "texts"], index=DISPATCHES / "INDEX.tsv")


def start() -> None:
    """Read one dispatch and no more."""
    assert reader().read(dispatches()[0])


def starting() -> Usage:
    """Return what a process uses from its start to its first claims, the caches being there."""
    for _ in range(2):  # the first may have to make the caches
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-c", START], check=True)
        wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Usage(cpu, wall, after.ru_maxrss / 1024)


def rate(read: Reader, articles: Sequence[Article]) -> float:
    """Return how many articles of WORDS words are read in a second of CPU time."""
    begun = time.process_time()
    for article in articles:
        read.read(article)
    words = sum(len(article.text.split()) for article in articles)
    return words / WORDS / (time.process_time() - begun)


def long_text(articles: Sequence[Article], length: int) -> Article:
    """Return the articles' texts, one after the other and again, as one of so many characters."""
    whole = "\n\n".join(article.text for article in articles)
    return replace(articles[0], text=((whole + "\n\n") * (1 + length // len(whole)))[:length])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="texts; without it, the dispatches")
    parser.add_argument("--index", type=Path, help="TSV table with columns id, outlet, date")
    chosen = parser.parse_args()
    texts = take_in_all([chosen.folder], index=chosen.index) if chosen.folder else dispatches()
    used = starting()
    read = reader()
    pipeline()
    read.read(texts[0])  # word lists and frames are loaded at the first text,
    country_of("Paris")  # and the gazetteer at the first town
    first, again = rate(read, texts), rate(read, texts)
    short, long = (rate(read, [long_text(texts, length)]) for length in LENGTHS)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for what, figure in (
        ("texts", f"{len(texts)}"),
        (f"articles of {WORDS} words a CPU-second", f"{first:.1f} (words met before: {again:.1f})"),
        (f"the same, texts of {LENGTHS[0]} and {LENGTHS[1]} characters", f"{short:.1f} and {long:.1f}"),
        ("start to first claims", f"{used.cpu:.1f} CPU-s, {used.wall:.1f} s"),
        ("memory after the first claims, after all", f"{used.megabytes:.0f} MB, {held:.0f} MB"),
        ("load of the machine, processors", f"{os.getloadavg()[0]:.1f}, {os.cpu_count()}"),
    ):
        print(f"{what:50}{figure}")


if __name__ == "__main__":
    main()
