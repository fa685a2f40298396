"""How fast this machine speaks with each voice: measured at the first sentences, and kept."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from reader.speech.engine import Voice, VoiceId

_ENOUGH_S = 20.0
_NATURAL_ENGINE = "kokoro"
_NATURAL_VOICE = VoiceId("kokoro:af_heart")
_USUAL_VOICE = VoiceId("piper:en_US-joe-medium")
_TIMES_DEARER = 7.0
"""How much more work the natural voice is than the usual one: measured on one machine."""
_EASILY = 0.7
"""The real-time factor up to which a voice stays ahead of its listener while others work too."""


def keeps_up(real_time_factor: float, speed: float = 1.0) -> bool:
    """Whether a voice can be heard without waiting for it at this playing speed.

    The real-time factor is the seconds of work for a second of speech.
    """
    return real_time_factor * speed < 1.0


def recommended_voice(
    voices: Sequence[Voice], real_time_factors: Mapping[VoiceId, float], language: str = "en"
) -> VoiceId | None:
    """Return the voice to offer to somebody new, None where there is none better than the usual.

    That is the most natural one, for an English text, if this machine is fast enough. Before it
    has spoken here its speed is told from that of the usual voice; nothing known is not enough.
    """
    known = next((voice for voice in voices if voice.id == _NATURAL_VOICE), None)
    if known is None or (known.is_installed and not known.is_available):
        return None
    if language.partition("-")[0].lower() != "en":
        return None
    measured = [f for voice, f in real_time_factors.items() if _engine_of(voice) == _NATURAL_ENGINE]
    if not measured and _USUAL_VOICE in real_time_factors:
        measured = [real_time_factors[_USUAL_VOICE] * _TIMES_DEARER]
    return _NATURAL_VOICE if measured and min(measured) <= _EASILY else None


def read_real_time_factors(file: Path) -> dict[VoiceId, float]:
    """Return the real-time factor of each voice that was measured on this machine."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        return {
            VoiceId(voice): float(factor)
            for voice, factor in stored.items()
            if isinstance(factor, (int, float)) and factor > 0
        }
    except (OSError, ValueError, AttributeError):
        return {}


class SpeedMeasure:
    """Measures each voice over its first 20 s of speech after a start, and keeps the result.

    `file` is where it is kept, None for nowhere: it is a cache, faults with it are passed over.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._factors = {} if file is None else read_real_time_factors(file)
        self._so_far: dict[VoiceId, tuple[float, float]] = {}

    def known(self, voice: VoiceId) -> float | None:
        """Return the voice's real-time factor as it was measured last."""
        return self._factors.get(voice)

    def add(self, voice: VoiceId, speech_s: float, work_s: float) -> float | None:
        """Take an utterance into account; return the factor in the moment it is known."""
        speech_before_s, work_before_s = self._so_far.get(voice, (0.0, 0.0))
        if speech_before_s >= _ENOUGH_S:
            return None
        speech_s, work_s = speech_before_s + speech_s, work_before_s + work_s
        self._so_far[voice] = speech_s, work_s
        if speech_s < _ENOUGH_S:
            return None
        factor = self._factors[voice] = round(work_s / speech_s, 3)
        self._keep()
        return factor

    def _keep(self) -> None:
        if self._file is None:
            return
        # another window may have measured another voice meanwhile
        together = read_real_time_factors(self._file) | self._factors
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(together, indent=1), encoding="utf-8")
            part.replace(self._file)


def _engine_of(voice: VoiceId) -> str:
    return voice.partition(":")[0]
