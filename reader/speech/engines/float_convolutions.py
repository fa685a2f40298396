"""Makes the dear convolutions of a quantised model work in floating point again.

onnxruntime's convolution of 8-bit integers (ConvInteger) takes 2.5 times as long as that of
floats, on a processor with instructions for either. What `quantize_dynamic` made of one

    x - DynamicQuantizeLinear - ConvInteger - Add(bias, rounded) - Cast - Mul(scales)

becomes Conv(x, weights, bias) with the weights it was made from, as far as they were kept. Field
numbers are those of onnx.proto3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.speech.engines.onnx_graph import (
    Graph,
    Node,
    needed_nodes,
    read_graph,
    written_model,
)
from reader.speech.engines.protobuf import field, fields, number_field, varint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_INPUT, _OUTPUT, _OPERATION, _ATTRIBUTE = 1, 2, 4, 5  # of NodeProto
_DIMS, _DATA_TYPE, _TENSOR_NAME, _RAW_DATA = 1, 2, 8, 9  # of TensorProto
_TYPES = {1: "<f4", 2: "u1", 3: "i1"}  # TensorProto.DataType in numpy's words


@dataclass(frozen=True, slots=True)
class _FloatConvolution:
    node: Node
    weights_name: str
    weights: bytes


def with_float_convolutions(
    model: bytes, prefix: str, kept_output: str
) -> list[bytes | memoryview]:
    """Return the model with the convolutions whose output starts with `prefix` in floating point.

    It comes in pieces, most of them views of what was given, that together are its bytes.
    `kept_output` is a tensor that is read though the graph doesn't say so. Convolutions in any
    other form stay as they are.

    Raises:
        UnreadableModel: the bytes are no model.
    """
    graph = read_graph(model)
    replacements = {
        node.output: replacement
        for node in graph.nodes
        if node.operation == "ConvInteger" and node.output.startswith(prefix)
        if (replacement := _float_convolution(graph, node)) is not None
    }
    given = {replacement.node.output for replacement in replacements.values()}
    nodes = [
        replacements[node.output].node if node.output in replacements else node
        for node in graph.nodes
        if node.output not in given
    ]
    tensors = dict(graph.tensors) | {r.weights_name: r.weights for r in replacements.values()}
    kept = needed_nodes(nodes, {*graph.outputs, kept_output})
    return written_model(graph, kept, tensors, graph.inputs.values(), graph.outputs.values())


def _float_convolution(graph: Graph, node: Node) -> _FloatConvolution | None:
    """Return what does the work of a chain that begins with `node`; None if it isn't one of ours.

    The new node takes the place of the first and gives the output of the last.
    """
    quantised, weights, _, zero_point = (*node.inputs, "", "")[:4]
    source = graph.producer.get(quantised)
    following = _only_reader(graph, node)
    inputs = [source.inputs[0] if source is not None else "", f"{weights}_float"]
    if following is not None and following.operation == "Add":
        bias = _origin_of_bias(graph, next(i for i in following.inputs if i != node.output))
        if bias not in graph.tensors:
            return None
        inputs.append(bias)
        following = _only_reader(graph, following)
    last = _only_reader(graph, following) if following is not None else None
    if (
        source is None
        or source.operation != "DynamicQuantizeLinear"
        or following is None
        or following.operation != "Cast"
        or last is None
        or last.operation != "Mul"
    ):
        return None
    scales = graph.producer.get(next(i for i in last.inputs if i != following.output))
    scale = next((i for i in scales.inputs if i in graph.tensors), "") if scales else ""
    if any(name not in graph.tensors for name in (weights, zero_point, scale)):
        return None
    floats = _values(graph.tensors[weights]).astype("<f4")
    floats = (floats - _values(graph.tensors[zero_point])) * _values(graph.tensors[scale])
    written = b"".join(
        [
            *(field(_INPUT, name.encode()) for name in inputs),
            field(_OUTPUT, last.output.encode()),
            field(_OPERATION, b"Conv"),
            *(
                node.written[f.start : f.end]
                for f in fields(node.written, 0, len(node.written))
                if f.number == _ATTRIBUTE
            ),
        ]
    )
    convolution = Node("Conv", tuple(inputs), (last.output,), written)
    return _FloatConvolution(convolution, inputs[1], _written_floats(inputs[1], floats))


def _origin_of_bias(graph: Graph, name: str) -> str:
    """Follow a bias that is quantised on the way back to where it is still a float."""
    for _ in ("Reshape", "Cast", "Floor", "Div"):
        producer = graph.producer.get(name)
        if producer is None:
            break
        name = producer.inputs[0]
    return name


def _only_reader(graph: Graph, node: Node) -> Node | None:
    readers = graph.readers.get(node.output, ())
    return readers[0] if len(readers) == 1 else None


def _values(tensor: bytes | memoryview) -> NDArray[np.generic]:
    """Return a tensor's values in its shape."""
    import numpy as np

    shape, data_type, small = [], 0, []
    raw: bytes | memoryview = b""
    for found in fields(tensor, 0, len(tensor)):
        match found.number:
            case 1:
                shape.append(varint(tensor, found.content)[0])
            case 2:
                data_type = varint(tensor, found.content)[0]
            case 5:
                small.append(varint(tensor, found.content)[0])
            case 9:
                raw = tensor[found.content : found.end]
    values = (
        np.frombuffer(raw, _TYPES[data_type]) if len(raw) else np.array(small, _TYPES[data_type])
    )
    return values.reshape(shape)


def _written_floats(name: str, values: NDArray[np.generic]) -> bytes:
    return b"".join(
        [
            *(number_field(_DIMS, size) for size in values.shape),
            number_field(_DATA_TYPE, 1),
            field(_TENSOR_NAME, name.encode()),
            field(_RAW_DATA, values.astype("<f4").tobytes()),
        ]
    )
