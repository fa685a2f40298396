"""Tests of reader.speech.engines.model_outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.speech.engines.model_outputs import (
    UnreadableModel,
    durations_output,
    output_declaration,
)
from reader.speech.engines.piper_voices import files_of
from reader.speech.voices import DEFAULT_VOICE


def _field(number: int, content: bytes) -> bytes:
    assert len(content) < 128
    return bytes([number << 3 | 2, len(content)]) + content


def _model(*nodes: tuple[bytes, bytes]) -> bytes:
    graph = b"".join(
        _field(1, _field(1, b"input") + _field(2, output) + _field(4, operation))
        for operation, output in nodes
    )
    return b"\x08\x07" + _field(2, b"pytorch") + _field(7, graph)


def test_the_durations_of_the_default_voice_are_found() -> None:
    model = files_of(DEFAULT_VOICE, Path("/no-user-voices")).model.read_bytes()
    assert durations_output(model) == "/Ceil_output_0"


@pytest.mark.parametrize(
    ("model", "name"),
    [
        pytest.param(_model((b"Exp", b"a"), (b"Ceil", b"b"), (b"Add", b"c")), "b", id="one"),
        pytest.param(_model((b"Exp", b"a")), None, id="none"),
        pytest.param(_model((b"Ceil", b"a"), (b"Ceil", b"b")), None, id="two"),
        pytest.param(b"", None, id="empty"),
    ],
)
def test_only_a_single_rounding_up_is_taken_for_the_durations(
    model: bytes, name: str | None
) -> None:
    assert durations_output(model) == name


@pytest.mark.parametrize(
    "model", [b"<!DOCTYPE html><html>", b"\xff" * 40, _model((b"Exp", b"a"))[:-3]], ids=str
)
def test_what_is_no_model_is_refused(model: bytes) -> None:
    with pytest.raises(UnreadableModel):
        durations_output(model)


def test_a_declared_output_reads_back_as_a_graph_with_that_output() -> None:
    assert output_declaration("/Ceil_output_0") == _field(
        7, _field(12, _field(1, b"/Ceil_output_0"))
    )
