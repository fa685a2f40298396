"""pyttsx3: the system's voices, which on Linux are those of eSpeak NG, here without its player."""

from __future__ import annotations

import ctypes
import os
import sys
from bisect import bisect_right
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import EngineUnavailable, SynthesisFailed, VoiceNotInstalled
from reader.speech.engine import (
    Cancellation,
    EngineAbilities,
    Precision,
    SpokenAudio,
    Voice,
    VoiceId,
    WordMark,
)
from reader.speech.engines.espeak_voices import espeak_data_dir, espeak_identifier, espeak_voices
from reader.speech.marks import estimated_marks, spoken_words
from reader.speech.pcm import as_pcm, sounding_range
from reader.speech.phonemes import BETWEEN_WORDS, GIVEN, codes_of, without_phonemes
from reader.speech.word_times import marks_between

if TYPE_CHECKING:
    from reader.speech.engines.espeak_capture import CapturingDriver
    from reader.speech.engines.system_speech import SystemSpeech

ENGINE = "pyttsx3"
SYSTEM_VOICE = VoiceId(f"{ENGINE}:system")
_WORDS_PER_MINUTE = 180
_LIMIT_S = 20.0
_HAS_OWN_SPEECH = sys.platform in ("win32", "darwin")


def pyttsx3_voices() -> list[Voice]:
    """List the voices without loading any library."""
    if not _HAS_OWN_SPEECH:
        return espeak_voices(ENGINE)
    reason = "" if find_spec("pyttsx3") else "pyttsx3 not installed"
    return [Voice(SYSTEM_VOICE, ENGINE, "", "The system's voice", True, not reason, reason, 0, "")]


class Pyttsx3Engine:
    """Speaks with eSpeak NG into memory, or elsewhere with the system's speech through a file."""

    name = ENGINE

    def __init__(self) -> None:
        self._driver: CapturingDriver | None = None
        self._system: SystemSpeech | None = None

    def abilities(self, _voice: VoiceId, /) -> EngineAbilities:
        """Word marks and cancelling with eSpeak's own events; neither through a file."""
        precision = Precision.ESTIMATED if _HAS_OWN_SPEECH else Precision.WORD
        return EngineAbilities(precision, can_cancel=not _HAS_OWN_SPEECH)

    def load(self, voice: VoiceId) -> None:
        """Load the library, once, and set the voice."""
        if _HAS_OWN_SPEECH:
            self._load_system(voice)
        else:
            self._load_espeak(voice)

    def synthesise(
        self, spoken: str, language: str, voice: VoiceId, cancellation: Cancellation, /
    ) -> SpokenAudio:
        """Say one utterance in the voice's own language."""
        import numpy as np

        self.load(voice)
        words = spoken_words(spoken)
        if self._system is not None:
            samples, sample_rate = self._system.say(without_phonemes(spoken), _LIMIT_S)
            first, end = sounding_range(samples, sample_rate)
            marks = estimated_marks(spoken, words, end - first)
            return _spoken(as_pcm(samples[first:end], sample_rate), sample_rate, marks)
        from reader.speech.engines.espeak_capture import SAMPLE_RATE

        assert self._driver is not None
        said, places = _for_espeak(spoken, language)
        captured = self._driver.capture(said, lambda: not cancellation.is_requested, _LIMIT_S)
        if captured is None or cancellation.is_requested:
            raise SynthesisFailed("cancelled" if captured else "eSpeak gave no answer")
        samples = np.frombuffer(captured.pcm, dtype="<i2").astype(np.float32)
        first, end = sounding_range(samples, SAMPLE_RATE)
        events = [(places[min(at, len(places) - 1)], frame) for at, frame in captured.words]
        marks = marks_of_events(words, events, captured.clause_ends, first, end - first)
        pcm = as_pcm(samples[first:end], SAMPLE_RATE)
        if not marks:  # a language without word events
            return _spoken(pcm, SAMPLE_RATE, estimated_marks(spoken, words, end - first))
        return _spoken(pcm, SAMPLE_RATE, marks, Precision.WORD)

    def _load_espeak(self, voice: VoiceId) -> None:
        if self._driver is None:
            _load_espeak_library()
            try:
                from reader.speech.engines.espeak_capture import the_driver

                self._driver = the_driver()
            except (ImportError, OSError, RuntimeError) as error:
                raise EngineUnavailable(ENGINE, "eSpeak NG can't be loaded") from error
            self._driver.setProperty("rate", _WORDS_PER_MINUTE)
        if voice != self._driver.voice_set:
            try:
                self._driver.setProperty("voice", espeak_identifier(voice.partition(":")[2]))
            except ValueError as error:
                raise VoiceNotInstalled(voice) from error
            self._driver.voice_set = voice

    def _load_system(self, voice: VoiceId) -> None:
        if voice != SYSTEM_VOICE:
            raise VoiceNotInstalled(voice)
        if self._system is None:
            from reader.speech.engines.system_speech import SystemSpeech

            self._system = SystemSpeech()


def _for_espeak(spoken: str, language: str) -> tuple[str, list[int]]:
    """Return a spoken text as eSpeak wants it, and the place in `spoken` of each character.

    Phonemes stand in double brackets there, instead of the word; where eSpeak has no codes for
    them the word is said as it is written.
    """
    said: list[str] = []
    places: list[int] = []
    at = 0
    for given in GIVEN.finditer(spoken):
        word = spoken.rfind(" ", 0, given.start()) + 1
        codes = codes_of(given[1], language)
        kept = given.start() if codes is None else word
        said.append(spoken[at:kept].replace("[", " "))
        places += range(at, kept)
        if codes is not None:
            said.append(f"[[{codes}]]")
            places += [word] * (len(codes) + 4)
        at = given.end()
    said.append(spoken[at:].replace("[", " "))
    places += range(at, len(spoken))
    return "".join(said).replace(BETWEEN_WORDS, " "), places or [0]


def marks_of_events(
    words: Sequence[tuple[int, int]],
    events: Sequence[tuple[int, int]],
    clause_ends: Sequence[int],
    cut_frames: int,
    frame_count: int,
) -> tuple[WordMark, ...]:
    """Snap eSpeak's word events, (position in the text, frame), to our own words.

    A word starts at the first event in it; words that eSpeak says as one share its time.
    """
    starts = [start for start, _ in words]
    begins: dict[int, int] = {}
    for position, frame in sorted(events, key=lambda event: event[1]):
        number = bisect_right(starts, position) - 1
        is_next = not begins or number > max(begins)
        if number >= 0 and position < words[number][1] and is_next:
            begins[number] = frame
    ends: dict[int, int] = {}
    sounding = sorted(begins)
    whole = cut_frames + frame_count
    for number, following in zip_longest(sounding, sounding[1:]):
        limit = whole if following is None else begins[following]
        pause = next((end for end in clause_ends if end > begins[number]), whole)
        ends[number] = min(limit, pause)
    return marks_between(words, begins, ends, cut_frames, frame_count)


def _spoken(
    pcm: bytes,
    sample_rate: int,
    marks: tuple[WordMark, ...],
    precision: Precision = Precision.ESTIMATED,
) -> SpokenAudio:
    if not pcm or not marks:
        raise SynthesisFailed("there is nothing to pronounce in it")
    return SpokenAudio(pcm, sample_rate, marks, precision)


def _load_espeak_library() -> None:
    """Load the library that came with the app, so that pyttsx3 finds it by its name."""
    data_dir = espeak_data_dir()
    if data_dir is None:
        return  # a system's own may be there
    os.environ["ESPEAK_DATA_PATH"] = str(data_dir)
    import espeakng_loader

    # not with RTLD_GLOBAL: Piper's phonemiser has an eSpeak NG of its own in this process
    library = Path(espeakng_loader.get_library_path())
    try:
        ctypes.CDLL(str(library))
    except OSError as error:
        raise EngineUnavailable(ENGINE, "eSpeak NG can't be loaded") from error
