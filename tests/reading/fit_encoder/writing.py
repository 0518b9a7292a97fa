"""Write a trained network as ``kb.reading.context`` reads it: whole numbers of eight bits, and answers."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic

from kb.reading.context.encoder import FOLDER
from kb.reading.context.heads import Heads
from tests.reading.fit_encoder.examples import TYPES
from tests.reading.fit_encoder.graph import built
from tests.reading.fit_encoder.network import LAYERS, Network


def write(network: Network, folder: Path) -> None:
    """Write a network's files into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    reader = {name: table.numpy() for name, table in network.reader.state_dict().items()}
    with TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        onnx.save(built(reader, LAYERS), exact)
        quantize_dynamic(
            exact,
            folder / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    held = {name: table.numpy() for name, table in network.state_dict().items()}
    names = [field.name for field in fields(Heads)][1:]
    layers: dict[str, Any] = {name: _layer(held, name) for name in names}
    np.savez(folder / "heads.npz", types=np.array(TYPES), **layers)
    if folder.resolve() != FOLDER.resolve():
        shutil.copy(FOLDER / "pieces.txt", folder)


def _layer(held: dict[str, Any], name: str) -> Any:
    return held[f"{name.removesuffix('_bias')}.bias" if name.endswith("_bias") else f"{name}.weight"]
