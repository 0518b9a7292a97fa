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
        features, _, self._embed, mix, _ = model.get_ref("embed").layers
        self._mix = _Mix(mix)
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
        if fresh:
            self._learn([kinds[place] for place in fresh], rows[fresh])
        return self._known[[self._place[kind] for kind in kinds]]

    def _learn(self, kinds: list[bytes], rows: NDArray[np.uint64]) -> None:
        begun, end = len(self._place), len(self._place) + len(kinds)
        self._known[begun:end] = self._mix.mixed(self._embed.predict(rows))
        self._place.update(zip(kinds, range(begun, end), strict=True))


class _Mix:
    """What comes of a word's features together: the best of three pieces, normalised."""

    def __init__(self, mix: Model[Any, Any]) -> None:
        maxout, norm = mix.layers[0].layers[0].layers
        if (maxout.name, norm.name) != ("maxout", "layernorm"):
            raise ValueError("not a network that mixes the features of a word")
        weights: Any = maxout.get_param("W")
        bias: Any = maxout.get_param("b")
        self._pieces: int = maxout.get_dim("nP")
        self._weights: Floats = weights.reshape(-1, maxout.get_dim("nI")).T
        self._bias: Floats = bias.ravel()
        self._scale, self._shift = cast(Floats, norm.get_param("G")), cast(Floats, norm.get_param("b"))

    def mixed(self, features: Floats) -> Floats:
        """Return one vector for each word; blocks of one size are multiplied, filled up where words lack."""
        words = len(features)
        filled: Floats = np.zeros((-(-words // _BLOCK) * _BLOCK, features.shape[1]), dtype=np.float32)
        filled[:words] = features
        blocks = [filled[start : start + _BLOCK] @ self._weights for start in range(0, words, _BLOCK)]
        pieces: Floats = np.concatenate(blocks)[:words]
        pieces += self._bias
        best: Floats = pieces.reshape(words, -1, self._pieces).max(axis=2)
        spread = best.var(axis=1, keepdims=True) + np.float32(_TINY)
        best -= best.mean(axis=1, keepdims=True)
        best *= spread ** np.float32(-0.5)
        best *= self._scale
        best += self._shift
        return best


class _Window:
    """One layer: each word with its two neighbours, the best of three pieces, normalised."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        window, rest = layer.layers
        maxout, norm = rest.layers[0].layers
        self.width: int = maxout.get_dim("nO")
        pieces = maxout.get_dim("nP")
        if window.attrs["window_size"] != 1 or maxout.get_dim("nI") != 3 * self.width or pieces < 2:
            raise ValueError("not a network of windows of three words")
        weights: Any = maxout.get_param("W")
        bias: Any = maxout.get_param("b")
        each = [weights[:, piece].T for piece in range(pieces)]
        self._weights: Floats = np.ascontiguousarray(np.concatenate(each, axis=1))
        self._bias: Floats = np.concatenate([bias[:, piece] for piece in range(pieces)])
        self._scale = cast(Floats, norm.get_param("G"))
        self._shift = cast(Floats, norm.get_param("b"))

    def seen(self, vectors: Floats) -> Floats:
        """Return what the layer adds to each vector."""
        width = self.width
        beside = np.empty((len(vectors), 3 * width), dtype=np.float32)
        beside[0, :width] = 0
        beside[1:, :width] = vectors[:-1]
        beside[:, width : 2 * width] = vectors
        beside[:-1, 2 * width :] = vectors[1:]
        beside[-1, 2 * width :] = 0
        pieces = beside @ self._weights
        pieces += self._bias
        best: Floats = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        for start in range(2 * width, pieces.shape[1], width):
            np.maximum(best, pieces[:, start : start + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best) / np.float32(width) + _TINY
        best *= (np.float32(1) / np.sqrt(spread))[:, None]
        best *= self._scale
        best += self._shift
        return best
