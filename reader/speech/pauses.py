"""How long the silence after an utterance lasts, at the voice's own pace."""

from __future__ import annotations

from reader.speech.engine import Pause

PAUSE_S = {
    Pause.NONE: 0.0,
    Pause.CLAUSE: 0.12,
    Pause.SENTENCE: 0.35,
    Pause.PARAGRAPH: 0.65,
    Pause.HEADING: 0.9,
}
"""Seconds at speed 1.0; whoever plays or writes the audio divides them by the speed, once."""


def pause_frames(pause: Pause, sample_rate: int) -> int:
    """Return the length of a pause in frames at speed 1.0."""
    return round(PAUSE_S[pause] * sample_rate)
