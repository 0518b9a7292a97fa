"""Train the network on examples."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as binary
from torch.nn.functional import cross_entropy

from kb.reading.context.encoder import BEGIN, END
from kb.reading.context.heads import MOODS
from tests.reading.fit_encoder.examples import Example
from tests.reading.fit_encoder.network import Network, seeded

EPOCHS, BATCH = 4, 8
RATE, RATE_OF_ANSWERS = 2e-4, 1e-3
WARM, COOLEST = 0.1, 0.02
"""Share of the steps in which the rate rises, and the share of the rate that is left in the end."""
_OF_EVENTS, _OF_ROLES, _OF_MOODS = 0.1, 0.05, 0.1
"""What one answer weighs among the others."""
_SPREAD: Final = 60
"""Pieces by which texts that are read together may differ more than by their length."""


@dataclass(frozen=True)
class Batch:
    """Texts that are read together; rows of all texts are counted on."""

    pieces: Tensor
    mask: Tensor
    asked: Tensor
    beside: Tensor


def trained(examples: Sequence[Example]) -> Network:
    """Return a network that was trained on examples; prints how far off it still is."""
    seeded(1)
    drawn = random.Random(1)
    network = Network()
    reader = list(network.reader.parameters())
    rest = [one for name, one in network.named_parameters() if not name.startswith("reader.")]
    groups = [{"params": reader, "lr": RATE}, {"params": rest, "lr": RATE_OF_ANSWERS}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * -(-len(examples) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    network.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in _batches(examples, drawn):
            loss = _loss(network, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {EPOCHS}: {total * BATCH / len(examples):.3f}", flush=True)
    network.eval()
    return network


def _rate(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / (WARM * steps)) * max(COOLEST, 1 - step / steps)


def _batches(examples: Sequence[Example], drawn: random.Random) -> Iterator[Batch]:
    """Yield texts of about one length together, in an order drawn by lot."""
    order = sorted(examples, key=lambda one: len(one.pieces) + drawn.random() * _SPREAD)
    parts = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    drawn.shuffle(parts)
    yield from map(_batch, parts)


def _batch(examples: Sequence[Example]) -> Batch:
    width = max(len(one.pieces) for one in examples) + 2
    pieces = np.zeros((len(examples), width), dtype=np.int64)
    asked, beside = [], []
    for at, one in enumerate(examples):
        pieces[at, : len(one.pieces) + 2] = [BEGIN, *one.pieces, END]
        begun = at * width + 1
        asked.append(one.asked + np.array([begun, 0, 0, 0, 0, 0], dtype=np.float32))
        beside.append(one.beside + np.array([begun, 0, begun, 0, 0, 0, 0], dtype=np.float32))
    return Batch(
        torch.tensor(pieces),
        torch.tensor((pieces != 0).astype(np.int64)),
        torch.tensor(np.concatenate(asked)),
        torch.tensor(np.concatenate(beside)),
    )


def _loss(network: Network, batch: Batch) -> Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rows = network.read(batch.pieces, batch.mask)
    triggers, types, tells, counts, moods, denied = batch.asked.T
    triggers, types = triggers.long(), types.long()
    loss: Tensor = _OF_EVENTS * binary(network.events(rows[triggers], types), tells, counts, reduction="sum")
    beside, answers = batch.beside[:, :3].long(), batch.beside[:, 3:]
    said = network.roles(rows, *beside.T)
    loss = loss + _OF_ROLES * binary(said, answers.clamp(min=0), (answers >= 0).float(), reduction="sum")
    told = tells > 0
    if told.any():
        scores = network.moods(rows[triggers[told]])
        loss = loss + _OF_MOODS * (
            cross_entropy(scores[:, : len(MOODS)], moods[told].long(), reduction="sum")
            + binary(scores[:, len(MOODS)], denied[told], reduction="sum")
        )
    return loss / len(batch.pieces)
