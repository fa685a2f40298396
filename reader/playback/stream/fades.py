"""Sound comes out of silence, goes into it, or goes over into other sound, and nothing clicks."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

_FULL_BITS = 14  # of levels: integers are shaped faster than floats
_FULL = 1 << _FULL_BITS


def rise(frame_count: int) -> tuple[int, ...]:
    """Return levels from nothing to full, half a period of a cosine; reversed, sound goes."""
    return tuple(
        round(_FULL * (1 - math.cos(math.pi * (k + 0.5) / frame_count)) / 2)
        for k in range(frame_count)
    )


def shaped(pcm: bytes, levels: Sequence[int]) -> bytes:
    """Return int16 frames, the first of which are turned down to these levels."""
    frames = array("h", pcm)
    for index, level in enumerate(levels[: len(frames)]):
        frames[index] = frames[index] * level >> _FULL_BITS
    return frames.tobytes()


def gone_over(before: array[int], after: array[int], levels: Sequence[int]) -> array[int]:
    """Return frames of one sound that goes over into another, which comes at these levels."""
    return array(
        "h",
        [a + ((b - a) * w >> _FULL_BITS) for a, b, w in zip(before, after, levels, strict=True)],
    )


def levelled(pcm: bytes, first: float, last: float) -> bytes:
    """Return int16 frames at a level that goes evenly from `first` to `last`, 1.0 being full."""
    frames = array("h", pcm)
    step = (last - first) / max(1, len(frames))
    return array("h", [round(v * (first + step * k)) for k, v in enumerate(frames)]).tobytes()
