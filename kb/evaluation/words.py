"""The word lists of the scoring, loaded once from words.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

PATH: Final = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Words:
    """What the scoring of names rests on; see words.yaml for what each list means."""

    titles: frozenset[str]
    state_forms: dict[str, str]
    states: frozenset[str]
    bodies: tuple[str, ...]
    office_small: frozenset[str]
    office_same: dict[str, str]
    office_ranks: frozenset[str]


@cache
def words() -> Words:
    """Return the lists; a state's other forms and what they stand for count as its names."""
    loaded = yaml.safe_load(PATH.read_text("utf-8"))
    forms = dict(loaded["state_forms"])
    return Words(
        titles=frozenset(loaded["titles"]),
        state_forms=forms,
        states=frozenset(loaded["states"]) | frozenset(forms.values()),
        bodies=tuple(loaded["bodies"]),
        office_small=frozenset(loaded["office_small"]),
        office_same=dict(loaded["office_same"]),
        office_ranks=frozenset(loaded["office_ranks"]),
    )
