"""Tests of reader.speech.engines.kokoro_engine, with the real voices; run by `make kokoro`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reader.errors import SynthesisFailed, VoiceNotInstalled
from reader.speech.engine import Cancellation, SpokenAudio, VoiceId
from reader.speech.engine_contract import EngineContract
from reader.speech.engines.kokoro_engine import KokoroEngine
from reader.speech.marks import spoken_words
from reader.speech.voices.install import install_from
from reader.speech.voices.overview import Verdict, installed_voices, verify_voices
from tests.speech.engines.kokoro_pack import kokoro_pack
from tests.speech.engines.sound_checks import check_marks_in_order, check_trimmed_and_unclipped
from tests.speech.forced_alignment import word_starts

pytestmark = pytest.mark.kokoro

_HEART, _EMMA = VoiceId("kokoro:af_heart"), VoiceId("kokoro:bf_emma")
_PROSE = (
    "The old house on the hill was empty, and nobody in the town could say why.",
    "In nineteen eighty four, Mister Brown paid five dollars and fifty cents for it.",
    "Well, said the doctor, at seven thirty in the evening the train will be here.",
    "About twelve thousand five hundred people had seen it by the third of July.",
    "The little girl put the bottle of water on the table and went to the window.",
)


@pytest.fixture(scope="module")
def voices_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of voices into which the pack was installed."""
    folder = tmp_path_factory.mktemp("voices")
    assert len(install_from(kokoro_pack(), folder)) == 15
    return folder


@pytest.fixture(scope="module")
def engine(voices_dir: Path) -> KokoroEngine:
    """The engine with its model loaded."""
    loaded = KokoroEngine(voices_dir)
    loaded.load(_HEART)
    return loaded


def _say(engine: KokoroEngine, spoken: str, voice: VoiceId = _HEART) -> SpokenAudio:
    return engine.synthesise(spoken, "en", voice, Cancellation())


def test_the_installed_pack_is_listed_and_intact(voices_dir: Path) -> None:
    voices = [voice for voice in installed_voices(voices_dir) if voice.engine == "kokoro"]
    assert len(voices) == 15
    assert all(voice.is_available and voice.licence == "Apache-2.0" for voice in voices)
    verdicts = {v.verdict for v in verify_voices(voices_dir) if v.id.startswith("kokoro:")}
    assert verdicts == {Verdict.INTACT}


@pytest.mark.parametrize("voice", [_HEART, _EMMA])
def test_marks_agree_with_forced_alignment(engine: KokoroEngine, voice: VoiceId) -> None:
    errors_ms = []
    for spoken in _PROSE:
        audio = _say(engine, spoken, voice)
        words = [spoken[mark.start : mark.end] for mark in audio.marks]
        starts = word_starts(audio.pcm, audio.sample_rate, words)
        errors_ms += [
            abs(mark.first_frame / audio.sample_rate - start) * 1000
            for mark, start in zip(audio.marks, starts, strict=True)
        ]
    assert len(errors_ms) > 60
    assert np.median(errors_ms) <= 20
    assert np.percentile(errors_ms, 95) <= 65


@pytest.mark.parametrize(
    "spoken",
    [
        pytest.param("She was in the end of the day at the top of it.", id="words run together"),
        pytest.param("Naïve Zoë’s café — “the well-known one” — was rock 'n' roll!", id="marks"),
        pytest.param("Why?", id="one word"),
        pytest.param("y " * 120, id="longer than a breath"),
    ],
)
def test_every_word_has_a_mark_in_order_within_the_audio(engine: KokoroEngine, spoken: str) -> None:
    audio = _say(engine, spoken)
    assert audio.sample_rate == 24_000
    assert [(mark.start, mark.end) for mark in audio.marks] == spoken_words(spoken)
    check_marks_in_order(audio)


def test_the_ends_are_trimmed_and_nothing_clips(engine: KokoroEngine) -> None:
    check_trimmed_and_unclipped(_say(engine, _PROSE[0]))


@pytest.mark.parametrize("spoken", ["", "…", "—!"])
def test_what_has_no_sound_is_refused_and_the_next_is_said(
    engine: KokoroEngine, spoken: str
) -> None:
    with pytest.raises(SynthesisFailed):
        _say(engine, spoken)
    assert _say(engine, "Still here.").marks


def test_voices_differ_and_each_says_the_same_again(engine: KokoroEngine, voices_dir: Path) -> None:
    said = _say(engine, "Twice the same.")
    _say(engine, "Something else.")
    assert _say(engine, "Twice the same.") == said
    assert _say(KokoroEngine(voices_dir), "Twice the same.") == said
    assert _say(engine, "Twice the same.", _EMMA).pcm != _say(engine, "Twice the same.").pcm


def test_a_damaged_model_or_vectors_are_said_to_be_missing(
    voices_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "kokoro" / "v1.0"
    folder.mkdir(parents=True)
    (installed,) = voices_dir.glob("kokoro/*")
    for broken, whole in (("*.onnx", "*.bin"), ("*.bin", "*.onnx")):
        for path in installed.glob(broken):
            (folder / path.name).unlink(missing_ok=True)
            (folder / path.name).write_bytes(path.read_bytes()[:100_000])
        for path in installed.glob(whole):
            (folder / path.name).unlink(missing_ok=True)
            (folder / path.name).symlink_to(path)
        with pytest.raises(VoiceNotInstalled):
            KokoroEngine(tmp_path).load(_HEART)


class TestContract(EngineContract):
    """What is asked of any engine."""

    entry_point = "reader.speech.engine_kinds:KOKORO"
    voice = _HEART

    @pytest.fixture(autouse=True)
    def _installed(self, voices_dir: Path) -> None:
        type(self).voices_dir = voices_dir
