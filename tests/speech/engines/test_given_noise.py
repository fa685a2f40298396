"""Tests of reader.speech.engines.given_noise, with models that onnxruntime runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from reader.speech.engines.given_noise import with_given_noise
from reader.speech.engines.onnx_graph import (
    Graph,
    described,
    described_floats,
    read_graph,
    written_model,
)
from reader.speech.engines.piper_voices import files_of
from reader.speech.engines.protobuf import field, number_field
from reader.speech.voices.overview import DEFAULT_VOICE

_DATA_TYPE = field(5, field(1, b"dtype") + number_field(3, 1) + number_field(20, 2))
_MEAN = field(5, field(1, b"mean") + b"\x15\x00\x00\x80\x3f" + number_field(20, 1))  # 1.0


def _random(
    made: str, attributes: bytes = _DATA_TYPE, operation: str = "RandomNormalLike"
) -> bytes:
    taken = field(1, b"x") + field(2, made.encode()) + field(4, operation.encode())
    return field(1, taken + attributes)


def _graph(*nodes: bytes, outputs: tuple[str, ...] = ("a",)) -> Graph:
    values = [field(11, described_floats("x", ("rows", "columns")))]
    values += [field(12, described(name)) for name in outputs]
    versions = b"\x08\x08" + field(8, number_field(2, 15))
    return read_graph(versions + field(7, b"".join([*nodes, field(2, b"made"), *values])))


def _run(graph: Graph, **given: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    pieces = written_model(
        graph, graph.nodes, graph.tensors, graph.inputs.values(), graph.outputs.values()
    )
    session = onnxruntime.InferenceSession(b"".join(pieces), providers=["CPUExecutionProvider"])
    wanted = list(graph.outputs)
    return [np.asarray(made) for made in session.run(wanted, given)]


def test_the_numbers_given_stand_where_random_ones_would() -> None:
    graph, names = with_given_noise(_graph(_random("a"), _random("b"), outputs=("a", "b")))
    x = np.zeros((2, 3), np.float32)
    first, second = np.arange(10, dtype=np.float32), -np.arange(4, dtype=np.float32)
    assert len(names) == 2
    a, b = _run(graph, x=x, **dict(zip(names, (first, second), strict=True)))
    assert a.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert b.tolist() == [[0, -1, -2], [-3, 0, -1]]  # there were four


@pytest.mark.parametrize(
    "node",
    [
        pytest.param(_random("a", _DATA_TYPE + _MEAN), id="around another mean"),
        pytest.param(_random("a", operation="RandomUniformLike"), id="of another kind"),
        pytest.param(_random("a", field(5, field(1, b"dtype") + number_field(3, 10))), id="halves"),
        pytest.param(_random("a", b"", "Identity"), id="not random"),
    ],
)
def test_what_is_no_standard_noise_stays_as_it_is(node: bytes) -> None:
    graph = _graph(node)
    same, names = with_given_noise(graph)
    assert same is graph
    assert names == ()


def test_the_default_voice_draws_nothing_itself() -> None:
    model = files_of(DEFAULT_VOICE, Path("/no-user-voices")).model.read_bytes()
    graph, names = with_given_noise(read_graph(model))
    assert len(names) == 2
    assert not any(node.operation.startswith("Random") for node in graph.nodes)
