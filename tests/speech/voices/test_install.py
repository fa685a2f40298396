"""Tests of reader.speech.voices.install: voices from files, and out again."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from reader.errors import (
    OutputNotWritten,
    VoiceBusy,
    VoiceFilesWrong,
    VoiceNotInstalled,
    VoiceNotRemovable,
)
from reader.speech.engine import VoiceId
from reader.speech.engines import piper_voices
from reader.speech.engines.model_outputs import output_declaration
from reader.speech.voices.install import install_from, is_removable, remove_voice
from reader.speech.voices.overview import (
    DEFAULT_VOICE,
    Verdict,
    VerifiedVoice,
    all_voices,
    installed_voices,
    verify_voices,
)
from reader.speech.voices.store import Staging

MODEL = output_declaration("any") + output_declaration("other")
OWN = VoiceId("piper:xx_XX-own-low")
CONFIGURATION = {
    "phoneme_id_map": {"_": [0]},
    "audio": {"sample_rate": 16000},
    "language": {"code": "de_DE"},
    "dataset": "my_own",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one good voice."""
    folder = tmp_path / "source"
    folder.mkdir()
    add_voice(folder, "xx_XX-own-low")
    return folder


@pytest.fixture
def voices_dir(tmp_path: Path) -> Path:
    """Where voices go; not there yet."""
    return tmp_path / "data" / "voices"


def add_voice(folder: Path, name: str, model: bytes = MODEL, **changes: object) -> Path:
    """Write a pair of files."""
    (folder / f"{name}.onnx").write_bytes(model)
    (folder / f"{name}.onnx.json").write_text(json.dumps(CONFIGURATION | changes))
    return folder / f"{name}.onnx"


def is_empty(voices_dir: Path) -> bool:
    """Whether nothing is there, unfinished or not."""
    return not voices_dir.exists() or not list(voices_dir.iterdir())


@pytest.mark.parametrize("given", ["", "xx_XX-own-low.onnx", "xx_XX-own-low.onnx.json"])
def test_a_pair_is_installed_from_its_folder_or_either_file(
    source: Path, voices_dir: Path, given: str
) -> None:
    assert install_from(source / given, voices_dir) == [OWN]
    (voice,) = [voice for voice in installed_voices(voices_dir) if voice.id == OWN]
    assert (voice.language, voice.name, voice.is_available) == ("de-DE", "My own", True)
    assert VerifiedVoice(OWN, Verdict.INTACT) in list(verify_voices(voices_dir))
    assert (source / "xx_XX-own-low.onnx").is_file()


def test_a_voice_s_card_comes_along_and_tells_its_licence(source: Path, voices_dir: Path) -> None:
    (source / "MODEL_CARD").write_text("# Model card\n\n* License: Apache-2.0\n")
    install_from(source, voices_dir)
    (voice,) = [voice for voice in installed_voices(voices_dir) if voice.id == OWN]
    assert voice.licence == "Apache-2.0"


def test_a_folder_of_several_installs_them_all(source: Path, voices_dir: Path) -> None:
    add_voice(source, "xx_XX-second-low")
    (source / "MODEL_CARD").write_text("* License: of which?\n")
    assert install_from(source, voices_dir) == [OWN, "piper:xx_XX-second-low"]
    assert not list(voices_dir.rglob("MODEL_CARD"))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("xx_XX-own-low.onnx", b"", "a part of one"),
        ("xx_XX-own-low.onnx", MODEL[:-1], "a part of one"),
        ("xx_XX-own-low.onnx", b"version https://git-lfs.github.com/spec/v1", "a part of one"),
        ("xx_XX-own-low.onnx", b"<html>not found</html>", "a part of one"),
        ("xx_XX-own-low.onnx.json", b"{", "configuration is damaged"),
        ("xx_XX-own-low.onnx.json", b"{}", "configuration is damaged"),
        ("xx_XX-own-low.onnx.json", b"[]", "configuration is damaged"),
        ("xx_XX-own-low.onnx.json", None, "isn't beside it"),
        ("xx_XX-own-low.onnx", None, "there is no"),
    ],
)
def test_what_is_no_whole_voice_is_refused_and_leaves_nothing(
    source: Path, voices_dir: Path, name: str, content: bytes | None, reason: str
) -> None:
    if content is None:
        (source / name).unlink()
    else:
        (source / name).write_bytes(content)
    with pytest.raises(VoiceFilesWrong, match=reason):
        install_from(source / "xx_XX-own-low.onnx", voices_dir)
    assert is_empty(voices_dir)


def test_phonemes_that_are_not_understood_are_refused(source: Path, voices_dir: Path) -> None:
    model = add_voice(source, "xx_XX-own-low", phoneme_type="pinyin")
    with pytest.raises(VoiceFilesWrong, match="pinyin"):
        install_from(model, voices_dir)


def test_another_model_under_a_published_name_is_refused(source: Path, voices_dir: Path) -> None:
    model = add_voice(source, "en_US-amy-low")
    with pytest.raises(VoiceFilesWrong, match="rename it"):
        install_from(model, voices_dir)
    assert is_empty(voices_dir)


def test_the_published_model_is_taken_with_an_older_configuration(
    voices_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files,) = [f for f in piper_voices.piper_voice_files(voices_dir) if f.id == DEFAULT_VOICE]
    assert install_from(files.model, voices_dir) == [DEFAULT_VOICE]
    monkeypatch.setattr(piper_voices, "_JOE_PACKAGE", "no_such_package")
    assert list(verify_voices(voices_dir)) == [VerifiedVoice(DEFAULT_VOICE, Verdict.INTACT)]


def test_a_voice_installed_again_takes_the_place_of_the_damaged_one(
    source: Path, voices_dir: Path
) -> None:
    install_from(source, voices_dir)
    installed = voices_dir / "piper" / "xx_XX-own-low" / "xx_XX-own-low.onnx"
    installed.write_bytes(b"rotten")
    assert VerifiedVoice(OWN, Verdict.DAMAGED) in list(verify_voices(voices_dir))
    install_from(source, voices_dir)
    assert installed.read_bytes() == MODEL
    assert [path.name for path in voices_dir.iterdir()] == ["piper"]


def test_a_file_of_a_voice_that_went_missing_is_damage(source: Path, voices_dir: Path) -> None:
    (source / "MODEL_CARD").write_text("* License: MIT\n")
    install_from(source, voices_dir)
    (voices_dir / "piper" / "xx_XX-own-low" / "MODEL_CARD").unlink()
    assert VerifiedVoice(OWN, Verdict.DAMAGED) in list(verify_voices(voices_dir))


def test_one_being_installed_already_is_refused(source: Path, voices_dir: Path) -> None:
    with Staging(voices_dir, "piper/xx_XX-own-low").held(), pytest.raises(VoiceBusy):
        install_from(source, voices_dir)
    install_from(source, voices_dir)


def test_a_full_disk_is_told_and_nothing_is_left(
    source: Path, voices_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("reader.speech.voices.install.shutil.copyfileobj", full)
    with pytest.raises(OutputNotWritten, match="no space"):
        install_from(source, voices_dir)
    assert is_empty(voices_dir)


def test_unfinished_voices_are_not_listed(source: Path, voices_dir: Path) -> None:
    shutil.copytree(source, voices_dir / ".partial" / "piper+xx_XX-own-low")
    assert OWN not in [voice.id for voice in installed_voices(voices_dir)]


def test_a_removed_voice_is_gone_and_can_be_fetched_or_installed_again(
    source: Path, voices_dir: Path
) -> None:
    install_from(source, voices_dir)
    assert is_removable(OWN, voices_dir)
    remove_voice(OWN, voices_dir)
    assert not list(voices_dir.rglob("*.onnx"))
    assert not is_removable(OWN, voices_dir)
    with pytest.raises(VoiceNotInstalled):
        remove_voice(OWN, voices_dir)
    assert install_from(source, voices_dir) == [OWN]


def test_a_pair_put_there_by_hand_is_removed_too(voices_dir: Path) -> None:
    voices_dir.mkdir(parents=True)
    add_voice(voices_dir, "xx_XX-own-low")
    add_voice(voices_dir, "xx_XX-other-low")
    remove_voice(OWN, voices_dir)
    assert sorted(path.name for path in voices_dir.iterdir()) == [
        "xx_XX-other-low.onnx",
        "xx_XX-other-low.onnx.json",
    ]


@pytest.mark.parametrize("voice", [DEFAULT_VOICE, VoiceId("pyttsx3:de")])
def test_what_came_with_the_app_or_the_system_stays(voice: VoiceId, voices_dir: Path) -> None:
    with pytest.raises(VoiceNotRemovable):
        remove_voice(voice, voices_dir)


@pytest.mark.parametrize("name", ["../source", "..", ".", "", "a/../../source", ".partial"])
def test_no_id_leads_out_of_the_folder(source: Path, voices_dir: Path, name: str) -> None:
    install_from(source, voices_dir)
    for voice in (f"piper:{name}", f"{name}:piper", f"{name}:source"):
        assert not is_removable(VoiceId(voice), voices_dir)
        with pytest.raises((VoiceNotInstalled, VoiceNotRemovable)):
            remove_voice(VoiceId(voice), voices_dir)
    assert (source / "xx_XX-own-low.onnx").is_file()


def test_the_voices_that_can_be_had_are_listed_behind_those_that_are_here(
    source: Path, voices_dir: Path
) -> None:
    install_from(source, voices_dir)
    voices = all_voices(voices_dir)
    assert len({voice.id for voice in voices}) == len(voices)
    states = [voice.is_installed for voice in voices]
    assert states == sorted(states, reverse=True)
    (amy,) = [voice for voice in voices if voice.id == "piper:en_US-amy-low"]
    assert (amy.reason, amy.licence) == ("not installed", "see the model card")
    assert 60e6 < amy.size_bytes < 70e6


def test_a_default_voice_that_did_not_come_along_can_be_had(
    voices_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piper_voices, "_JOE_PACKAGE", "no_such_package")
    (joe,) = [voice for voice in all_voices(voices_dir) if voice.id == DEFAULT_VOICE]
    assert not joe.is_installed
    assert joe.size_bytes > 60e6
