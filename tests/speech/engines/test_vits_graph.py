"""Tests of reader.speech.engines.vits_graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.speech.engines.onnx_graph import read_graph
from reader.speech.engines.piper_voices import files_of
from reader.speech.engines.protobuf import field, number_field
from reader.speech.engines.vits_graph import durations_output, halves_of
from reader.speech.voices.overview import DEFAULT_VOICE

_WEIGHTS = "dec.conv_pre.weight"


def _ints(name: str, *values: int) -> bytes:
    return field(5, field(1, name.encode()) + b"".join(number_field(8, v) for v in values))


def _node(operation: str, inputs: Sequence[str], output: str, *attributes: bytes) -> bytes:
    taken = b"".join(field(1, name.encode()) for name in inputs)
    named = field(2, output.encode()) + field(4, operation.encode())
    return field(1, taken + named + b"".join(attributes))


def _model(*nodes: bytes, inputs: Sequence[str] = ("input",)) -> bytes:
    weights = field(5, b"".join(number_field(1, size) for size in (8, 4, 7)) + _name(8, _WEIGHTS))
    values = [field(11, _name(1, name)) for name in inputs] + [field(12, _name(1, "output"))]
    return b"\x08\x07" + field(7, b"".join([*nodes, weights, *values]))


def _name(number: int, name: str) -> bytes:
    return field(number, name.encode())


_CONV = (_ints("kernel_shape", 7), _ints("pads", 3, 3), _ints("dilations", 1))
_ENCODING = (_node("Ceil", ["input"], "durations"), _node("Exp", ["durations"], "latents"))
_PRE = _node("Conv", ["latents", _WEIGHTS, "bias"], "pre", *_CONV)
_UP = (_ints("kernel_shape", 16), _ints("strides", 8), _ints("pads", 4, 4))
_USUAL = (
    _PRE,
    _node("LeakyRelu", ["pre"], "soft"),
    _node("ConvTranspose", ["soft", "w"], "up", *_UP),
    _node("Conv", ["up", "w"], "wide", _ints("kernel_shape", 3), _ints("pads", 12, 12),
          _ints("dilations", 12)),
    _node("Add", ["up", "wide"], "sum"),
    _node("Tanh", ["sum"], "output"),
)  # fmt: skip


def _durations(*nodes: bytes) -> str | None:
    return durations_output(read_graph(_model(*nodes)))


def test_only_a_single_rounding_up_is_taken_for_the_durations() -> None:
    assert _durations(*_ENCODING) == "durations"
    assert _durations(_node("Exp", ["input"], "a")) is None
    assert _durations(*_ENCODING, _node("Ceil", ["latents"], "more")) is None


def test_the_default_voice_is_cut_before_its_decoder() -> None:
    model = files_of(DEFAULT_VOICE, Path("/no-user-voices")).model.read_bytes()
    graph = read_graph(model)
    durations = durations_output(graph)
    assert durations == "/Ceil_output_0"
    halves = halves_of(graph, durations)
    assert halves is not None
    assert (halves.hop, halves.reach) == (256, 12)
    size = sum(map(len, [*halves.encoder, *halves.decoder]))
    assert size < len(model) * 1.01  # no weights are in both


def test_how_far_a_decoder_looks_is_told_from_its_convolutions() -> None:
    halves = halves_of(read_graph(_model(*_ENCODING, *_USUAL)), "durations")
    assert halves is not None
    # 3 of the first, 15 / 8 of the one that makes eight of one, 12 / 8 of the last
    assert (halves.latents, halves.hop, halves.reach) == ("latents", 8, 7)


def test_who_speaks_may_be_told_to_both_halves() -> None:
    speaker = _node("Gather", ["voices", "sid"], "speaker")
    shifted = _node("Add", ["pre", "speaker"], "soft")
    nodes = (*_ENCODING, speaker, _PRE, shifted, *_USUAL[2:])
    halves = halves_of(read_graph(_model(*nodes, inputs=("input", "sid"))), "durations")
    assert halves is not None
    assert list(read_graph(b"".join(halves.decoder)).inputs) == ["latents", "sid"]


def _instead(number: int, node: bytes) -> bytes:
    return _model(*_ENCODING, *_USUAL[:number], node, *_USUAL[number + 1 :])


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(_model(*_ENCODING, _node("Tanh", ["latents"], "output")), id="no decoder"),
        pytest.param(_instead(1, _node("MatMul", ["pre", "w"], "soft")), id="sees all at once"),
        pytest.param(_instead(1, _node("Add", ["pre", "input"], "soft")), id="takes the input"),
        pytest.param(
            _instead(
                1, _node("RandomNormal", [], "noise") + _node("Add", ["pre", "noise"], "soft")
            ),
            id="random",
        ),
        pytest.param(
            _instead(3, _node("Conv", ["up", "w"], "wide", *_CONV[:1], _ints("pads", 0, 6))),
            id="looks back only",
        ),
        pytest.param(
            _instead(2, _node("ConvTranspose", ["soft", "w"], "up", *_UP[:2], _ints("pads", 0, 0))),
            id="makes more at the ends",
        ),
        pytest.param(
            _instead(2, _node("Conv", ["soft", "w"], "up", _ints("kernel_shape", 3, 3))),
            id="two dimensions",
        ),
        pytest.param(
            _instead(4, _node("Add", ["pre", "wide"], "sum")), id="adds what has other lengths"
        ),
    ],
)  # fmt: skip
def test_a_decoder_that_is_not_as_expected_is_left_in_its_model(model: bytes) -> None:
    assert halves_of(read_graph(model), "durations") is None
