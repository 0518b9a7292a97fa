"""The network in the form in which it is trained; ``kb.reading.context`` runs what comes of it."""

from __future__ import annotations

from importlib import resources
from typing import Any, Final
from zipfile import ZipFile

import torch
from safetensors.torch import load
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from kb.reading.context.encoder import WIDTH
from kb.reading.context.heads import MOODS, ROLES
from tests.reading.fit_encoder.examples import TYPES

LAYERS: Final = 3
FAR: Final = 20
"""Pieces between a trigger and a word that are told apart, to either side."""
_BASE: Final = ("all_minilm_l6_v2", "model.zip", "model.safetensors")
_INNER, _PAIR, _DROPPED = 256, 128, 0.1


class Network(nn.Module):  # type: ignore[misc,unused-ignore]
    """Reads pieces, and answers what ``kb.reading.context.heads`` asks."""

    def __init__(self) -> None:
        """Begin with the lower layers of all-MiniLM-L6-v2 and with answers that know nothing yet."""
        super().__init__()
        self.reader = BertModel(
            BertConfig(
                hidden_size=WIDTH, num_hidden_layers=LAYERS, num_attention_heads=12, intermediate_size=1536
            ),
            add_pooling_layer=False,
        )
        held = {name.removeprefix("bert."): table for name, table in _base().items()}
        wanted = self.reader.state_dict()
        self.reader.load_state_dict({name: held[name] for name in wanted if name in held}, strict=False)
        self.event_in, self.event_out = nn.Linear(WIDTH, _INNER), nn.Linear(_INNER, len(TYPES))
        self.mood_in, self.mood_out = nn.Linear(WIDTH, _PAIR), nn.Linear(_PAIR, len(MOODS) + 1)
        self.trigger, self.word = nn.Linear(WIDTH, _PAIR), nn.Linear(WIDTH, _PAIR)
        self.of_type, self.apart = nn.Embedding(len(TYPES), _PAIR), nn.Embedding(2 * FAR + 1, _PAIR)
        self.role = nn.Linear(_PAIR, len(ROLES))
        self._bent, self._dropped = nn.GELU(), nn.Dropout(_DROPPED)

    def read(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Return rows for texts, one behind the other: (texts × pieces) × WIDTH."""
        states: Tensor = self.reader(input_ids=pieces, attention_mask=mask).last_hidden_state
        return states.float().reshape(-1, WIDTH)

    def events(self, rows: Tensor, types: Tensor) -> Tensor:
        """Return log-odds that triggers tell events of types."""
        inner = self._dropped(self._bent(self.event_in(self._dropped(rows))))
        odds: Tensor = self.event_out(inner).gather(1, types[:, None])[:, 0]
        return odds

    def moods(self, rows: Tensor) -> Tensor:
        """Return what speaks for each modality, and log-odds that the event is denied."""
        odds: Tensor = self.mood_out(self._bent(self.mood_in(self._dropped(rows))))
        return odds

    def roles(self, rows: Tensor, triggers: Tensor, types: Tensor, words: Tensor) -> Tensor:
        """Return log-odds that words stand for roles beside triggers; both by their rows."""
        apart = (words - triggers).clamp(-FAR, FAR) + FAR
        both = self.trigger(rows)[triggers] + self.word(rows)[words]
        odds: Tensor = self.role(self._dropped(self._bent(both + self.of_type(types) + self.apart(apart))))
        return odds


def _base() -> dict[str, Any]:
    package, archive, table = _BASE
    with resources.files(package).joinpath(archive).open("rb") as stream, ZipFile(stream) as held:
        name = next(name for name in held.namelist() if name.endswith(table))
        found: dict[str, Any] = load(held.read(name))
        return found


def seeded(seed: int) -> None:
    """Begin anew with what is drawn by lot."""
    torch.manual_seed(seed)
