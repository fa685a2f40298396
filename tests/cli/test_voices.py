"""Tests of `sottovoce voices`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.speech.engines import piper_voices


def test_voices_are_listed_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", "list", "--json", "--data-dir", str(tmp_path)]) == 0
    voices = json.loads(capsys.readouterr().out)
    assert list(voices[0]) == [
        "id",
        "engine",
        "language",
        "name",
        "installed",
        "available",
        "reason",
        "size_bytes",
        "licence",
    ]
    assert voices[0]["id"] == "piper:en_US-joe-medium"


def test_voices_are_listed_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", "list", "--data-dir", str(tmp_path)]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.split() == ["piper:en_US-joe-medium", "en-US", "Joe"]
    assert len(rest) > 100


def test_a_damaged_voice_is_told_and_the_code_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["voices", "verify", "--data-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "piper:en_US-joe-medium  intact\n"
    monkeypatch.setattr(piper_voices, "_JOE_PACKAGE", "no_such_package")
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en_US-joe-medium.onnx").write_bytes(b"half of it")
    (tmp_path / "voices" / "en_US-joe-medium.onnx.json").write_bytes(b"{}")
    assert main(["voices", "verify", "--data-dir", str(tmp_path)]) == 4
    captured = capsys.readouterr()
    assert captured.out == "piper:en_US-joe-medium  damaged\n"
    assert captured.err == "sottovoce: a voice is damaged. Install it again.\n"
