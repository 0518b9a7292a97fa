"""The network's layers as a graph that onnxruntime runs fast: one node an attention, norm and bend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

from kb.reading.context.encoder import WIDTH

HEADS: Final = 12
_OF_RUNTIME: Final = "com.microsoft"
_TINY: Final = 1e-12
_OPSET, _OPSET_OF_RUNTIME, _FORMAT = 17, 1, 9

Tables = Mapping[str, NDArray[np.float32]]


class Graph:
    """Puts nodes and tables together."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._tables: list[Any] = []

    def table(self, values: NDArray[Any]) -> str:
        """Add a table and return its name."""
        name = f"table{len(self._tables)}"
        self._tables.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, *inputs: str, domain: str = "", **settings: object) -> str:
        """Add a node and return the name of what it gives."""
        name = f"node{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], domain=domain, **settings))
        return name

    def model(self, given: str) -> ModelProto:
        """Return the graph that takes ``ids`` and gives ``states``, the node of a name."""
        self._nodes[-1].output[0] = "states"
        assert given == f"node{len(self._nodes) - 1}", "the last node must be what is given"
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])
        states = helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, "pieces", WIDTH])
        graph = helper.make_graph(self._nodes, "encoder", [ids], [states], self._tables)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OF_RUNTIME, _OPSET_OF_RUNTIME)]
        model: ModelProto = helper.make_model(graph, opset_imports=opsets)
        model.ir_version = _FORMAT
        return model


def built(tables: Tables, layers: int) -> ModelProto:
    """Return the graph of a BERT's layers, whose tables bear the names that transformers gives them."""
    graph = Graph()
    rows = _embedded(graph, tables)
    for number in range(layers):
        rows = _layer(graph, tables, f"encoder.layer.{number}.", rows)
    return graph.model(rows)


def _embedded(graph: Graph, tables: Tables) -> str:
    words = tables["embeddings.word_embeddings.weight"] + tables["embeddings.token_type_embeddings.weight"][0]
    places = tables["embeddings.position_embeddings.weight"][None]
    length = graph.node("Shape", "ids", start=1, end=2)
    none, first = graph.table(np.array([0], np.int64)), graph.table(np.array([1], np.int64))
    placed = graph.node("Slice", graph.table(places), none, length, first)
    pieces = graph.node("Gather", graph.table(words), "ids")
    return _normed(graph, tables, "embeddings.LayerNorm", graph.node("Add", pieces, placed))


def _layer(graph: Graph, tables: Tables, name: str, rows: str) -> str:
    seen = f"{name}attention.output."
    looked = _joined(graph, tables, f"{seen}dense", _attended(graph, tables, name, rows), rows)
    rows = _normed(graph, tables, f"{seen}LayerNorm", looked)
    inner = graph.node("MatMul", rows, graph.table(tables[f"{name}intermediate.dense.weight"].T))
    bias = graph.table(tables[f"{name}intermediate.dense.bias"])
    bent = graph.node("FastGelu", inner, bias, domain=_OF_RUNTIME)
    whole = _joined(graph, tables, f"{name}output.dense", bent, rows)
    return _normed(graph, tables, f"{name}output.LayerNorm", whole)


def _attended(graph: Graph, tables: Tables, name: str, rows: str) -> str:
    parts = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
    weights = np.concatenate([tables[f"{part}.weight"].T for part in parts], axis=1)
    biases = np.concatenate([tables[f"{part}.bias"] for part in parts])
    held = graph.table(weights), graph.table(biases)
    return graph.node("Attention", rows, *held, domain=_OF_RUNTIME, num_heads=HEADS)


def _joined(graph: Graph, tables: Tables, name: str, inner: str, rows: str) -> str:
    """Return what a layer makes of rows, added to them."""
    made = graph.node("MatMul", inner, graph.table(tables[f"{name}.weight"].T))
    return graph.node("Add", graph.node("Add", made, graph.table(tables[f"{name}.bias"])), rows)


def _normed(graph: Graph, tables: Tables, name: str, rows: str) -> str:
    held = graph.table(tables[f"{name}.weight"]), graph.table(tables[f"{name}.bias"])
    return graph.node("LayerNormalization", rows, *held, epsilon=_TINY, axis=-1)
