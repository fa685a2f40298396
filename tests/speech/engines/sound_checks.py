"""What the audio of every engine with word times has to be, whoever made it."""

from __future__ import annotations

import numpy as np

from reader.speech.engine import Precision, SpokenAudio


def check_marks_in_order(audio: SpokenAudio) -> None:
    """Check that each word sounds after the one before it, and within the audio."""
    assert audio.precision is Precision.WORD
    edges = [edge for mark in audio.marks for edge in (mark.first_frame, mark.end_frame)]
    assert edges == sorted(edges)
    assert edges[0] >= 0
    assert edges[-1] <= len(audio.pcm) // 2


def check_trimmed_and_unclipped(audio: SpokenAudio) -> None:
    """Check that it sounds within 25 ms of both ends, as loud as speech is, nowhere clipped."""
    samples = np.abs(np.frombuffer(audio.pcm, dtype="<i2").astype(int))
    margin = audio.sample_rate // 40
    assert samples[:margin].max() > 50
    assert samples[-margin:].max() > 50
    assert 10_000 < samples.max() < 30_000
