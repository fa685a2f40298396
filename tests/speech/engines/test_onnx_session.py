"""Tests of reader.speech.engines.onnx_session."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from reader.speech.engine import Cancellation
from reader.speech.engines.onnx_graph import described, described_floats, made_node
from reader.speech.engines.onnx_session import run_model, session_of
from reader.speech.engines.protobuf import field, number_field


def _pieces(meanwhile: list[list[str]], folder: Path) -> Iterator[bytes]:
    graph = field(1, bytes(made_node("Abs", ("x",), "y").written)) + field(2, b"made")
    graph += field(11, described_floats("x", ("count",))) + field(12, described("y"))
    yield b"\x08\x08" + field(8, number_field(2, 15))
    meanwhile.append(os.listdir(folder))  # as it is when it is killed here
    yield field(7, graph)


@pytest.mark.parametrize("is_optimised", [False, True])
def test_a_model_is_loaded_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_optimised: bool
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    meanwhile: list[list[str]] = []
    session = session_of(_pieces(meanwhile, tmp_path), is_optimised=is_optimised)
    (made,) = run_model(session, ["y"], {"x": np.array([-1, 2], np.float32)}, Cancellation())
    assert made.tolist() == [1, 2]
    assert os.listdir(tmp_path) == []
    if sys.platform == "linux":
        assert meanwhile == [[]]
