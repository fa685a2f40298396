"""What the player needs of whatever plays sound, and what it is told about devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from reader.playback.stream.frame_source import FrameSource


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """The device being played on went away, or none is left; `name` may be empty."""

    name: str


@dataclass(frozen=True, slots=True)
class DeviceFound:
    """There is a device to play on: it came back, or another one is used from now on."""

    name: str


@dataclass(frozen=True, slots=True)
class DeviceRanDry:
    """The machine was too busy to hand frames over in time: silence was heard within the sound."""

    seconds: float


DeviceEvent = DeviceLost | DeviceFound | DeviceRanDry


class AudioOutput(Protocol):
    """Plays a frame source without end. Called on the player's thread; no method waits."""

    @property
    def is_available(self) -> bool:
        """Whether there is a device to play on."""

    def start(self, source: FrameSource) -> None:
        """Play this source from now on, instead of the one before; it runs on silence too."""

    def wake(self) -> None:
        """Be ready at once: sound is wanted now. Where there was no device, look again."""

    def played_frames(self) -> int:
        """Return which output frame of the source is being heard now (0 before its first)."""
