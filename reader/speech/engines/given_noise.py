"""Makes a model take its noise from outside, so that the same input gives the same output.

onnxruntime draws the numbers of RandomNormalLike from a generator that goes on from run to run: a
sentence sounds different each time. In its place come operations that take as many numbers as are
wanted from an input of the model, from the beginning again where it holds fewer:

    Reshape(Gather(noise, Mod(Range(0, Size(x)), Size(noise))), Shape(x))
"""

from __future__ import annotations

from dataclasses import replace

from reader.speech.engines.onnx_graph import (
    Graph,
    Node,
    attribute_numbers,
    described_floats,
    made_node,
)
from reader.speech.engines.protobuf import field, number_field

_FLOAT, _INT64 = 1, 7  # TensorProto.DataType
_DATA_TYPE, _TENSOR_NAME, _RAW_DATA = 2, 8, 9  # of TensorProto
_ZERO, _ONE = "zero of the noise", "one of the noise"


def with_given_noise(graph: Graph) -> tuple[Graph, tuple[str, ...]]:
    """Return a model that takes its noise from inputs, and their names.

    Each is a vector of floats, normally distributed around 0 with a deviation of 1. What is random
    in any other way stays so.
    """
    nodes: list[Node] = []
    names: list[str] = []
    for node in graph.nodes:
        if _is_standard_normal(node):
            names.append(f"noise of {node.output}")
            nodes += _taking(names[-1], node)
        else:
            nodes.append(node)
    if not names:
        return graph, ()
    tensors = {**graph.tensors, _ZERO: _whole_number(_ZERO, 0), _ONE: _whole_number(_ONE, 1)}
    inputs = {**graph.inputs, **{name: described_floats(name, ("numbers",)) for name in names}}
    return replace(graph, nodes=tuple(nodes), tensors=tensors, inputs=inputs), tuple(names)


def _is_standard_normal(node: Node) -> bool:
    if node.operation != "RandomNormalLike":
        return False
    numbers = attribute_numbers(node)
    return set(numbers) <= {"dtype", "seed"} and numbers.get("dtype", [_FLOAT]) == [_FLOAT]


def _taking(noise: str, node: Node) -> list[Node]:
    """Return nodes that take from `noise` what a random node makes by itself."""
    like, made = node.inputs[0], node.output
    count, held, numbers, wrapped, shape, taken = (
        f"{made} {part}" for part in ("count", "held", "numbers", "wrapped", "shape", "taken")
    )
    return [
        made_node("Size", (like,), count),
        made_node("Size", (noise,), held),
        made_node("Range", (_ZERO, count, _ONE), numbers),
        made_node("Mod", (numbers, held), wrapped),
        made_node("Gather", (noise, wrapped), taken),
        made_node("Shape", (like,), shape),
        made_node("Reshape", (taken, shape), made),
    ]


def _whole_number(name: str, value: int) -> bytes:
    raw = field(_RAW_DATA, value.to_bytes(8, "little"))
    return number_field(_DATA_TYPE, _INT64) + field(_TENSOR_NAME, name.encode()) + raw
