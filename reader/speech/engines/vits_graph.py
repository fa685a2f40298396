"""What is known of a Piper voice's model, which is a VITS: its phoneme durations, its decoder.

The decoder (HiFi-GAN) turns latent frames into samples, and takes most of the work. It is made of
convolutions: a frame's samples depend on the frames around it alone, so that the decoder can be
run on a stretch of them. Field numbers are those of onnx.proto3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reader.speech.engines.onnx_graph import (
    Graph,
    Node,
    attribute_numbers,
    described,
    described_floats,
    needed_nodes,
    whole_numbers,
    written_model,
)
from reader.speech.engines.protobuf import fields

_DIMS = 1  # of TensorProto
_FIRST_WEIGHTS = "dec.conv_pre.weight"
_SPEAKER = "sid"
_POINTWISE = frozenset(("LeakyRelu", "Add", "Div", "Mul", "Tanh", "Unsqueeze"))
"""What the decoder does with each moment by itself."""


@dataclass(frozen=True, slots=True)
class Halves:
    """A model as two, each in pieces: what `latents` are made by, and samples from them.

    `latents` is a tensor [1, channels, frames]. Samples of a frame, `hop` of them, depend on at
    most `reach` frames on either side.
    """

    encoder: Sequence[bytes | memoryview]
    decoder: Sequence[bytes | memoryview]
    latents: str
    hop: int
    reach: int


def durations_output(graph: Graph) -> str | None:
    """Return the name of the tensor with the frames of each phoneme; None if it can't be told.

    VITS rounds its durations up (`w_ceil`), and does so nowhere else.
    """
    names = [node.output for node in graph.nodes if node.operation == "Ceil"]
    return names[0] if len(names) == 1 else None


def halves_of(graph: Graph, durations: str) -> Halves | None:
    """Cut a model before its decoder; None if that isn't as expected.

    The encoder also tells the tensor `durations`. All that is random is on its side.
    """
    first = next((node for node in graph.nodes if _FIRST_WEIGHTS in node.inputs), None)
    if first is None or len(graph.outputs) != 1:
        return None
    latents = first.inputs[0]
    decoding = needed_nodes(graph.nodes, graph.outputs, (latents,))
    measured = _measured(decoding, latents, next(iter(graph.outputs)))
    taken = {name for node in decoding for name in node.inputs}
    channels = _dims(graph.tensors.get(_FIRST_WEIGHTS, b""))[1:2]
    is_apart = taken.intersection(graph.inputs) <= {_SPEAKER}
    if measured is None or not is_apart or not channels:
        return None
    if any(node.operation.startswith("Random") for node in decoding):
        return None
    encoding = needed_nodes(graph.nodes, (latents, durations))
    read = {name for node in encoding for name in node.inputs}
    encoder = written_model(
        graph,
        encoding,
        graph.tensors,
        [value for name, value in graph.inputs.items() if name in read],
        [described(latents), described(durations)],
    )
    decoder = written_model(
        graph,
        decoding,
        graph.tensors,
        [
            described_floats(latents, (1, channels[0], "frames")),
            *(value for name, value in graph.inputs.items() if name in taken),
        ],
        graph.outputs.values(),
    )
    return Halves(encoder, decoder, latents, *measured)


def _measured(nodes: Sequence[Node], source: str, output: str) -> tuple[int, int] | None:
    """Return how many steps the nodes make of each of `source`, and how far around it they look.

    None if something that depends on it is neither a convolution nor done to each step by itself.
    """
    reaches: dict[str, tuple[int, float]] = {source: (1, 0.0)}  # steps for one, reach in those
    for node in nodes:
        before = [reaches[name] for name in node.inputs if name in reaches]
        if not before:
            continue  # what is made of the speaker alone holds at every moment
        steps, reach = before[0][0], max(reach for _, reach in before)
        if any(other != steps for other, _ in before):
            return None
        match node.operation:
            case "Conv" | "ConvTranspose":
                wide = _window(node)
                if wide is None or len(before) > 1:
                    return None
                stride, span = wide
                reach += span / steps
                steps *= stride
            case operation if operation not in _POINTWISE:
                return None
        reaches |= dict.fromkeys(node.outputs, (steps, reach))
    if output not in reaches:
        return None
    steps, reach = reaches[output]
    return steps, math.ceil(reach)


def _window(node: Node) -> tuple[int, float] | None:
    """Return how many steps a convolution makes of one, and how far it looks, in steps it takes.

    None if the steps it makes don't stand where those stood that they are made of.
    """
    numbers = attribute_numbers(node)
    kernel, pads = numbers.get("kernel_shape", []), numbers.get("pads", [0, 0])
    if len(kernel) != 1 or len(pads) != 2:
        return None  # of more than the one dimension that time is
    dilation, stride, more = (
        numbers.get(name, [usual])[0]
        for name, usual in (("dilations", 1), ("strides", 1), ("output_padding", 0))
    )
    (before, after), span = pads, dilation * (kernel[0] - 1)
    if node.operation == "Conv":
        is_centred = stride == 1 and before == after == span / 2
        return (1, span / 2) if is_centred else None
    is_centred = before == after - more and span + 1 - before - after + more == stride
    return (stride, span / stride) if is_centred else None


def _dims(tensor: bytes | memoryview) -> list[int]:
    return [
        size
        for found in fields(tensor, 0, len(tensor))
        if found.number == _DIMS
        for size in whole_numbers(tensor, found.content, found.end)
    ]
