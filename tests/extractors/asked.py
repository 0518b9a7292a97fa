"""A model of the invented world, asked through a real server, for the tests of the extractor "model"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kb.extractors.model.extractor import Model
from kb.records import Article, Claim
from kb.settings import Secret, Settings
from tests.extractors.server import Recorded, Server, serving
from tests.reading.desk import article, invented_lexicon

KEY = "sk-test-7f3a91c04b7de815"
TEXT = (
    "Ruritania's President Anton Varga met Boris Kelemen in Strelsau on Wednesday.\n\n"
    "Zembla will supply “12 new tanks” to Ruritania, Boris Kelemen said."
)


def said(type: object = "Meeting", **changed: Any) -> dict[str, object]:
    """Return a claim as a model words it: one that holds of TEXT, changed as wished."""
    meeting: dict[str, object] = {
        "type": "Meeting",
        "quote": "Anton Varga met Boris Kelemen in Strelsau on Wednesday",
        "agents": [person("Anton Varga", "RUR"), person("Boris Kelemen", "ZEM")],
        "counterparts": [],
        "companions": [],
        "items": [],
        "place": "Strelsau",
        "facility": None,
        "country": None,
        "office": None,
        "when": "on Wednesday",
        "modality": "reported",
        "polarity": "affirmed",
        "speaker": None,
        "via": None,
    }
    transfer: dict[str, object] = {
        "type": "Transfer",
        "quote": "Zembla will supply “12 new tanks” to Ruritania",
        "agents": [party("Zembla")],
        "counterparts": [party("Ruritania")],
        "items": ["tanks"],
        "place": None,
        "when": None,
        "modality": "planned",
        "speaker": "Boris Kelemen",
    }
    return meeting | (transfer if type == "Transfer" else {"type": type}) | changed


def person(name: str, state: str | None = None) -> dict[str, object]:
    return {"name": name, "kind": "person", "state": state}


def party(name: str, kind: str = "state", state: str | None = None) -> dict[str, object]:
    return {"name": name, "kind": kind, "state": state}


@dataclass
class Asked:
    """A model, the server that answers for it, and how long it would have waited between calls."""

    model: Model
    server: Server
    waits: list[float] = field(default_factory=list)

    def read(self, text: str | Article = TEXT) -> list[Claim]:
        return self.model.read(article(text) if isinstance(text, str) else text)


@contextmanager
def asking(folder: Path, *replies: Recorded, settings: Mapping[str, object] | None = None) -> Iterator[Asked]:
    """Ask a model whose service gives these replies; what it answers is kept in ``folder``."""
    with serving(replies) as server:
        waits: list[float] = []
        chosen = Settings(
            cache=str(folder),
            model_address=server.address,
            model_name="Test/Model 1",
            model_key=Secret(KEY),
            model_seconds=5.0,
        )
        chosen = replace(chosen, **(settings or {}))  # type: ignore[arg-type]
        yield Asked(Model(chosen, invented_lexicon(), sleep=waits.append), server, waits)
