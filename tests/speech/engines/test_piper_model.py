"""Tests of reader.speech.engines.piper_model, with the real default voice's model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from piper import PiperConfig

from reader.errors import SynthesisFailed
from reader.speech.engine import Cancellation
from reader.speech.engines import piper_model
from reader.speech.engines.onnx_graph import Node, read_graph, written_model
from reader.speech.engines.piper_model import PiperModel, Sounded
from reader.speech.engines.piper_voices import files_of
from reader.speech.engines.protobuf import field, number_field
from reader.speech.voices.overview import DEFAULT_VOICE

_FILES = files_of(DEFAULT_VOICE, Path("/no-user-voices"))
_IDS = [1, 0, *(i for n in range(60) for i in (14 + n * 7 % 90, 0)), 2]
_TOLERANCE = 1e-4
"""Of full scale, 80 dB below: sums are added up in another order for each length."""

_PRE, _SOFT = "/dec/conv_pre/Conv_output_0", "/dec/LeakyRelu_output_0"


def _config(speaker: int = 0) -> PiperConfig:
    config = PiperConfig.from_dict(json.loads(_FILES.configuration.read_text(encoding="utf-8")))
    config.default_speaker_id = speaker
    return config


def _loaded(path: Path = _FILES.model, speaker: int = 0) -> PiperModel:
    return PiperModel(path, _config(speaker))


def _say(model: PiperModel) -> list[Sounded]:
    return list(model.say(_IDS, Cancellation()))


def test_what_comes_first_is_the_beginning_of_the_whole() -> None:
    stretches = _say(_loaded())
    whole = stretches[-1]
    assert len(stretches) >= 3
    assert len(stretches[0].samples) / 22_050 == pytest.approx(0.5, abs=0.02)
    assert [sounded.is_whole for sounded in stretches] == [False] * (len(stretches) - 1) + [True]
    for sounded in stretches:
        assert sounded.durations == whole.durations
        assert sounded.frame_count == len(whole.samples)
        assert (sounded.samples == whole.samples[: len(sounded.samples)]).all()
    assert sum(whole.durations or ()) * 256 == len(whole.samples)


def test_the_samples_do_not_hang_on_what_was_made_before() -> None:
    model = _loaded()
    *_, first = _say(model)
    list(model.say([1, 0, 20, 0, 2], Cancellation()))
    for again in (model, _loaded()):
        *_, second = _say(again)
        assert (second.samples == first.samples).all()


def test_what_is_said_in_a_moment_is_made_in_one() -> None:
    (sounded,) = _loaded().say([1, 0, 20, 0, 2], Cancellation())
    assert sounded.is_whole


def test_it_can_be_cancelled_between_stretches() -> None:
    cancellation = Cancellation()
    saying = _loaded().say(_IDS, cancellation)
    assert not next(saying).is_whole
    cancellation.request()
    with pytest.raises(SynthesisFailed, match="cancelled"):
        next(saying)


def test_a_model_that_can_not_be_cut_is_run_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    *_, whole = _say(_loaded())
    monkeypatch.setattr(piper_model, "halves_of", lambda _graph, _durations: None)
    (uncut,) = _say(_loaded())
    assert uncut.is_whole
    assert uncut.durations == whole.durations
    assert np.abs(uncut.samples - whole.samples).max() < _TOLERANCE


def _with_speakers(path: Path) -> Path:
    """Write the default voice with two speakers, the second of which sounds otherwise."""
    graph = read_graph(_FILES.model.read_bytes())
    tables = np.zeros((2, 256, 1), "<f4")
    tables[1] = 0.2
    tensor = b"".join(number_field(1, size) for size in tables.shape) + number_field(2, 1)
    tensor += field(8, b"speakers") + field(9, tables.tobytes())
    of_speaker = _node("Gather", ("speakers", "sid"), "of_speaker")
    shifted = _node("Add", (_PRE, "of_speaker"), "shifted")
    nodes: list[Node] = []
    for node in graph.nodes:
        match node:
            case Node(outputs=(output,)) if output == _SOFT:
                nodes += [of_speaker, shifted, _renamed(node, _PRE, "shifted")]
            case Node(inputs=("sid", _)):  # what the exporter happened to call the phonemes' table
                nodes.append(_renamed(node, "sid", "phonemes"))
            case _:
                nodes.append(node)
    shape = field(2, field(1, number_field(1, 7) + field(2, field(1, number_field(1, 1)))))
    inputs: list[bytes | memoryview] = [*graph.inputs.values(), field(1, b"sid") + shape]
    phonemes = bytes(graph.tensors["sid"]).replace(field(8, b"sid"), field(8, b"phonemes"))
    tensors = {name: kept for name, kept in graph.tensors.items() if name != "sid"}
    tensors |= {"speakers": tensor, "phonemes": phonemes}
    written = written_model(graph, nodes, tensors, inputs, graph.outputs.values())
    path.write_bytes(b"".join(written))
    return path


def _renamed(node: Node, before: str, after: str) -> Node:
    written = bytes(node.written).replace(field(1, before.encode()), field(1, after.encode()))
    inputs = tuple(after if name == before else name for name in node.inputs)
    return Node(node.operation, inputs, node.outputs, written)


def _node(operation: str, inputs: tuple[str, str], output: str) -> Node:
    written = b"".join(field(1, name.encode()) for name in inputs)
    written += field(2, output.encode()) + field(4, operation.encode())
    return Node(operation, inputs, (output,), written)


def test_each_speaker_of_a_voice_with_several_is_made_in_stretches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _with_speakers(tmp_path / "two.onnx")
    said = [[s.samples for s in _say(_loaded(path, speaker))] for speaker in (0, 1)]
    monkeypatch.setattr(piper_model, "halves_of", lambda _graph, _durations: None)
    for speaker, (first, *_, last) in enumerate(said):
        assert len(first) < len(last)
        (uncut,) = _say(_loaded(path, speaker))
        assert np.abs(uncut.samples - last).max() < _TOLERANCE
    assert len(said[0][-1]) != len(said[1][-1]) or np.abs(said[0][-1] - said[1][-1]).max() > 0.01
