"""An audio output whose device plays exactly when the test says so."""

from __future__ import annotations

from reader.playback.stream.frame_source import FrameSource


class ManualAudioOutput:
    """Pulls ahead of what it plays, as a device with a buffer does, and keeps all it played."""

    def __init__(self, *, buffer_frames: int = 100, is_available: bool = True) -> None:
        self.is_available = is_available
        self.buffer_frames = buffer_frames
        self.source: FrameSource | None = None
        self.played = b""
        self.starts = 0
        self.wakes = 0
        self._buffer = b""
        self._played_frames = 0

    def start(self, source: FrameSource) -> None:
        """Play another source; what the device had of the one before is lost."""
        self.source = source
        self.starts += 1
        self._buffer = b""
        self._played_frames = 0

    def wake(self) -> None:
        """Count the call."""
        self.wakes += 1

    def played_frames(self) -> int:
        """Return how many frames of the source have been played."""
        return self._played_frames

    def play(self, frame_count: int) -> bytes:
        """Let the device play so many frames; return them."""
        if self.source is None:
            return b""
        missing = frame_count + self.buffer_frames - len(self._buffer) // 2
        self._buffer += self.source.pull(max(0, missing))
        heard, self._buffer = self._buffer[: 2 * frame_count], self._buffer[2 * frame_count :]
        self.played += heard
        self._played_frames += frame_count
        return heard

    def lose_buffer(self) -> None:
        """Forget what was pulled and not played, as a device that goes away does."""
        self._played_frames += len(self._buffer) // 2
        self._buffer = b""
