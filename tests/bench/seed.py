"""The base that a large one is grown from: ontology, reference data and the shipped dispatches, read."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

from kb import pipeline
from kb.articles import take_in_all
from kb.extractors import RULES, together
from kb.reference import version
from kb.resources import DISPATCHES
from kb.settings import Settings
from kb.store import open_store


def seed_base(settings: Settings) -> Path:
    """Return the folder of a base that holds what ``legation demo`` shows; made once, then found again.

    It stands in the cache folder, under the version of ontology and reference data, the wording of the
    dispatches and the version of what reads them. Raises as ``pipeline.build`` and ``pipeline.ingest`` do.
    """
    reader = together(settings, RULES)
    texts = sorted(path for path in DISPATCHES.rglob("*") if path.is_file())
    mark = hashlib.sha256(f"{version()} {reader.version}".encode())
    for path in texts:
        mark.update(path.read_bytes())
    folder = settings.cache_folder / f"bench-seed-{mark.hexdigest()[:16]}"
    if folder.is_dir():
        return folder
    unfinished = folder.with_name(folder.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    articles = take_in_all([DISPATCHES / "texts"], index=DISPATCHES / "INDEX.tsv")
    with open_store(str(unfinished), replace(settings, store=str(unfinished))) as store:
        pipeline.prepare(store)
        pipeline.ingest(store, articles, reader)
    unfinished.rename(folder)
    return folder
