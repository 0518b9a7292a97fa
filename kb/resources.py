"""Where the project's own data files stand: beside the packages, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kb.errors import BadReference

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


def reference_files() -> list[Path]:
    """Return the curated reference data's Turtle files."""
    return files(REFERENCE, "*.ttl")


def turtle_files() -> list[Path]:
    """Return every Turtle file that the project keeps in canonical form; a checkout has the tests' too."""
    return [*files(ONTOLOGY, "**/*.ttl"), *files(REFERENCE, "**/*.ttl"), *sorted(ROOT.glob("tests/**/*.ttl"))]
