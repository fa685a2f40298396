"""The words for an engine that fails name what is missing and can be looked for."""

from __future__ import annotations

import pytest

from reader.speech.engine_faults import fault_words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ModuleNotFoundError("No module named 'torch'", name="torch"), "torch is not installed"),
        (ImportError("libonnx.so.1: cannot open it\nfor you"), "libonnx.so.1: cannot open it"),
        (ImportError(), "ImportError"),
        (RuntimeError("no card\nat all"), "RuntimeError, no card"),
        (AssertionError(" \n"), "AssertionError"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(error: Exception, words: str) -> None:
    assert fault_words(error) == words
