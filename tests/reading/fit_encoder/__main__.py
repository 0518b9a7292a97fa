"""Train the network that reads words in their context on texts with gold; needs the extra ``train``.

    python -m tests.reading.fit_encoder FOLDER... --out OUT [--parts 3]

FOLDERs are as docs/evaluation.md says. Writes OUT/all, trained on all texts, and OUT/0, OUT/1, ..., each
trained without one part of them, for ``tests.reading.fit_chances --networks OUT/0 OUT/1 ...``. To ship the
first, copy its files into kb/reading/context. An hour for 1,638 texts on two cores.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from kb.reading.lexicon_build import compile_lexicon
from kb.settings import Settings
from tests.reading.fit_chances.networks import part_of
from tests.reading.fit_encoder.examples import of_folder
from tests.reading.fit_encoder.training import trained
from tests.reading.fit_encoder.writing import write


def main(words: Sequence[str] | None = None) -> None:
    """Train and write; what is there already is not trained again."""
    parser = argparse.ArgumentParser(prog="fit_encoder", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--parts", type=int, default=3)
    chosen = parser.parse_args(words)
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    examples = [one for folder in chosen.folders for one in of_folder(folder, lexicon)]
    for part in (*range(chosen.parts), "all"):
        folder = chosen.out / str(part)
        if (folder / "heads.npz").exists():
            print(f"{folder} is there")
            continue
        rest = [one for one in examples if part_of(one.name, chosen.parts) != part]
        print(f"{folder}: {len(rest)} of {len(examples)} texts", flush=True)
        write(trained(rest), folder)


if __name__ == "__main__":
    main()
