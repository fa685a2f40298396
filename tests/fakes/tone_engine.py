"""An engine as another package would write it: each word a tone, half a second a dozen letters."""

from __future__ import annotations

import math
from array import array
from pathlib import Path

from reader.errors import SynthesisFailed, VoiceNotInstalled
from reader.speech.engine import (
    Cancellation,
    EngineAbilities,
    Precision,
    SpokenAudio,
    Voice,
    VoiceId,
    WordMark,
)
from reader.speech.engine_kinds import EngineKind
from reader.speech.marks import spoken_words

SAMPLE_RATE = 8_000
_FRAMES_PER_LETTER = 320
_SWELL_FRAMES = 40
VOICE = Voice(VoiceId("tone:low"), "tone", "en", "Low tone", True, True, "", 0, "CC0-1.0")


class ToneEngine:
    """Hums."""

    name = "tone"

    def abilities(self, _voice: VoiceId, /) -> EngineAbilities:
        """Exact words; it is too quick to be cancelled."""
        return EngineAbilities(Precision.WORD, can_cancel=False)

    def load(self, voice: VoiceId) -> None:
        """Load its one voice."""
        if voice != VOICE.id:
            raise VoiceNotInstalled(voice)

    def synthesise(
        self, spoken: str, _language: str, _voice: VoiceId, _cancellation: Cancellation, /
    ) -> SpokenAudio:
        """Hum each word for as long as it has letters."""
        words = spoken_words(spoken)
        if not words:
            raise SynthesisFailed("there is nothing to pronounce in it")
        frames = 0
        marks = []
        for start, end in words:
            length = (end - start) * _FRAMES_PER_LETTER
            marks.append(WordMark(frames, frames + length, start, end))
            frames += length
        tone = (
            round(9_000 * _swell(n, frames) * math.sin(n * math.tau * 220 / SAMPLE_RATE))
            for n in range(frames)
        )
        return SpokenAudio(array("h", tone).tobytes(), SAMPLE_RATE, tuple(marks), Precision.WORD)


def _swell(frame: int, frames: int) -> float:
    """Return how loud the hum is there, so that it begins and ends without a click."""
    return min(1.0, frame / _SWELL_FRAMES, (frames - 1 - frame) / _SWELL_FRAMES)


def _make(_voices_dir: Path) -> ToneEngine:
    return ToneEngine()


KIND = EngineKind("tone", lambda _voices_dir: [VOICE], _make)
