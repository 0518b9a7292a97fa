"""Where the project's own data files stand: beside the packages, in a checkout and in an installed wheel."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from kb.errors import BadReference
from kb.settings import Settings

ROOT: Final = Path(__file__).resolve().parent.parent
ONTOLOGY: Final = ROOT / "ontology"
QUERIES: Final = ROOT / "queries"
REFERENCE: Final = ROOT / "kb" / "data" / "reference"
DISPATCHES: Final = ROOT / "kb" / "data" / "dispatches"
FRAMES: Final = ROOT / "kb" / "reading" / "frames"


def files(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a folder that fit a glob pattern, sorted by name.

    Raises BadReference when there is none: a loader that is content with nothing hides a broken install.
    """
    found = sorted(folder.glob(pattern))
    if not found:
        repair = "Install Legation again, or restore the folder"
        raise BadReference(f"no file {pattern}", place=str(folder), repair=repair)
    return found


def ontology_files() -> list[Path]:
    """Return the ontology's Turtle modules, without shapes, rules and checks."""
    return files(ONTOLOGY, "*.ttl")


def alignment_files() -> list[Path]:
    """Return the alignments with partner vocabularies: for readers and exports, never reasoned over."""
    return files(ONTOLOGY / "alignments", "*.ttl")


def reference_files() -> list[Path]:
    """Return the curated reference data's Turtle files: the shipped ones, then an operator's own.

    Raises BadReference where LEGATION_REFERENCE names no folder.
    """
    own = own_reference()
    return [*files(REFERENCE, "*.ttl"), *(sorted(own.glob("*.ttl")) if own else ())]


def own_reference() -> Path | None:
    """Return the folder of an operator's own reference data, which may still be empty; None without one.

    Raises BadReference where LEGATION_REFERENCE names no folder.
    """
    name = Settings.from_environment().reference
    if not name:
        return None
    if not Path(name).is_dir():
        raise BadReference(
            "no such folder", place=f"LEGATION_REFERENCE={name}", repair="Make it, or unset it"
        )
    return None if Path(name).resolve() == REFERENCE.resolve() else Path(name)


def reference_folder() -> Path:
    """Return the folder that curation writes to: an operator's own, else a checkout's.

    Raises BadReference where there is neither: an installed package's data are not to be edited.
    """
    own = own_reference()
    if own is not None:
        return own
    if (ROOT / "pyproject.toml").exists() and os.access(REFERENCE, os.W_OK):
        return REFERENCE
    repair = "Name a folder for your own entities in LEGATION_REFERENCE"
    raise BadReference("the shipped reference data cannot be written", place=str(REFERENCE), repair=repair)


def turtle_files() -> list[Path]:
    """Return every Turtle file that the project keeps in canonical form; a checkout has the tests' too."""
    return [*files(ONTOLOGY, "**/*.ttl"), *files(REFERENCE, "**/*.ttl"), *sorted(ROOT.glob("tests/**/*.ttl"))]
