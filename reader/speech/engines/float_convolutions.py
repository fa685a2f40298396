"""Makes the dear convolutions of a quantised model work in floating point again.

onnxruntime's convolution of 8-bit integers (ConvInteger) takes 2.5 times as long as that of
floats, on a processor with instructions for either. What `quantize_dynamic` made of one

    x - DynamicQuantizeLinear - ConvInteger - Add(bias, rounded) - Cast - Mul(scales)

becomes Conv(x, weights, bias) with the weights it was made from, as far as they were kept. Field
numbers are those of onnx.proto3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from reader.speech.engines.model_outputs import UnreadableModel
from reader.speech.engines.protobuf import (
    UnreadableMessage,
    field,
    field_head,
    field_pieces,
    fields,
    number_field,
    varint,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GRAPH = 7  # of ModelProto
_NODE, _INITIALIZER, _GRAPH_OUTPUT = 1, 5, 12  # of GraphProto
_INPUT, _OUTPUT, _OPERATION, _ATTRIBUTE = 1, 2, 4, 5  # of NodeProto
_DIMS, _DATA_TYPE, _INT32_DATA, _TENSOR_NAME, _RAW_DATA = 1, 2, 5, 8, 9  # of TensorProto
_VALUE_NAME = 1  # of ValueInfoProto
_TYPES = {1: "<f4", 2: "u1", 3: "i1"}  # TensorProto.DataType in numpy's words


@dataclass(frozen=True, slots=True)
class _Node:
    operation: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    written: bytes | memoryview

    @property
    def output(self) -> str:
        return self.outputs[0]


@dataclass(frozen=True, slots=True)
class _Graph:
    nodes: tuple[_Node, ...]
    tensors: Mapping[str, bytes | memoryview]
    outputs: tuple[str, ...]
    rest: tuple[memoryview, ...]  # its other fields, as they were
    producer: Mapping[str, _Node]
    readers: Mapping[str, tuple[_Node, ...]]


@dataclass(frozen=True, slots=True)
class _FloatConvolution:
    node: _Node
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
    view = memoryview(model)
    try:
        found = list(fields(view, 0, len(view)))
        graph_at = next(f for f in found if f.number == _GRAPH)
        graph = _read_graph(view[graph_at.content : graph_at.end])
    except (UnreadableMessage, UnicodeDecodeError, StopIteration, IndexError) as error:
        raise UnreadableModel(str(error)) from error
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
    kept = _needed(nodes, {*graph.outputs, kept_output})
    read = {name for node in kept for name in node.inputs}
    body = [
        *chain.from_iterable(field_pieces(_NODE, node.written) for node in kept),
        *chain.from_iterable(
            field_pieces(_INITIALIZER, tensors[name]) for name in tensors if name in read
        ),
        *graph.rest,
    ]
    return [
        *(view[f.start : f.end] for f in found if f.number != _GRAPH),
        field_head(_GRAPH, sum(map(len, body))),
        *body,
    ]


def _float_convolution(graph: _Graph, node: _Node) -> _FloatConvolution | None:
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
    convolution = _Node("Conv", tuple(inputs), (last.output,), written)
    return _FloatConvolution(convolution, inputs[1], _written_floats(inputs[1], floats))


def _origin_of_bias(graph: _Graph, name: str) -> str:
    """Follow a bias that is quantised on the way back to where it is still a float."""
    for _ in ("Reshape", "Cast", "Floor", "Div"):
        producer = graph.producer.get(name)
        if producer is None:
            break
        name = producer.inputs[0]
    return name


def _only_reader(graph: _Graph, node: _Node) -> _Node | None:
    readers = graph.readers.get(node.output, ())
    return readers[0] if len(readers) == 1 else None


def _needed(nodes: Iterable[_Node], outputs: set[str]) -> list[_Node]:
    """Return the nodes on whose outputs something wanted depends; they are in working order."""
    wanted = set(outputs)
    kept = []
    for node in reversed(list(nodes)):
        if wanted.intersection(node.outputs):
            wanted.update(node.inputs)
            kept.append(node)
    return kept[::-1]


def _read_graph(graph: memoryview) -> _Graph:
    nodes, tensors, outputs, rest = [], {}, [], []
    for found in fields(graph, 0, len(graph)):
        content = graph[found.content : found.end]
        if found.number == _NODE:
            nodes.append(_read_node(content))
        elif found.number == _INITIALIZER:
            tensors[_texts(content, _TENSOR_NAME)[0]] = content
        else:
            rest.append(graph[found.start : found.end])
            if found.number == _GRAPH_OUTPUT:
                outputs += _texts(content, _VALUE_NAME)
    producer = {name: node for node in nodes for name in node.outputs}
    readers = defaultdict(list)
    for node in nodes:
        for name in node.inputs:
            readers[name].append(node)
    return _Graph(
        tuple(nodes),
        tensors,
        tuple(outputs),
        tuple(rest),
        producer,
        {name: tuple(found) for name, found in readers.items()},
    )


def _read_node(content: memoryview) -> _Node:
    operation = _texts(content, _OPERATION)
    return _Node(
        operation[0] if operation else "",
        tuple(_texts(content, _INPUT)),
        tuple(_texts(content, _OUTPUT)),
        content,
    )


def _texts(message: memoryview, number: int) -> list[str]:
    return [
        bytes(message[f.content : f.end]).decode()
        for f in fields(message, 0, len(message))
        if f.number == number
    ]


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
