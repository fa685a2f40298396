"""A passage played faster: as the app does it, and as Sonic and Rubber Band alone do."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from reader.playback.stream.stretch import Stretched
from reader.playback.stream.tape import TapeStretch
from reader.speech.engine import SpokenAudio
from reader.speech.flux import flux_of
from tests.benchmarks.voice.passages import Passage
from tests.benchmarks.voice.samples import Samples, pcm_samples
from tests.benchmarks.voice.sonic import played_by_sonic

Method = Callable[[Passage, float], Samples]
"""Returns a passage at a speed."""


def ours(passage: Passage, speed: float) -> Samples:
    """Return a passage as the app plays it and writes it to files."""
    return pcm_samples(_stretched(passage, _fluxes(passage), speed))


def sonic_alone(passage: Passage, speed: float) -> Samples:
    """Return a passage stretched evenly by Sonic."""
    audio = passage.audio
    return pcm_samples(played_by_sonic(audio.pcm, audio.sample_rate, speed))


def rubber_band_alone(passage: Passage, speed: float) -> Samples:
    """Return a passage stretched evenly by Rubber Band."""
    return read_by_rubber_band(passage.audio, speed)


def read_by_rubber_band(audio: SpokenAudio, speed: float) -> Samples:
    """Return an utterance at a speed, stretched evenly."""
    import pedalboard

    sound = pcm_samples(audio.pcm)[np.newaxis]
    stretched = pedalboard.time_stretch(sound, audio.sample_rate, stretch_factor=speed)
    return np.asarray(stretched[0], np.float32)


def cpu_percent(passages: Sequence[Passage], speed: float) -> float:
    """Return how much of a core's time our way takes, of the time that the result plays for."""
    fluxes = [_fluxes(passage) for passage in passages]
    sample_rate = passages[0].sample_rate
    begun_s = time.process_time()
    played_s = sum(
        len(_stretched(passage, flux, speed)) / 2 / sample_rate
        for passage, flux in zip(passages, fluxes, strict=True)
    )
    return 100 * (time.process_time() - begun_s) / played_s


def _fluxes(passage: Passage) -> list[bytes]:
    """Return what the speech process makes with each sound."""
    return [flux_of(one.audio.pcm, one.audio.sample_rate) for one in passage.said]


def _stretched(passage: Passage, fluxes: Sequence[bytes], speed: float) -> bytes:
    stretch = TapeStretch(passage.sample_rate, speed)
    pieces: list[Stretched] = []
    for one, flux in zip(passage.said, fluxes, strict=True):
        pieces += stretch.feed(one.audio.pcm, flux, one.pause_frames)
    pieces += stretch.drain()
    return b"".join(piece.pcm for piece in pieces)
