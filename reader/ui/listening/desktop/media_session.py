"""What the desktop's own controls are told of the reading, and what they may ask for."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from reader.text.document import Fingerprint
from reader.values import value


class MediaStatus(StrEnum):
    """What goes on, in the words of the MPRIS specification."""

    PLAYING = "Playing"
    PAUSED = "Paused"
    STOPPED = "Stopped"


@value
class NowReading:
    """What is read. Times are seconds of the voice at speed 1, so that they hold at any speed."""

    fingerprint: Fingerprint
    title: str
    authors: tuple[str, ...]
    sentence: str
    length_s: float
    position_s: float
    speed: float
    status: MediaStatus


class MediaControls(Protocol):
    """What a remote control may do. Called on the window's thread."""

    def now(self) -> NowReading | None:
        """Return what is read at this moment, None without a text."""

    def play(self) -> None:
        """Read on."""

    def pause(self) -> None:
        """Fall silent."""

    def play_or_pause(self) -> None:
        """Do the other one."""

    def next(self) -> None:
        """Go to the next sentence."""

    def previous(self) -> None:
        """Go to the sentence before."""

    def move_to(self, position_s: float) -> None:
        """Go to where that much has been read, at speed 1."""

    def set_speed(self, speed: float) -> None:
        """Read at this speed; the nearest possible one is taken."""

    def show_window(self) -> None:
        """Bring the window to the front."""

    def quit(self) -> None:
        """Close the window."""


class MediaSession(Protocol):
    """One platform's way to be seen by its media controls. No method waits."""

    def update(self) -> None:
        """Take note that `MediaControls.now` returns something else."""

    def jumped(self) -> None:
        """Take note that the position changed other than by reading on."""

    def close(self) -> None:
        """Be seen no more."""
