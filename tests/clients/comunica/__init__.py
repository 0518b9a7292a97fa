"""Comunica, as package-lock.json pins it; ``python -m tests.clients.comunica`` puts it into the cache.

Where it is fetched from is npm's own setting; scripts of packages are not run. It needs Node 20.18 or newer.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from kb.settings import Settings

_HERE: Final = Path(__file__).parent
_MANIFESTS: Final = ("package.json", "package-lock.json")


def node_is_new_enough() -> bool:
    """Tell whether there is a Node that Comunica runs on."""
    if shutil.which("node") is None:
        return False
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, told.strip().lstrip("v").split(".")[:2])) >= (20, 18)


def folder() -> Path:
    """Return where Comunica is put."""
    return Settings.from_environment().cache_folder / "comunica"


def program() -> Path | None:
    """Return Comunica's command; None where it is not there in the versions that are wanted."""
    found = folder() / "node_modules" / ".bin" / "comunica-sparql"
    kept = folder() / "installed.json"
    wanted = (_HERE / "package-lock.json").read_bytes()
    return found if found.exists() and kept.exists() and kept.read_bytes() == wanted else None


def install() -> Path:
    """Put Comunica into the cache unless it is there; return its command."""
    if found := program():
        return found
    shutil.rmtree(folder(), ignore_errors=True)
    folder().mkdir(parents=True)
    for name in _MANIFESTS:
        shutil.copy(_HERE / name, folder())
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=folder(), check=True)
    shutil.copy(_HERE / "package-lock.json", folder() / "installed.json")
    found = program()
    assert found, f"npm ci left no command in {folder()}"
    return found
