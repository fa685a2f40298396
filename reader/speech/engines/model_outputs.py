"""Exposes the phoneme durations inside a Piper voice's model, by its bytes alone.

Protobuf merges an embedded message given twice (its encoding guide, "Last One Wins"), so a second
ModelProto that holds one more graph output, put behind the file's bytes, adds that output. Field
numbers are those of onnx.proto3: ModelProto.graph 7, GraphProto.node 1 and output 12,
NodeProto.output 2 and op_type 4, ValueInfoProto.name 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from mmap import mmap

from reader.speech.engines.protobuf import UnreadableMessage, field, fields

_GRAPH, _NODE, _GRAPH_OUTPUT, _NODE_OUTPUT, _OPERATION, _NAME = 7, 1, 12, 2, 4, 1


class UnreadableModel(Exception):
    """The bytes are no protobuf message."""


def is_whole_model(model: bytes | mmap) -> bool:
    """Whether the bytes are a model with a graph, and none is missing at the end."""
    try:
        return bool(list(_fields(model, 0, len(model), _GRAPH)))
    except UnreadableMessage:
        return False


def durations_output(model: bytes | mmap) -> str | None:
    """Return the name of the tensor with the frames of each phoneme; None if it can't be told.

    VITS rounds its durations up (`w_ceil`), and does so nowhere else.
    """
    try:
        names = [
            name
            for start, end in _fields(model, 0, len(model), _GRAPH)
            for node in _fields(model, start, end, _NODE)
            for name in _outputs_if_rounding_up(model, *node)
        ]
    except (UnreadableMessage, UnicodeDecodeError) as error:
        raise UnreadableModel(str(error)) from error
    return names[0] if len(names) == 1 else None


def output_declaration(name: str) -> bytes:
    """Return the bytes that, put behind a model's, make the tensor `name` an output."""
    return field(_GRAPH, field(_GRAPH_OUTPUT, field(_NAME, name.encode())))


def _outputs_if_rounding_up(model: bytes | mmap, start: int, end: int) -> list[str]:
    operations = [model[a:b] for a, b in _fields(model, start, end, _OPERATION)]
    if operations != [b"Ceil"]:
        return []
    return [model[a:b].decode() for a, b in _fields(model, start, end, _NODE_OUTPUT)]


def _fields(model: bytes | mmap, start: int, end: int, wanted: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of what the fields `wanted` of the message model[start:end] hold."""
    for found in fields(model, start, end):
        if found.number == wanted:
            yield found.content, found.end
