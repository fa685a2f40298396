"""The graph of an ONNX model by its bytes: read without its weights, parts of it written anew.

Field numbers are those of onnx.proto3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from mmap import mmap

from reader.speech.engines.protobuf import (
    UnreadableMessage,
    field_head,
    field_pieces,
    fields,
)

_GRAPH = 7  # of ModelProto
_NODE, _INITIALIZER, _INPUT, _OUTPUT = 1, 5, 11, 12  # of GraphProto
_NODE_INPUT, _NODE_OUTPUT, _OPERATION = 1, 2, 4  # of NodeProto
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
    inputs: Mapping[str, memoryview]
    outputs: Mapping[str, memoryview]
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
    inputs: dict[str, memoryview] = {}
    outputs: dict[str, memoryview] = {}
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
