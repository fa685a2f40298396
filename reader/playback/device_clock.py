"""Which frame is heard right now, from when frames were handed to the sound server.

Qt tells how many frames the server has taken, in steps of some 15 ms, and each step is seen a
little late, never early. So the earliest sightings of the last second draw a straight line, and
the frame heard is the one on it, less what the server holds back.
"""

from __future__ import annotations

from collections import deque

_STEPS_KEPT = 96  # about a second
_GAP_S = 0.05  # a step so late means that the server ran dry or rested: a line of its own


class DeviceClock:
    """`note` is called by the device's thread, `frames_heard` by any: it reads one value, whole."""

    def __init__(self, sample_rate: int, held_back_frames: int) -> None:
        self._sample_rate = sample_rate
        self._held_back_frames = held_back_frames
        self._origins: deque[float] = deque(maxlen=_STEPS_KEPT)
        self._line: tuple[float, int] | None = None

    def note(self, now_s: float, handed_frames: int) -> None:
        """Take note that so many frames have been handed over in all."""
        if handed_frames <= 0:
            return
        origin_s = now_s - handed_frames / self._sample_rate
        if self._origins and origin_s - min(self._origins) > _GAP_S:
            self._origins.clear()
        self._origins.append(origin_s)
        self._line = (min(self._origins), handed_frames)

    def frames_heard(self, now_s: float) -> int:
        """Return how many frames have been heard; never more than were handed over."""
        if self._line is None:
            return 0
        origin_s, handed_frames = self._line
        frame = round((now_s - origin_s) * self._sample_rate) - self._held_back_frames
        return max(0, min(frame, handed_frames))
