"""Every name that two of the real texts at hand share is in the base under that very form."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Final

import pytest

from kb.entities.name_index_cache import open_names
from kb.entities.names import name_key
from kb.settings import Settings
from tests.acceptance.base import SHARED

GOLD: Final = SHARED / "gold" / "dev" / "gold"
ACTORS: Final = ("state", "gov", "person", "org", "region", "office")
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "agents": ACTORS,
    "counterparts": ACTORS,
    "speaker": ACTORS,
    "companions": ACTORS,
    "via": ("org",),
    "place": ("place", "region", "terr"),
    "facility": ("fac", "hw"),
    "items": ("hw", "treaty", "summit"),
    "office": ("office",),
}
"""Slot of a gold line -> kinds of entity that its names may be of."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared: real texts with their gold"),
]


def test_names_that_two_texts_share_are_found_by_their_form(capsys: pytest.CaptureFixture[str]) -> None:
    names = open_names(Settings.from_environment().cache_folder)
    found: dict[str, int] = defaultdict(int)
    missing: dict[str, list[str]] = defaultdict(list)
    for slot, forms in shared_names().items():
        for form in forms:
            bearers = [match for match in names.find(form, kinds=KINDS[slot]) if match.score == 100]
            if bearers:
                found[slot] += 1
            else:
                missing[slot].append(form)
    with capsys.disabled():
        for slot in KINDS:
            whole = found[slot] + len(missing[slot])
            print(f"\n{slot}: {found[slot]} of {whole}", end="")
    lacking = sum(map(len, missing.values()))
    assert sum(found.values()) >= 80
    assert lacking <= 0.02 * sum(found.values()), f"{lacking} names are not in the base"


def shared_names() -> dict[str, set[str]]:
    """Return by slot the proper names that the gold lines of two texts or more hold, one form of each."""
    texts: dict[tuple[str, str], set[str]] = defaultdict(set)
    spelt: dict[tuple[str, str], str] = {}
    for path in sorted(Path(GOLD).glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            claim = json.loads(line)
            for slot in KINDS:
                value = claim[slot]
                for name in value if isinstance(value, list) else [value]:
                    if name and name[0].isupper():  # the rest are descriptions: "joint statement"
                        texts[slot, name_key(name)].add(path.stem)
                        spelt.setdefault((slot, name_key(name)), name)
    shared: dict[str, set[str]] = defaultdict(set)
    for (slot, key), where in texts.items():
        if len(where) > 1:
            shared[slot].add(spelt[slot, key])
    return shared
