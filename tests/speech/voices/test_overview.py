"""Tests of reader.speech.voices.overview."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reader.speech.engines import piper_voices
from reader.speech.voices.overview import (
    DEFAULT_VOICE,
    Verdict,
    VerifiedVoice,
    installed_voices,
    verify_voices,
)


def test_the_default_voice_is_first_and_every_voice_is_there_once(tmp_path: Path) -> None:
    voices = installed_voices(tmp_path)
    assert voices[0].id == DEFAULT_VOICE
    assert len({voice.id for voice in voices}) == len(voices)
    assert {voice.engine for voice in voices} == {"piper", "pyttsx3"}
    assert all(voice.id.startswith(f"{voice.engine}:") for voice in voices)


def test_listing_voices_loads_no_engine(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from reader.speech.voices.overview import installed_voices\n"
        "import reader.speech.synthesiser\n"
        f"assert installed_voices(pathlib.Path({str(tmp_path)!r}))\n"
        "heavy = {'numpy', 'onnxruntime', 'piper', 'pyttsx3', 'espeakng_loader'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_the_default_voice_is_listed_as_missing_where_it_did_not_come_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piper_voices, "_JOE_PACKAGE", "no_such_package")
    voice = installed_voices(tmp_path)[0]
    assert (voice.id, voice.is_installed, voice.is_available) == (DEFAULT_VOICE, False, False)
    assert voice.reason == "not installed"


def test_a_changed_model_is_found_damaged_and_the_real_one_intact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(verify_voices(tmp_path)) == [VerifiedVoice(DEFAULT_VOICE, Verdict.INTACT)]
    monkeypatch.setattr(piper_voices, "_JOE_PACKAGE", "no_such_package")
    for name, content in (
        ("en_US-joe-medium.onnx", b"half a model"),
        ("en_US-joe-medium.onnx.json", b"{}"),
    ):
        (tmp_path / name).write_bytes(content)
    shutil.copy(tmp_path / "en_US-joe-medium.onnx", tmp_path / "xx_XX-own-low.onnx")
    shutil.copy(tmp_path / "en_US-joe-medium.onnx.json", tmp_path / "xx_XX-own-low.onnx.json")
    assert [voice.verdict for voice in verify_voices(tmp_path)] == [
        Verdict.DAMAGED,
        Verdict.UNKNOWN,
    ]
