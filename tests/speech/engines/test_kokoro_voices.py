"""Tests of reader.speech.engines.kokoro_voices, and of the pack its voices come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import VoiceFilesWrong, VoiceNotInstalled
from reader.speech.engine import VoiceId
from reader.speech.engines import kokoro_voices as module
from reader.speech.engines.kokoro_voices import is_british, kokoro_files, kokoro_voices
from reader.speech.voices.catalogue import published_voices
from reader.speech.voices.install import install_from
from reader.speech.voices.overview import all_voices

_HEART, _EMMA = VoiceId("kokoro:af_heart"), VoiceId("kokoro:bf_emma")
_MODEL = "kokoro-v1.0.int8.onnx"


def _put_files(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"not the real one")


def test_voices_that_are_not_here_are_offered_with_size_and_licence(tmp_path: Path) -> None:
    assert kokoro_voices(tmp_path) == []
    offered = {voice.id: voice for voice in all_voices(tmp_path)}
    heart, emma = offered[_HEART], offered[_EMMA]
    assert (heart.name, heart.language, heart.licence) == ("Heart", "en-US", "Apache-2.0")
    assert (emma.name, emma.language) == ("Emma", "en-GB")
    assert (heart.is_installed, heart.reason) == (False, "not installed")
    assert heart.size_bytes == 100_194_871


def test_all_voices_come_from_the_one_pack() -> None:
    pack = [voice for voice in published_voices().values() if voice.engine == "kokoro"]
    assert len(pack) == 15
    assert len({(voice.place, voice.files) for voice in pack}) == 1
    assert {f"{voice.id.removeprefix('kokoro:')}.bin" for voice in pack} == {
        file.name for file in pack[0].files if file.name != _MODEL
    }
    assert all(len(file.sha256) == 64 for file in pack[0].files)
    assert {file.size_bytes for file in pack[0].files if file.name != _MODEL} == {522_240}


def test_a_voice_is_here_with_the_model_and_its_own_vectors(tmp_path: Path) -> None:
    folder = tmp_path / "kokoro" / "v1.0"
    _put_files(folder, "af_heart.bin")
    assert kokoro_voices(tmp_path) == []
    _put_files(folder, _MODEL)
    (voice,) = kokoro_voices(tmp_path)
    assert (voice.id, voice.is_installed, voice.is_available) == (_HEART, True, True)
    assert kokoro_files(_HEART, tmp_path).styles == folder / "af_heart.bin"
    with pytest.raises(VoiceNotInstalled):
        kokoro_files(_EMMA, tmp_path)


def test_without_its_libraries_a_voice_is_unavailable_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put_files(tmp_path / "kokoro" / "v1.0", _MODEL, "af_heart.bin")
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == "onnxruntime" else name)
    (voice,) = kokoro_voices(tmp_path)
    assert (voice.is_installed, voice.is_available) == (True, False)
    assert voice.reason == "onnxruntime not installed"


@pytest.mark.parametrize("voice", ["kokoro:nobody", "kokoro:", "piper:en_US-joe-medium"])
def test_other_voices_are_none_of_its(tmp_path: Path, voice: str) -> None:
    with pytest.raises(VoiceNotInstalled):
        kokoro_files(VoiceId(voice), tmp_path)


def test_the_accent_is_told_by_the_name() -> None:
    assert is_british(_EMMA)
    assert not is_british(_HEART)


def test_a_pack_of_other_files_under_these_names_is_refused_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    pack = [file.name for file in published_voices()[_HEART].files]
    _put_files(tmp_path / "pack", *pack)
    voices_dir = tmp_path / "voices"
    with pytest.raises(VoiceFilesWrong):
        install_from(tmp_path / "pack", voices_dir)
    assert not list(voices_dir.rglob("*.bin"))
    assert kokoro_voices(voices_dir) == []
