"""What any engine must do, as tests: who writes one subclasses `EngineContract` in his own tests.

    class TestMyEngine(EngineContract):
        entry_point = "my_package.engine:KIND"  # as in the group sottovoce.engines
        voice = VoiceId("mine:first")

and runs pytest on it. Nothing here imports pytest.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from itertools import pairwise
from pathlib import Path

from reader.errors import SynthesisFailed, VoiceNotInstalled
from reader.speech.engine import (
    Cancellation,
    Engine,
    Precision,
    SpokenAudio,
    Streaming,
    VoiceId,
)
from reader.speech.engine_kinds import ENTRY_POINT_GROUP, EngineKind, load_kind
from reader.speech.marks import spoken_words

_SENTENCE = "The old house stood, for many years, at the end of a quiet road."
_LONG = " ".join([_SENTENCE] * 4)
_QUIET = 0.02  # of full scale: what counts as silence at the ends
_SILENT = 64  # of 32,768
_MOST_SILENCE_S = 0.15
_CANCELLED_WITHIN_S = 5.0
_TOO_HEAVY = ("numpy", "onnxruntime", "torch", "tensorflow", "scipy", "PySide6")
_STRANGE = (
    "Straße, naïve café, Ωmega.",
    "“Quoted,” she said — ‘twice’… and left?!",
    "A 🙂 face.",
    "word" * 60,
    "[[brackets]] <and> &tags; {too}",
    "line\nbreak\tand\u00a0spaces",
)


class EngineContract:
    """Set `entry_point` and `voice`, an installed voice that reads English."""

    entry_point: str
    voice: VoiceId
    voices_dir = Path("no-installed-voices")
    _engine: Engine | None = None

    @property
    def kind(self) -> EngineKind:
        """What the entry point leads to."""
        found = load_kind(EntryPoint("engine under test", self.entry_point, ENTRY_POINT_GROUP))
        assert isinstance(found, EngineKind), found
        return found

    @property
    def engine(self) -> Engine:
        """The engine, made and loaded once for all tests of the class."""
        if type(self)._engine is None:
            type(self)._engine = self.kind.make_engine(self.voices_dir)
            self.engine.load(self.voice)
        engine = type(self)._engine
        assert engine is not None
        return engine

    def say(self, spoken: str) -> SpokenAudio:
        """Have the engine say something in English."""
        return self.engine.synthesise(spoken, "en", self.voice, Cancellation())

    def test_its_voices_can_be_told_without_loading_anything_heavy(self) -> None:
        module, _, attribute = self.entry_point.partition(":")
        program = (
            "import sys, pathlib, operator, importlib\n"
            f"kind = operator.attrgetter({attribute!r})(importlib.import_module({module!r}))\n"
            f"kind.list_voices(pathlib.Path({str(self.voices_dir)!r}))\n"
            f"print(sorted(set({_TOO_HEAVY!r}) & set(sys.modules)))\n"
        )
        told = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert told.stdout.strip() == "[]", "these must be imported by make_engine, or later"

    def test_each_voice_says_what_it_is_or_why_it_can_not_speak(self) -> None:
        kind = self.kind
        voices = kind.list_voices(self.voices_dir)
        assert self.voice in [voice.id for voice in voices]
        assert len({voice.id for voice in voices}) == len(voices)
        for voice in voices:
            assert voice.id.startswith(f"{kind.name}:")
            assert voice.engine == kind.name
            assert voice.name
            assert voice.is_available == (not voice.reason)
            assert voice.is_installed or not voice.is_available

    def test_it_has_the_name_of_its_kind(self) -> None:
        assert self.engine.name == self.kind.name

    def test_audio_is_trimmed_mono_that_sounds(self) -> None:
        audio = self.say(_SENTENCE)
        assert 8_000 <= audio.sample_rate <= 48_000
        assert len(audio.pcm) % 2 == 0
        samples = array("h", audio.pcm)
        loud = [i for i, sample in enumerate(samples) if abs(sample) > _QUIET * 32_768]
        assert loud, "nothing is heard"
        assert loud[0] < _MOST_SILENCE_S * audio.sample_rate
        assert len(samples) - loud[-1] < _MOST_SILENCE_S * audio.sample_rate
        assert 1.5 < len(samples) / audio.sample_rate < 15
        assert max(abs(samples[0]), abs(samples[-1])) < _SILENT, "its ends click against silence"

    def test_each_word_has_its_mark_in_playing_order(self) -> None:
        for spoken in ("Hello.", _SENTENCE, _LONG):
            audio = self.say(spoken)
            assert [(mark.start, mark.end) for mark in audio.marks] == spoken_words(spoken)
            edges = [edge for m in audio.marks for edge in (m.first_frame, m.end_frame)]
            assert all(0 <= a <= b for a, b in pairwise(edges))
            assert edges[-1] <= len(audio.pcm) // 2

    def test_marks_are_as_exact_as_it_says(self) -> None:
        abilities = self.engine.abilities(self.voice)
        precision = self.say(_SENTENCE).precision
        assert precision in (abilities.precision, Precision.ESTIMATED)

    def test_what_comes_first_is_the_beginning_of_the_whole(self) -> None:
        engine = self.engine
        if not isinstance(engine, Streaming):
            return
        for spoken in ("Hello.", _SENTENCE, _LONG):
            said = list(engine.stream(spoken, "en", self.voice, Cancellation()))
            *begun, whole = said
            assert [audio.is_whole for audio in said] == [False] * len(begun) + [True]
            assert [(mark.start, mark.end) for mark in whole.marks] == spoken_words(spoken)
            for before, after in pairwise(said):
                assert len(before.pcm) < len(after.pcm)
                assert after.pcm.startswith(before.pcm)
                assert all(mark.end_frame <= len(before.pcm) // 2 for mark in before.marks)
                words = [(mark.start, mark.end) for mark in before.marks]
                assert words == spoken_words(spoken)[: len(words)]

    def test_longer_text_takes_longer(self) -> None:
        short, long = self.say("Hello."), self.say(_SENTENCE)
        assert len(long.pcm) > 3 * len(short.pcm)

    def test_what_has_no_sound_fails_and_the_next_one_is_said(self) -> None:
        for spoken in ("", " ", "…", "—"):
            try:
                audio = self.say(spoken)
            except SynthesisFailed:
                pass
            else:
                assert audio.pcm, "no sound must be a SynthesisFailed"
            assert self.say("Still here.").marks

    def test_no_character_stops_it(self) -> None:
        for spoken in _STRANGE:
            with _may_fail():
                assert self.say(spoken).pcm
        assert self.say(_SENTENCE).marks

    def test_one_cancelled_before_it_began_is_not_said(self) -> None:
        cancellation = Cancellation()
        cancellation.request()
        try:
            self.engine.synthesise(_SENTENCE, "en", self.voice, cancellation)
        except SynthesisFailed:
            return
        assert not self.engine.abilities(self.voice).can_cancel

    def test_a_running_one_ends_soon_when_cancelled(self) -> None:
        engine, cancellation = self.engine, Cancellation()
        has_ended = threading.Event()
        if not engine.abilities(self.voice).can_cancel:
            return

        def say() -> None:
            with _may_fail():
                engine.synthesise(" ".join([_LONG] * 30), "en", self.voice, cancellation)
            has_ended.set()

        thread = threading.Thread(target=say)
        thread.start()
        cancellation.request()
        assert has_ended.wait(_CANCELLED_WITHIN_S)
        thread.join()
        assert self.say("Still here.").marks

    def test_a_voice_that_is_not_here_is_said_to_be_missing(self) -> None:
        engine = self.kind.make_engine(self.voices_dir)
        try:
            engine.load(VoiceId(f"{engine.name}:no-such-voice"))
        except VoiceNotInstalled:
            return
        raise AssertionError("VoiceNotInstalled must be raised")


@contextmanager
def _may_fail() -> Iterator[None]:
    """Let a SynthesisFailed pass, and no other error."""
    try:
        yield
    except SynthesisFailed:
        return
