"""The soft sound at a noted passage: made here, and laid over speech without moving any of it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from functools import lru_cache

from reader.playback.takes import Take
from reader.playback.word_clock import frame_of_place
from reader.speech.engine import UtteranceAudio

_LENGTH_S = 0.3
_ATTACK_S = 0.012
_DECAY_S = 0.075
_END_S = 0.03
"""The last of it goes to nothing evenly: an exponential alone would end in a step."""

_PARTIALS = ((783.99, 1.0), (1567.98, 0.3), (2349.3, 0.08))
"""Hz and strength: a G like a soft mallet's, above most of what a voice has."""

_PEAK = 2600
"""Of int16's 32,767: about 15 dB below the voice, heard beside it and in no word's way."""

_FRAME_BYTES = 2


@lru_cache(maxsize=16)
def earcon(sample_rate: int, slowness: float = 1.0) -> array[int]:
    """Return the sound as int16 frames, `slowness` times as long: what is to be played faster.

    It begins and ends at zero, without a step.
    """
    count = round(_LENGTH_S * slowness * sample_rate)
    frames = array("h")
    whole = sum(strength for _, strength in _PARTIALS)
    for frame in range(count):
        at_s = frame / sample_rate
        tone = sum(s * math.sin(2 * math.pi * hz * at_s) for hz, s in _PARTIALS) / whole
        frames.append(round(_PEAK * tone * _envelope(at_s / slowness)))
    return frames


def _envelope(at_s: float) -> float:
    rise = 0.5 - 0.5 * math.cos(math.pi * min(1.0, at_s / _ATTACK_S))
    fall = min(1.0, (_LENGTH_S - at_s) / _END_S)
    return rise * fall * math.exp(-max(0.0, at_s - _ATTACK_S) / _DECAY_S)


def sounding(
    take: Take, audio: UtteranceAudio, pause_frames: int, speed: float, first_frame: int = 0
) -> tuple[bytes, int]:
    """Return a take's PCM with its earcons from `first_frame` on, and what is left of its pause."""
    if not take.earcons:
        return audio.pcm, pause_frames
    found = {frame_of_place(audio.words, place) for place in take.earcons}
    frames = sorted(frame for frame in found if frame >= first_frame)
    return with_earcons(audio.pcm, pause_frames, frames, audio.sample_rate, speed * take.pace)


def with_earcons(
    pcm: bytes, pause_frames: int, at_frames: Iterable[int], sample_rate: int, speed: float
) -> tuple[bytes, int]:
    """Return int16 mono PCM with earcons laid over it, and what is left of the pause behind it.

    An earcon near the end sounds on into the pause, never beyond it. `speed` is the one at which
    all this will be played: the earcon is to sound as long at every speed.
    """
    sound = earcon(sample_rate, round(speed * 4) / 4 or 0.25)  # few lengths, so few to be made
    frames = array("h", pcm)
    length = len(frames)
    for first in at_frames:
        over = max(0, min(first + len(sound) - len(frames), length + pause_frames - len(frames)))
        frames.extend([0] * over)
        room = min(len(sound), len(frames) - first)
        fade = min(room, round(_END_S * sample_rate))
        for index in range(room):
            value = sound[index]
            if room < len(sound) and index >= room - fade:
                value = value * (room - index) // fade
            frames[first + index] = max(-32768, min(32767, frames[first + index] + value))
    return frames.tobytes(), pause_frames - (len(frames) - length)
