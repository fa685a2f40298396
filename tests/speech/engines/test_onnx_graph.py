"""Tests of reader.speech.engines.onnx_graph; what is made of graphs is tested where it is used."""

from __future__ import annotations

import pytest

from reader.speech.engines.onnx_graph import UnreadableModel, needed_nodes, read_graph
from reader.speech.engines.protobuf import field

_NODES = b"".join(
    field(1, field(1, taken) + field(2, made) + field(4, b"Add"))
    for taken, made in ((b"a", b"b"), (b"b", b"c"), (b"a", b"d"), (b"c", b"e"))
)
_MODEL = b"\x08\x07" + field(7, _NODES)


@pytest.mark.parametrize(
    "model", [b"", b"<!DOCTYPE html><html>", b"\xff" * 40, _MODEL[:-3]], ids=str
)
def test_what_is_no_model_is_refused(model: bytes) -> None:
    with pytest.raises(UnreadableModel):
        read_graph(model)


def test_only_what_something_wanted_depends_on_is_needed() -> None:
    nodes = read_graph(_MODEL).nodes
    assert [node.output for node in needed_nodes(nodes, ["e"])] == ["b", "c", "e"]
    assert [node.output for node in needed_nodes(nodes, ["e"], ["b"])] == ["c", "e"]
