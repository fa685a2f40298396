"""Tests of reader.speech.engines.piper_engine, with the real default voice."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from reader.errors import EngineUnavailable, SynthesisFailed, VoiceNotInstalled
from reader.speech.engine import Cancellation, Precision, SpokenAudio, VoiceId
from reader.speech.engines import piper_engine, piper_model
from reader.speech.engines.piper_engine import PiperEngine
from reader.speech.engines.piper_voices import files_of
from reader.speech.marks import spoken_words
from reader.speech.pcm import loudness_of
from reader.speech.voices.overview import DEFAULT_VOICE
from tests.speech.engines.sound_checks import check_marks_in_order, check_trimmed_and_unclipped
from tests.speech.forced_alignment import NotAligned, word_starts

_PROSE = (
    "The old house on the hill was empty, and nobody in the town could say why.",
    "In nineteen eighty four, Mister Brown paid five dollars and fifty cents for it.",
    "Well, said the doctor, at seven thirty in the evening the train will be here.",
    "About twelve thousand five hundred people had seen it by the third of July.",
    "He asked me once more what I wanted, but I could not find a good answer.",
    "When the rain had stopped, they walked along the river to the old stone bridge.",
    "Nothing was left of the garden but a wall, a gate, and the name of a rose.",
)


@pytest.fixture(scope="module")
def engine() -> PiperEngine:
    """Joe, loaded once."""
    loaded = PiperEngine(Path("/no-user-voices"))
    loaded.load(DEFAULT_VOICE)
    return loaded


def _say(engine: PiperEngine, spoken: str) -> SpokenAudio:
    return engine.synthesise(spoken, "en", DEFAULT_VOICE, Cancellation())


def test_marks_agree_with_forced_alignment(engine: PiperEngine) -> None:
    errors_ms = []
    for spoken in _PROSE:
        audio = _say(engine, spoken)
        words = [spoken[mark.start : mark.end] for mark in audio.marks]
        with suppress(NotAligned):  # it gives up on one of them, differently on each machine
            starts = word_starts(audio.pcm, audio.sample_rate, words)
            errors_ms += [
                abs(mark.first_frame / audio.sample_rate - start) * 1000
                for mark, start in zip(audio.marks, starts, strict=True)
            ]
    assert len(errors_ms) > 75  # of 108
    assert np.median(errors_ms) <= 20
    assert np.percentile(errors_ms, 95) <= 60


@pytest.mark.parametrize(
    "spoken",
    [
        pytest.param("She was in the end of the day at the top of it.", id="words run together"),
        pytest.param("Naïve Zoë’s café — “the well-known one” — was rock 'n' roll!", id="marks"),
        pytest.param("A & B © 5 % [[x]] no.", id="symbols"),
        pytest.param("Why?", id="one word"),
        pytest.param("x " * 150, id="longer than a breath"),
        pytest.param("a" * 400, id="one endless word"),
    ],
)
def test_every_word_has_a_mark_in_order_within_the_audio(engine: PiperEngine, spoken: str) -> None:
    audio = _say(engine, spoken)
    if len(spoken) < 400:
        assert [(mark.start, mark.end) for mark in audio.marks] == spoken_words(spoken)
    check_marks_in_order(audio)


def test_the_ends_are_trimmed_and_nothing_clips(engine: PiperEngine) -> None:
    check_trimmed_and_unclipped(_say(engine, _PROSE[0]))


@pytest.mark.parametrize("spoken", ["", "…", "—!"])
def test_what_has_no_sound_is_refused_and_the_next_is_said(
    engine: PiperEngine, spoken: str
) -> None:
    with pytest.raises(SynthesisFailed):
        _say(engine, spoken)
    assert _say(engine, "Still here.").marks


def test_a_request_to_cancel_ends_a_running_synthesis(engine: PiperEngine) -> None:
    cancellation = Cancellation()
    is_running = threading.Event()
    failures: list[str] = []

    def say() -> None:
        is_running.set()
        try:
            engine.synthesise(" ".join(_PROSE) * 5, "en", DEFAULT_VOICE, cancellation)
        except SynthesisFailed as error:
            failures.append(str(error))

    thread = threading.Thread(target=say)
    thread.start()
    is_running.wait()
    cancellation.request()
    thread.join()
    assert failures == ["cancelled"]


def test_one_cancelled_before_it_began_says_nothing(engine: PiperEngine) -> None:
    cancellation = Cancellation()
    cancellation.request()
    with pytest.raises(SynthesisFailed, match="cancelled"):
        engine.synthesise("Hello there.", "en", DEFAULT_VOICE, cancellation)


def _stream(engine: PiperEngine, spoken: str) -> list[SpokenAudio]:
    return list(engine.stream(spoken, "en", DEFAULT_VOICE, Cancellation()))


def test_what_comes_first_is_the_beginning_of_the_whole_with_its_marks(
    engine: PiperEngine,
) -> None:
    for spoken in _PROSE[:3]:
        first, *_, whole = _stream(engine, spoken)
        assert not first.is_whole
        assert 0.3 < len(first.pcm) / 2 / first.sample_rate < 0.6
        assert whole.is_whole
        assert whole.pcm.startswith(first.pcm)
        assert [(mark.start, mark.end) for mark in whole.marks] == spoken_words(spoken)
        told = whole.marks[: len(first.marks)]
        assert [m.end_frame for m in first.marks] == [m.end_frame for m in told]
        assert first.marks[-1].end_frame <= len(first.pcm) // 2


def test_all_that_a_voice_says_is_about_as_loud_as_other_voices(
    engine: PiperEngine, tmp_path: Path
) -> None:
    unknown = PiperEngine(tmp_path)
    other = _copied_voice(tmp_path, "en_US-double-medium")
    for spoken in (*_PROSE, "Yes."):
        assert _decibels(_say(engine, spoken)) == pytest.approx(-21, abs=3)
    for spoken in _PROSE[:2]:
        loudness = _decibels(unknown.synthesise(spoken, "en", other, Cancellation()))
        assert loudness == pytest.approx(_decibels(_say(engine, spoken)), abs=2)


def _decibels(audio: SpokenAudio) -> float:
    samples = np.frombuffer(audio.pcm, dtype="<i2").astype(np.float32) / np.float32(32_767)
    return float(20 * np.log10(loudness_of(samples, audio.sample_rate)))


def test_of_a_text_longer_than_a_breath_the_first_breath_is_begun(engine: PiperEngine) -> None:
    spoken = " ".join(_PROSE)
    first, *_, whole = _stream(engine, spoken)
    assert whole.pcm.startswith(first.pcm)
    assert [(mark.start, mark.end) for mark in whole.marks] == spoken_words(spoken)


@pytest.mark.parametrize("spoken", ["", "…", "—!"])
def test_what_has_no_sound_is_refused_when_it_is_waited_for(
    engine: PiperEngine, spoken: str
) -> None:
    with pytest.raises(SynthesisFailed):
        _stream(engine, spoken)
    assert _stream(engine, "Still here.")[-1].marks


def test_a_model_that_hides_its_durations_speaks_with_honest_guesses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(piper_model, "durations_output", lambda _graph: None)
    audio = _say(PiperEngine(Path("/no-user-voices")), "One, two, three.")
    assert audio.precision is Precision.ESTIMATED
    assert len(audio.marks) == 3


def test_a_text_sounds_the_same_whatever_was_said_before(engine: PiperEngine) -> None:
    texts = [*_PROSE[:2], "Short.", " ".join(_PROSE)]
    said = {text: _say(engine, text) for text in texts}
    again = PiperEngine(Path("/no-user-voices"))
    for text in reversed(texts):
        assert _stream(again, text)[-1] == said[text]
        assert _say(again, text) == said[text]


def test_different_texts_have_noise_of_their_own(engine: PiperEngine) -> None:
    """The same words begin otherwise where others follow: nothing is a recording played again."""
    first, second = (
        _say(engine, f"The old house on the hill {end}").pcm[:4000] for end in ("fell.", "stood.")
    )
    assert first != second


def _copied_voice(folder: Path, name: str) -> VoiceId:
    """Put Joe's model there under another name: a voice of its own, as far as anyone knows."""
    files = files_of(DEFAULT_VOICE, folder)
    (folder / f"{name}.onnx").symlink_to(files.model)
    (folder / f"{name}.onnx.json").symlink_to(files.configuration)
    return VoiceId(f"piper:{name}")


def _voice_with(folder: Path, name: str, **changes: object) -> VoiceId:
    """Put Joe's model there with some of its configuration changed."""
    files = files_of(DEFAULT_VOICE, folder)
    configuration = json.loads(files.configuration.read_text(encoding="utf-8")) | changes
    (folder / f"{name}.onnx").symlink_to(files.model)
    (folder / f"{name}.onnx.json").write_text(json.dumps(configuration), encoding="utf-8")
    return VoiceId(f"piper:{name}")


def test_how_slow_and_how_varied_a_voice_speaks_is_its_own_configuration(tmp_path: Path) -> None:
    def said(name: str, **inference: float) -> SpokenAudio:
        voice = _voice_with(tmp_path, name, inference=inference)
        return PiperEngine(tmp_path).synthesise("One, two, three.", "en", voice, Cancellation())

    usual = said("usual", noise_scale=0.667, length_scale=1.0, noise_w=0.8)
    slow = said("slow", noise_scale=0.667, length_scale=1.5, noise_w=0.8)
    even = said("even", noise_scale=0.667, length_scale=1.0, noise_w=0.0)
    plain = said("plain", noise_scale=0.1, length_scale=1.0, noise_w=0.8)
    assert usual.pcm == said("silent-on-it").pcm, "what is left out is as Piper has it"
    assert len(slow.pcm) > 1.3 * len(usual.pcm)
    assert [mark.first_frame for mark in even.marks] != [mark.first_frame for mark in usual.marks]
    assert len(plain.pcm) == pytest.approx(len(usual.pcm), rel=0.1), "its words are as long"
    assert plain.pcm != usual.pcm


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("de", "Alle Menschen sind frei und gleich an Würde und Rechten geboren."),
        ("fr", "Qu’est-ce qu’il y avait d’autre, ce jour-là, à l’hôtel ?"),
        ("ru", "В доме жили люди, и все знали друг друга."),
        ("vi", "Tất cả mọi người sinh ra đều được tự do và bình đẳng."),
        ("ar", "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق."),
        ("cmn", "人人生而自由，在尊严和权利上一律平等。"),
    ],
    ids=["German", "French", "Russian", "Vietnamese", "Arabic", "Chinese"],
)
def test_in_every_language_each_word_has_its_mark(
    tmp_path: Path, language: str, spoken: str
) -> None:
    """With Joe's model, which knows the sounds of all of them, as the models of Piper do."""
    voice = _voice_with(tmp_path, f"{language}_XX-joe-medium", espeak={"voice": language})
    audio = PiperEngine(tmp_path).synthesise(spoken, language, voice, Cancellation())
    assert [(mark.start, mark.end) for mark in audio.marks] == spoken_words(spoken)
    edges = [edge for mark in audio.marks for edge in (mark.first_frame, mark.end_frame)]
    assert edges == sorted(edges)
    assert edges[-1] <= len(audio.pcm) // 2
    lengths_s = [(mark.end_frame - mark.first_frame) / audio.sample_rate for mark in audio.marks]
    assert max(lengths_s) < 1.5, "none has swallowed others"


def test_two_voices_that_alternate_are_loaded_once_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _copied_voice(tmp_path, "en_US-double-medium")
    loaded: list[VoiceId] = []

    def load(voice: VoiceId, *rest: Any) -> Any:
        loaded.append(voice)
        return _load(voice, *rest)

    _load = piper_engine._load
    monkeypatch.setattr(piper_engine, "_load", load)
    engine = PiperEngine(tmp_path)
    for voice in (DEFAULT_VOICE, other) * 3:
        assert engine.synthesise("One, two.", "en", voice, Cancellation()).pcm
    assert loaded == [DEFAULT_VOICE, other]


def test_a_third_voice_takes_the_room_of_the_one_used_longest_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[VoiceId] = []
    monkeypatch.setattr(piper_engine, "_load", lambda voice, *_rest: _sized(loaded, voice, 60))
    second, third = (_copied_voice(tmp_path, name) for name in ("a-second", "a-third"))
    engine = PiperEngine(tmp_path)
    for voice in (DEFAULT_VOICE, second, DEFAULT_VOICE, third, DEFAULT_VOICE, second):
        engine.load(voice)
    assert loaded == [DEFAULT_VOICE, second, third, second]


def test_voices_too_large_to_be_kept_together_are_loaded_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[VoiceId] = []
    monkeypatch.setattr(piper_engine, "_load", lambda voice, *_rest: _sized(loaded, voice, 110))
    second = _copied_voice(tmp_path, "a-high")
    engine = PiperEngine(tmp_path)
    for voice in (DEFAULT_VOICE, second, DEFAULT_VOICE):
        engine.load(voice)
    assert loaded == [DEFAULT_VOICE, second, DEFAULT_VOICE]


def _sized(loaded: list[VoiceId], voice: VoiceId, megabytes: int) -> SimpleNamespace:
    loaded.append(voice)
    return SimpleNamespace(size_bytes=megabytes * 1_000_000)


def test_a_voice_that_is_not_here_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(VoiceNotInstalled):
        PiperEngine(tmp_path).load(VoiceId("piper:xx_XX-nobody-low"))


class _Broken(ModuleType):
    """A library that was built for another machine."""

    def __getattr__(self, name: str) -> object:
        raise ImportError(f"libonnx.so.1: cannot open {name}\nat all")


@pytest.mark.parametrize(
    ("library", "reason"),
    [(None, "piper is not installed"), (_Broken("piper"), "libonnx.so.1: cannot open")],
)
def test_libraries_that_are_missing_or_broken_are_named(
    library: ModuleType | None, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "piper", library)
    with pytest.raises(EngineUnavailable) as caught:
        PiperEngine(Path("/no-user-voices")).load(DEFAULT_VOICE)
    assert caught.value.reason.startswith(reason)
    assert "\n" not in caught.value.reason


def test_a_damaged_model_is_said_to_be_missing(tmp_path: Path, engine: PiperEngine) -> None:
    del engine  # only so that the files of the real voice are known to be readable
    for name, content in (("a_A-b-low.onnx", b"<html>"), ("a_A-b-low.onnx.json", b"{}")):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(VoiceNotInstalled):
        PiperEngine(tmp_path).load(VoiceId("piper:a_A-b-low"))


_LETTING_GO = """
import sys
from pathlib import Path
from reader.processes.memory import give_large_blocks_back
from reader.speech.engine import Cancellation
from reader.speech.engine_kinds import Engines
from reader.speech.voices.overview import DEFAULT_VOICE

def anonymous_kb():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))

give_large_blocks_back(4 << 20)
engines = Engines(Path("none"))
for _ in range(2):
    engine = engines.find("piper")
    assert engine.synthesise("One, two.", "en", DEFAULT_VOICE, Cancellation()).pcm
    loaded = anonymous_kb()
    for _ in range(100):
        engines.find("pyttsx3")
    print(loaded - anonymous_kb())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own")
def test_a_voice_let_go_of_gives_its_memory_back_and_can_be_had_again() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LETTING_GO], check=True, capture_output=True, text=True
    )
    assert all(int(given_back_kb) > 60_000 for given_back_kb in ran.stdout.split())
