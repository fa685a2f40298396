"""A speech process whose engine does what the text says: hang, circle, toil, nap, doze, crash…

Started as a script; the last argument is a file to which each text it is asked to say is added.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reader.errors import EngineUnavailable, SynthesisFailed, VoiceNotInstalled
from reader.speech.engine import (
    Cancellation,
    EngineAbilities,
    Precision,
    SpokenAudio,
    VoiceId,
    WordMark,
)
from reader.speech.marks import spoken_words
from reader.speech.process.worker import serve_engines

SAMPLE_RATE, OTHER_SAMPLE_RATE = 8000, 4000
WORD_FRAMES = 100
TOIL_S = 4.5
VOICE, OTHER_VOICE = VoiceId("fake:any"), VoiceId("fake:other")
BROKEN_VOICE = VoiceId("fake:broken")
DEADLY_VOICE, ENDLESS_VOICE = VoiceId("fake:deadly"), VoiceId("fake:endless")


class ObedientEngine:
    """Says each word as 100 frames of one level."""

    name = "fake"

    def __init__(self, diary: Path) -> None:
        self._diary = diary

    def abilities(self, _voice: VoiceId, /) -> EngineAbilities:
        """Everything."""
        return EngineAbilities(Precision.WORD, can_cancel=True)

    def load(self, voice: VoiceId) -> None:
        """Load any voice of ours but three."""
        if voice == BROKEN_VOICE:
            raise EngineUnavailable("fake", "it is broken")
        if voice == DEADLY_VOICE:
            os.kill(os.getpid(), signal.SIGSEGV)
        if voice == ENDLESS_VOICE:
            time.sleep(600)
        if voice not in (VOICE, OTHER_VOICE):
            raise VoiceNotInstalled(voice)

    def synthesise(
        self, spoken: str, _language: str, voice: VoiceId, cancellation: Cancellation, /
    ) -> SpokenAudio:
        """Do what `spoken` says."""
        with self._diary.open("a", encoding="utf-8") as diary:
            diary.write(spoken + "\n")
        self._obey(spoken, cancellation)
        words = spoken_words(spoken)
        marks = tuple(
            WordMark(n * WORD_FRAMES, (n + 1) * WORD_FRAMES, start, end)
            for n, (start, end) in enumerate(words)
        )
        pcm = b"\x10\x00" * WORD_FRAMES * len(words)
        rate = OTHER_SAMPLE_RATE if voice == OTHER_VOICE else SAMPLE_RATE
        return SpokenAudio(pcm, rate, marks, Precision.WORD)

    def stream(
        self, spoken: str, language: str, voice: VoiceId, cancellation: Cancellation, /
    ) -> Iterator[SpokenAudio]:
        """Yield the first two words, then all, where `spoken` wants it; die between if it says so.

        With "lull" in it, it dozes between until it is cancelled.
        """
        whole = self.synthesise(spoken, language, voice, cancellation)
        if "begin" in spoken:
            pcm = whole.pcm[: 2 * (2 * WORD_FRAMES + WORD_FRAMES // 2)]
            yield replace(whole, pcm=pcm, marks=whole.marks[:2], is_whole=False)
        if "fall" in spoken:
            os.kill(os.getpid(), signal.SIGKILL)
        if "stumble" in spoken:
            raise SynthesisFailed("stumbled")
        while "lull" in spoken:
            if cancellation.is_requested:
                raise SynthesisFailed("cancelled")
            time.sleep(0.005)
        yield whole

    def _obey(self, spoken: str, cancellation: Cancellation) -> None:
        if "crash" in spoken:
            os.kill(os.getpid(), signal.SIGSEGV)
        elif "hang" in spoken:
            time.sleep(600)
        elif "circle" in spoken:
            while True:
                pass
        elif "toil" in spoken:
            _toil()
        elif "nap" in spoken:
            time.sleep(0.5)
        elif "doze" in spoken:
            time.sleep(0.15 * spoken.count("doze"))
        elif "slow" in spoken:
            while not cancellation.is_requested:
                time.sleep(0.005)
            raise SynthesisFailed("cancelled")
        elif "fail" in spoken:
            raise SynthesisFailed("asked to")
        elif "bug" in spoken:
            raise ZeroDivisionError
        elif "print" in spoken:
            print("a library's chatter", flush=True)
            os.write(1, b"more of it")


def _toil() -> None:
    """Seem to work a fifth of the time, as if others had the rest of it."""
    begun_s = time.process_time() - time.monotonic() / 5
    time.process_time = lambda: begun_s + time.monotonic() / 5
    time.sleep(TOIL_S)


if __name__ == "__main__":
    sys.exit(serve_engines({"fake": ObedientEngine(Path(sys.argv[-1]))}.get))
