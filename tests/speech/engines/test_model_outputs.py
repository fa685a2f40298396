"""Tests of reader.speech.engines.model_outputs."""

from __future__ import annotations

from reader.speech.engines.model_outputs import output_declaration
from reader.speech.engines.protobuf import field


def test_a_declared_output_reads_back_as_a_graph_with_that_output() -> None:
    declared = field(7, field(12, field(1, b"/Ceil_output_0")))
    assert output_declaration("/Ceil_output_0") == declared
