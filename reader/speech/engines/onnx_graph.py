"""The graph of an ONNX model by its bytes: read without its weights, parts of it written anew.

Field numbers are those of onnx.proto3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from mmap import mmap

from reader.speech.engines.protobuf import (
    UnreadableMessage,
    field,
    field_head,
    field_pieces,
    fields,
    number_field,
    varint,
)

_GRAPH = 7  # of ModelProto
_NODE, _INITIALIZER, _INPUT, _OUTPUT = 1, 5, 11, 12  # of GraphProto
_NODE_INPUT, _NODE_OUTPUT, _OPERATION, _ATTRIBUTE = 1, 2, 4, 5  # of NodeProto
_NAME, _INT, _INTS = 1, 3, 8  # of AttributeProto
_TENSOR_NAME = 8  # of TensorProto
_VALUE_NAME = 1  # of ValueInfoProto


class UnreadableModel(Exception):
    """The bytes are no protobuf message, or none of a model."""


@dataclass(frozen=True, slots=True)
class Node:
    """An operation, the names of the tensors it takes and makes, and all of it as written."""

    operation: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    written: bytes | memoryview

    @property
    def output(self) -> str:
        """The first tensor it makes."""
        return self.outputs[0]


@dataclass(frozen=True)
class Graph:
    """Nodes in working order; tensors that are given, inputs and outputs as written, by name.

    `around` are the other fields of the model, `rest` those of the graph, heads included.
    """

    nodes: tuple[Node, ...]
    tensors: Mapping[str, bytes | memoryview]
    inputs: Mapping[str, bytes | memoryview]
    outputs: Mapping[str, bytes | memoryview]
    rest: tuple[memoryview, ...]
    around: tuple[memoryview, ...]

    @cached_property
    def producer(self) -> Mapping[str, Node]:
        """Which node makes a tensor."""
        return {name: node for node in self.nodes for name in node.outputs}

    @cached_property
    def readers(self) -> Mapping[str, tuple[Node, ...]]:
        """Which nodes take a tensor."""
        found = defaultdict(list)
        for node in self.nodes:
            for name in node.inputs:
                found[name].append(node)
        return {name: tuple(nodes) for name, nodes in found.items()}


def read_graph(model: bytes | mmap) -> Graph:
    """Return the graph of a model, as views of its bytes.

    Raises:
        UnreadableModel: the bytes are no model.
    """
    view = memoryview(model)
    nodes: list[Node] = []
    tensors: dict[str, bytes | memoryview] = {}
    inputs: dict[str, bytes | memoryview] = {}
    outputs: dict[str, bytes | memoryview] = {}
    rest: list[memoryview] = []
    try:
        found = list(fields(view, 0, len(view)))
        whole = next(f for f in found if f.number == _GRAPH)
        graph = view[whole.content : whole.end]
        for part in fields(graph, 0, len(graph)):
            content = graph[part.content : part.end]
            match part.number:
                case 1:
                    nodes.append(_read_node(content))
                case 5:
                    tensors[_text(content, _TENSOR_NAME)] = content
                case 11:
                    inputs[_text(content, _VALUE_NAME)] = content
                case 12:
                    outputs[_text(content, _VALUE_NAME)] = content
                case _:
                    rest.append(graph[part.start : part.end])
    except (UnreadableMessage, UnicodeDecodeError, StopIteration) as error:
        raise UnreadableModel(str(error)) from error
    around = tuple(view[f.start : f.end] for f in found if f.number != _GRAPH)
    return Graph(tuple(nodes), tensors, inputs, outputs, tuple(rest), around)


def needed_nodes(
    nodes: Iterable[Node], outputs: Collection[str], given: Collection[str] = ()
) -> list[Node]:
    """Return the nodes on whose outputs something wanted depends, in working order.

    What makes the tensors `given` isn't needed.
    """
    wanted = set(outputs)
    kept = []
    for node in reversed(list(nodes)):
        if any(name in wanted and name not in given for name in node.outputs):
            wanted.update(node.inputs)
            kept.append(node)
    return kept[::-1]


def written_model(
    graph: Graph,
    nodes: Iterable[Node],
    tensors: Mapping[str, bytes | memoryview],
    inputs: Iterable[bytes | memoryview],
    outputs: Iterable[bytes | memoryview],
) -> list[bytes | memoryview]:
    """Return a model with these nodes, in pieces that together are its bytes.

    Of the `tensors` those are in it that a node takes. `inputs` and `outputs` are messages of type
    ValueInfoProto.
    """
    kept = list(nodes)
    taken = {name for node in kept for name in node.inputs}
    body = [
        *chain.from_iterable(field_pieces(_NODE, node.written) for node in kept),
        *chain.from_iterable(
            field_pieces(_INITIALIZER, tensor) for name, tensor in tensors.items() if name in taken
        ),
        *graph.rest,
        *chain.from_iterable(field_pieces(_INPUT, value) for value in inputs),
        *chain.from_iterable(field_pieces(_OUTPUT, value) for value in outputs),
    ]
    return [*graph.around, field_head(_GRAPH, sum(map(len, body))), *body]


def made_node(operation: str, inputs: Sequence[str], output: str) -> Node:
    """Return an operation as it is written, without attributes."""
    taken = b"".join(field(_NODE_INPUT, name.encode()) for name in inputs)
    written = taken + field(_NODE_OUTPUT, output.encode()) + field(_OPERATION, operation.encode())
    return Node(operation, tuple(inputs), (output,), written)


def attribute_numbers(node: Node) -> Mapping[str, list[int]]:
    """Return a node's attributes by name, with those that are whole numbers; [] for the others."""
    found = {}
    for attribute in fields(node.written, 0, len(node.written)):
        if attribute.number != _ATTRIBUTE:
            continue
        content = node.written[attribute.content : attribute.end]
        name, values = "", []
        for part in fields(content, 0, len(content)):
            if part.number == _NAME:
                name = str(content[part.content : part.end], "utf-8")
            elif part.number in (_INT, _INTS):
                values += whole_numbers(content, part.content, part.end)
        found[name] = values
    return found


def whole_numbers(message: bytes | memoryview, start: int, end: int) -> list[int]:
    """Return the numbers of a field, which holds one or, packed, several."""
    values = []
    while start < end:
        value, start = varint(message, start)
        values.append(value)
    return values


def described(name: str) -> bytes:
    """Write a ValueInfoProto that says nothing but a name, for an output: its type can be told."""
    return field(_VALUE_NAME, name.encode())


def described_floats(name: str, sizes: Sequence[int | str]) -> bytes:
    """Write a ValueInfoProto of floats; a size that isn't known goes by a name."""
    dimensions = [
        field(2, size.encode()) if isinstance(size, str) else number_field(1, size)
        for size in sizes
    ]
    shape = b"".join(field(1, dimension) for dimension in dimensions)
    return described(name) + field(2, field(1, number_field(1, 1) + field(2, shape)))


def _read_node(content: memoryview) -> Node:
    inputs, outputs, operation = [], [], ""
    for found in fields(content, 0, len(content)):
        if found.number > _OPERATION:
            continue
        text = str(content[found.content : found.end], "utf-8")
        match found.number:
            case 1:
                inputs.append(text)
            case 2:
                outputs.append(text)
            case 4:
                operation = text
    if not outputs:
        raise UnreadableMessage("a node without an output")
    return Node(operation, tuple(inputs), tuple(outputs), content)


def _text(message: memoryview, number: int) -> str:
    for found in fields(message, 0, len(message)):
        if found.number == number:
            return str(message[found.content : found.end], "utf-8")
    return ""
