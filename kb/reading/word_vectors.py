"""Word vectors of a text by the layers of the model's network, each kind of word embedded once.

What a word is by itself (its form and shape) and what the words beside it make of it are worked out apart:
the first is remembered, and only the second is done for each text. Kinds of words are embedded in blocks of
one size, so that no vector depends on which words came with it.
"""

from __future__ import annotations

from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

Floats = NDArray[np.float32]

_KEPT: Final = 20_000
"""Kinds of words that are remembered at most, 8 MB; then all are forgotten."""
_BLOCK: Final = 32
_LAYER: Final = "residual(expand_window>>maxout>>layernorm>>dropout)"
_TINY: Final = np.float32(1e-8)
"""What keeps the network from dividing by nothing, as it was trained."""


class WordVectors:
    """Gives each word of a document its vector."""

    def __init__(self, model: Model[Any, Any]) -> None:
        """Take apart a network that embeds words and lets each look at its neighbours, layer by layer.

        Raises ValueError where it is built otherwise.
        """
        features, _, self._embed, self._mix, _ = model.get_ref("embed").layers
        self._columns: list[int | str] = features.attrs["columns"]
        encode = model.get_ref("encode")
        self._pad: int = encode.attrs["pad"]
        layers = encode.layers[0].layers
        if [layer.name for layer in layers] != [_LAYER] * len(layers) or self._pad != len(layers):
            raise ValueError("not a network of windows of three words")
        self._layers = [_Window(layer.layers[0]) for layer in layers]
        self._width = self._layers[0].width
        self._place: dict[bytes, int] = {}
        self._known: Floats = np.empty((_KEPT, self._width), dtype=np.float32)

    def of(self, document: Doc) -> Floats:
        """Return one row for each word."""
        words = len(document)
        vectors: Floats = np.zeros((words + 2 * self._pad, self._width), dtype=np.float32)
        vectors[self._pad : words + self._pad] = self._alone(document)
        for layer in self._layers:
            vectors += layer.seen(vectors)
        return vectors[self._pad : words + self._pad]

    def _alone(self, document: Doc) -> Floats:
        """Return what each word is by itself."""
        rows: NDArray[np.uint64] = document.to_array(self._columns).astype(np.uint64)
        kinds = [row.tobytes() for row in rows]
        place_of = {kind: place for place, kind in enumerate(kinds)}
        if len(self._place) + len(place_of) > _KEPT:
            self._place.clear()
        fresh = [place for kind, place in place_of.items() if kind not in self._place]
        for start in range(0, len(fresh), _BLOCK):
            places = fresh[start : start + _BLOCK]
            self._learn([kinds[place] for place in places], rows[places])
        return self._known[[self._place[kind] for kind in kinds]]

    def _learn(self, kinds: list[bytes], rows: NDArray[np.uint64]) -> None:
        block = np.zeros((_BLOCK, rows.shape[1]), dtype=np.uint64)
        block[: len(rows)] = rows
        found: Floats = self._mix.predict(self._embed.predict(block))
        for kind, vector in zip(kinds, found, strict=False):
            self._known[len(self._place)] = vector
            self._place[kind] = len(self._place)


class _Window:
    """One layer: each word with its two neighbours, the best of three pieces, normalised."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        window, rest = layer.layers
        maxout, norm = rest.layers[0].layers
        self.width: int = maxout.get_dim("nO")
        pieces = maxout.get_dim("nP")
        if window.attrs["window_size"] != 1 or maxout.get_dim("nI") != 3 * self.width:
            raise ValueError("not a network of windows of three words")
        weights: Any = maxout.get_param("W")
        bias: Any = maxout.get_param("b")
        self._weights: list[Floats] = [np.ascontiguousarray(weights[:, piece].T) for piece in range(pieces)]
        self._bias: list[Floats] = [np.ascontiguousarray(bias[:, piece]) for piece in range(pieces)]
        self._scale = cast(Floats, norm.get_param("G"))
        self._shift = cast(Floats, norm.get_param("b"))

    def seen(self, vectors: Floats) -> Floats:
        """Return what the layer adds to each vector."""
        width = self.width
        beside = np.zeros((len(vectors), 3 * width), dtype=np.float32)
        beside[1:, :width] = vectors[:-1]
        beside[:, width : 2 * width] = vectors
        beside[:-1, 2 * width :] = vectors[1:]
        best = beside @ self._weights[0]
        best += self._bias[0]
        for weights, bias in zip(self._weights[1:], self._bias[1:], strict=True):
            piece = beside @ weights
            piece += bias
            np.maximum(best, piece, out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best) / np.float32(width) + _TINY
        best *= (np.float32(1) / np.sqrt(spread))[:, None]
        best *= self._scale
        best += self._shift
        return best
