"""multilingual-e5-small as an ONNX graph, its four-bit weights as they are: no torch, no loss.

ONNX Runtime multiplies by such weights itself (``MatMulNBits``) and looks word pieces up in such a
table (``GatherBlockQuantized``). The model is a BERT encoder (Devlin et al., NAACL 2019) with mean
pooling (Wang et al., "Multilingual E5 Text Embeddings", 2024).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.e5_file import E5File
from index.onnx_encoder import STATES

if TYPE_CHECKING:
    import numpy.typing as npt
    import onnx

INPUTS = ("input_ids", "attention_mask")
_BLOCK = 32
_OPSET = 21
_IR_VERSION = 10
_EPSILON = 1e-12
_CONTRIB = "com.microsoft"
_MASKED = -1e9
_PIECES = "emb.word"


def e5_graph(file: E5File) -> onnx.ModelProto:
    """Return the graph from word pieces, int64 (texts, tokens), to embeddings.

    They are those of the texts, (texts, hidden), and of each piece in its context, "states"
    (texts, tokens, hidden).
    """
    from onnx import TensorProto, helper

    graph = _Graph(file)
    states = graph.node("Identity", _encoded(graph), out=STATES)
    graph.node("Div", *_pooled(graph, states), out="embedding")
    shape = ["texts", "tokens"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in INPUTS]
    hidden = file.shape.hidden
    outputs = [
        helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", hidden]),
        helper.make_tensor_value_info(STATES, TensorProto.FLOAT, [*shape, hidden]),
    ]
    return helper.make_model(
        helper.make_graph(graph.nodes, "e5", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)],
        ir_version=_IR_VERSION,
    )


class _Graph:
    """Nodes and constants, as they are added."""

    def __init__(self, file: E5File) -> None:
        self.file = file
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._known: set[str] = set()

    def node(self, op: str, *inputs: str, out: str = "", domain: str = "", **values: Any) -> str:
        """Add a node and return the name of its output."""
        from onnx import helper

        out = out or f"{op}.{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(op, inputs, [out], name=f"node.{out}", domain=domain, **values)
        )
        return out

    def constant(self, name: str, values: npt.ArrayLike, kind: npt.DTypeLike) -> str:
        """Add a constant, once, and return its name."""
        from onnx import numpy_helper

        if name not in self._known:
            self._known.add(name)
            self.constants.append(numpy_helper.from_array(np.asarray(values, dtype=kind), name))
        return name

    def axes(self, *numbers: int) -> str:
        """Return a constant that names axes."""
        return self.constant("axes." + ".".join(map(str, numbers)), numbers, np.int64)

    def floats(self, name: str) -> str:
        """Return a float32 tensor of the file as a constant."""
        return self.constant(name, self.file.floats(name), np.float32)

    def linear(self, x: str, name: str, inner: int, outer: int) -> str:
        """Return ``x`` times a four-bit matrix of the file, plus its bias."""
        scales, halves = self.file.halves(f"{name}.w")
        packed = _neighbours_in_a_byte(halves).reshape(outer, inner // _BLOCK, _BLOCK // 2)
        product = self.node(
            "MatMulNBits",
            x,
            self.constant(f"{name}.w", packed, np.uint8),
            self.constant(f"{name}.scale", scales, np.float32),
            domain=_CONTRIB,
            K=inner,
            N=outer,
            bits=4,
            block_size=_BLOCK,
        )
        return self.node("Add", product, self.floats(f"{name}.b"))

    def normed(self, x: str, name: str) -> str:
        """Return the layer norm of ``x`` with the file's weights."""
        return self.node(
            "LayerNormalization",
            x,
            self.floats(f"{name}.w"),
            self.floats(f"{name}.b"),
            axis=-1,
            epsilon=_EPSILON,
        )


def _neighbours_in_a_byte(
    halves: npt.NDArray[np.uint8],
) -> npt.NDArray[np.uint8]:
    """Pack half bytes two by two as ONNX Runtime reads them: the earlier one low."""
    packed: npt.NDArray[np.uint8] = np.bitwise_or(halves[:, 0::2], halves[:, 1::2] << 4)
    return packed


def _encoded(graph: _Graph) -> str:
    """Return the last hidden states, shape (texts, tokens, hidden)."""
    shape = graph.file.shape
    x = graph.normed(graph.node("Add", _pieces(graph), _positions(graph)), "emb.ln")
    hidden_away = _hidden_away(graph)
    for layer in range(shape.layers):
        name = f"l{layer}"
        attended = graph.linear(
            _attended(graph, x, name, hidden_away), f"{name}.ao", shape.hidden, shape.hidden
        )
        x = graph.normed(graph.node("Add", x, attended), f"{name}.aln")
        inner = graph.node("Gelu", graph.linear(x, f"{name}.fi", shape.hidden, shape.intermediate))
        outer = graph.linear(inner, f"{name}.fo", shape.intermediate, shape.hidden)
        x = graph.normed(graph.node("Add", x, outer), f"{name}.oln")
    return x


def _pieces(graph: _Graph) -> str:
    """Look the word pieces up in the four-bit table; signed, so that nought is nought."""
    from onnx import TensorProto

    shape = graph.file.shape
    scales, halves = graph.file.halves(_PIECES)
    signed = (halves - np.uint8(8)) & np.uint8(15)
    table = TensorProto(name=_PIECES, data_type=TensorProto.INT4)
    table.dims.extend([shape.vocabulary, shape.hidden])
    table.raw_data = _neighbours_in_a_byte(signed).tobytes()
    graph.constants.append(table)
    rows = scales.reshape(shape.vocabulary, shape.hidden // _BLOCK)
    return graph.node(
        "GatherBlockQuantized",
        _PIECES,
        INPUTS[0],
        graph.constant(f"{_PIECES}.scale", rows, np.float32),
        domain=_CONTRIB,
        gather_axis=0,
        quantize_axis=1,
        block_size=_BLOCK,
    )


def _positions(graph: _Graph) -> str:
    """Return the embeddings of as many positions as there are tokens; all of the first type."""
    shape = graph.file.shape
    table = graph.file.floats("emb.pos").reshape(shape.positions, shape.hidden)
    first_type = graph.file.floats("emb.type").reshape(-1, shape.hidden)[0]
    every = graph.constant("positions", table + first_type, np.float32)
    size = graph.node("Shape", INPUTS[0])
    tokens = graph.node("Slice", size, graph.axes(1), graph.axes(2))
    return graph.node("Slice", every, graph.axes(0), tokens, graph.axes(0))


def _hidden_away(graph: _Graph) -> str:
    """Return what is added to attention: nothing at a token, a great loss at padding."""
    from onnx import TensorProto

    mask = graph.node("Cast", INPUTS[1], out="mask", to=TensorProto.FLOAT)
    padding = graph.node("Sub", graph.constant("one", 1.0, np.float32), mask)
    loss = graph.node("Mul", padding, graph.constant("masked", _MASKED, np.float32))
    return graph.node("Unsqueeze", loss, graph.axes(1, 2))


def _attended(graph: _Graph, x: str, name: str, hidden_away: str) -> str:
    """Return what the heads of one layer read, shape (texts, tokens, hidden)."""
    shape = graph.file.shape
    size = shape.hidden // shape.heads
    apart = graph.constant("apart", [0, 0, shape.heads, size], np.int64)
    together = graph.constant("together", [0, 0, shape.hidden], np.int64)
    scale = graph.constant("attention.scale", 1 / np.sqrt(size), np.float32)

    def heads(part: str, order: list[int]) -> str:
        values = graph.linear(x, f"{name}.{part}", shape.hidden, shape.hidden)
        return graph.node("Transpose", graph.node("Reshape", values, apart), perm=order)

    cosines = graph.node("MatMul", heads("q", [0, 2, 1, 3]), heads("k", [0, 2, 3, 1]))
    logits = graph.node("Add", graph.node("Mul", cosines, scale), hidden_away)
    weights = graph.node("Softmax", logits, axis=-1)
    read = graph.node("MatMul", weights, heads("v", [0, 2, 1, 3]))
    return graph.node("Reshape", graph.node("Transpose", read, perm=[0, 2, 1, 3]), together)


def _pooled(graph: _Graph, states: str) -> tuple[str, str]:
    """Return the mean of each text's tokens, and its length."""
    mask = graph.node("Unsqueeze", "mask", graph.axes(2))
    total = graph.node("ReduceSum", graph.node("Mul", states, mask), graph.axes(1), keepdims=0)
    count = graph.node("ReduceSum", "mask", graph.axes(1), keepdims=1)
    mean = graph.node("Div", total, count)
    return mean, graph.node("ReduceL2", mean, graph.axes(1), keepdims=1)
