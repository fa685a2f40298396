"""Tests of reader.speech.engines.piper_voices."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.errors import VoiceNotInstalled
from reader.speech.engine import Voice, VoiceId
from reader.speech.engines.piper_voices import files_of, piper_voices

_STEM = "de_DE-thorsten_emotional-medium"
_CONFIGURATION = {
    "audio": {"sample_rate": 22050},
    "phoneme_id_map": {"_": [0]},
    "language": {"code": "de_DE"},
    "dataset": "thorsten_emotional",
}


def _install(folder: Path, configuration: object, card: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{_STEM}.onnx").write_bytes(b"model")
    (folder / f"{_STEM}.onnx.json").write_text(json.dumps(configuration), encoding="utf-8")
    if card:
        (folder / "MODEL_CARD").write_text(card, encoding="utf-8")


def _installed(voices_dir: Path) -> Voice:
    return next(v for v in piper_voices(voices_dir) if v.id == f"piper:{_STEM}")


def test_the_voice_that_comes_with_the_app_is_first(tmp_path: Path) -> None:
    voice = piper_voices(tmp_path)[0]
    assert (voice.id, voice.language, voice.name) == ("piper:en_US-joe-medium", "en-US", "Joe")
    assert (voice.is_installed, voice.is_available, voice.reason) == (True, True, "")
    assert voice.size_bytes == 63_201_294
    assert voice.licence.startswith("CC0")


def test_a_voice_the_user_installed_is_listed_from_its_files(tmp_path: Path) -> None:
    _install(tmp_path / "thorsten", _CONFIGURATION, "# Model card\n\n* License: CC BY 4.0\n")
    assert _installed(tmp_path) == Voice(
        VoiceId(f"piper:{_STEM}"),
        "piper",
        "de-DE",
        "Thorsten emotional",
        is_installed=True,
        is_available=True,
        reason="",
        size_bytes=5,
        licence="CC BY 4.0",
    )
    assert files_of(VoiceId(f"piper:{_STEM}"), tmp_path).model.read_bytes() == b"model"


@pytest.mark.parametrize(
    ("configuration", "reason"),
    [
        ({}, "its configuration is damaged"),
        ([], "its configuration is damaged"),
        (
            _CONFIGURATION | {"phoneme_type": "pinyin"},
            "its pinyin phonemes are not understood here",
        ),
    ],
)
def test_a_voice_that_cannot_speak_says_why(
    tmp_path: Path, configuration: object, reason: str
) -> None:
    _install(tmp_path, configuration)
    voice = _installed(tmp_path)
    assert (voice.is_installed, voice.is_available, voice.reason) == (True, False, reason)


def test_a_model_without_its_configuration_is_no_voice(tmp_path: Path) -> None:
    (tmp_path / f"{_STEM}.onnx").write_bytes(b"model")
    assert len(piper_voices(tmp_path)) == 1
    with pytest.raises(VoiceNotInstalled):
        files_of(VoiceId(f"piper:{_STEM}"), tmp_path)


@pytest.mark.parametrize("language", ["de_DE", {"code": None}, {"code": 7}, None, []])
@pytest.mark.parametrize("dataset", [None, 7, ["a"]])
def test_a_voice_whose_configuration_tells_odd_things_is_listed_by_its_files_name(
    tmp_path: Path, language: object, dataset: object
) -> None:
    _install(tmp_path, {**_CONFIGURATION, "language": language, "dataset": dataset})
    voice = _installed(tmp_path)
    assert (voice.language, voice.name) == ("de-DE", "Thorsten emotional")


def test_a_voice_whose_model_is_a_link_to_nothing_says_so(tmp_path: Path) -> None:
    _install(tmp_path, _CONFIGURATION)
    (tmp_path / f"{_STEM}.onnx").unlink()
    (tmp_path / f"{_STEM}.onnx").symlink_to(tmp_path / "gone.onnx")
    voice = _installed(tmp_path)
    assert (voice.is_available, voice.reason) == (False, "its model is gone")
