"""Whether there is a device to play on, and whether somebody still waits for one."""

from __future__ import annotations

from collections.abc import Callable

from reader.playback.stream.output import AudioOutput

_STILL_ASKED_S = 2.0
"""How long one who asked to hear without a device still means it when there is one."""


class DeviceInUse:
    """The sound device, as the player asks for it."""

    def __init__(self, output: AudioOutput, clock: Callable[[], float]) -> None:
        self._output, self._clock = output, clock
        self._asked_in_vain = float("-inf")

    def wake(self) -> bool:
        """Have it ready, as sound is wanted now; False if there is none."""
        self._output.wake()
        is_there = self._output.is_available
        self._asked_in_vain = float("-inf") if is_there else self._clock()
        return is_there

    @property
    def is_still_asked_for(self) -> bool:
        """Whether somebody wanted to hear when there was none, a moment ago."""
        return self._clock() - self._asked_in_vain < _STILL_ASKED_S
