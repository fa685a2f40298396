"""Which frame is heard right now, from when frames were handed to the sound server.

Qt tells how many frames the server has taken, in steps of some 15 ms, and each step is seen a
little late, never early. So the earliest sightings of the last second draw a straight line, and
the frame heard is the one on it, less what the server holds back. Where frames came too late for
it, all is late from then on, and the line is drawn anew. That takes half a second to be sure of;
till then the last few steps are believed as long as all of them are late: a thread that is merely
late itself catches up with its next step.
"""

from __future__ import annotations

from collections import deque

GAP_S = 0.05
"""A step so late means that the server ran dry or rested: there was silence just before it."""

_STEPS_KEPT = 96  # about a second
_REST_S = 1.0  # and so much later that it rested
_STEPS_TO_BE_SURE = 32  # half a second: all of them late means that the server ran dry
_DRY_S = 0.003
_STEPS_TO_SUSPECT = 3  # in a row: 45 ms
_SUSPICIOUS_S = 0.013  # a step may be seen later than that, three in a row are not


class DeviceClock:
    """`note` is called by the device's thread, `frames_heard` by any: it reads one value, whole."""

    def __init__(self, sample_rate: int, held_back_frames: int) -> None:
        self._sample_rate = sample_rate
        self._held_back_frames = held_back_frames
        self._origins: deque[float] = deque(maxlen=_STEPS_KEPT)
        self._latest: deque[tuple[int, float]] = deque(maxlen=_STEPS_TO_SUSPECT)
        self._line: tuple[float, int] | None = None

    def note(self, now_s: float, handed_frames: int) -> float:
        """Take note that so many frames have been handed over in all.

        Returns for how many seconds the server had nothing to play in the last half second, 0.0
        nearly always: each step since then is late by as much.
        """
        if handed_frames <= 0:
            return 0.0
        origin_s = now_s - handed_frames / self._sample_rate
        late_s = origin_s - min(self._origins, default=origin_s)
        if late_s > GAP_S:
            self._origins.clear()
            self._latest.clear()
        self._origins.append(origin_s)
        self._see(handed_frames, origin_s)
        dry_s = self._dry_s() if late_s <= GAP_S else late_s if late_s < _REST_S else 0.0
        self._line = (self._origin_s(), handed_frames)
        return dry_s

    def _see(self, handed_frames: int, origin_s: float) -> None:
        """Keep the last steps; one is seen again where nothing was taken in between."""
        if self._latest and self._latest[-1][0] == handed_frames:
            origin_s = min(origin_s, self._latest.pop()[1])
        self._latest.append((handed_frames, origin_s))

    def _origin_s(self) -> float:
        """Return where the line begins: later than is sure, if all of the last steps say so."""
        sure_s = min(self._origins)
        if len(self._latest) < _STEPS_TO_SUSPECT:
            return sure_s
        likely_s = min(origin_s for _, origin_s in self._latest)
        return likely_s if likely_s - sure_s >= _SUSPICIOUS_S else sure_s

    def _dry_s(self) -> float:
        """Return how late all of the last steps are against those before, which are forgotten."""
        if len(self._origins) <= _STEPS_TO_BE_SURE:
            return 0.0
        recent = list(self._origins)[-_STEPS_TO_BE_SURE:]
        late_s = min(recent) - min(self._origins)
        if late_s < _DRY_S:
            return 0.0
        self._origins = deque(recent, maxlen=_STEPS_KEPT)
        return late_s

    def frames_heard(self, now_s: float) -> int:
        """Return how many frames have been heard; never more than were handed over."""
        if self._line is None:
            return 0
        origin_s, handed_frames = self._line
        frame = round((now_s - origin_s) * self._sample_rate) - self._held_back_frames
        return max(0, min(frame, handed_frames))
