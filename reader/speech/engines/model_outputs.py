"""Makes a tensor inside a model one of its outputs, by its bytes alone.

Protobuf merges an embedded message given twice (its encoding guide, "Last One Wins"), so a second
ModelProto that holds one more graph output, put behind the file's bytes, adds that output. Field
numbers are those of onnx.proto3: ModelProto.graph 7, GraphProto.output 12, ValueInfoProto.name 1.
"""

from __future__ import annotations

from mmap import mmap

from reader.speech.engines.protobuf import UnreadableMessage, field, fields

_GRAPH, _GRAPH_OUTPUT, _NAME = 7, 12, 1


def is_whole_model(model: bytes | mmap) -> bool:
    """Whether the bytes are a model with a graph, and none is missing at the end."""
    try:
        return _GRAPH in {found.number for found in fields(model, 0, len(model))}
    except UnreadableMessage:
        return False


def output_declaration(name: str) -> bytes:
    """Return the bytes that, put behind a model's, make the tensor `name` an output."""
    return field(_GRAPH, field(_GRAPH_OUTPUT, field(_NAME, name.encode())))
