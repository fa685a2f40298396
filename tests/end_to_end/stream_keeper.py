"""Runs the real program and keeps what it hands to the sound device: `stream_keeper FOLDER ARG…`.

On a busy machine the device may get frames too late and break the sound off, and speech may come
too late for the stream; in what is kept here there is nothing but the program's own doing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from reader.playback.stream.device_clock import DeviceClock
from reader.playback.stream.frame_source import FrameSource

_STREAM, _UNFED, _DRY, _SOFT = "stream", "unfed", "dry", "soft"
_FRAME_BYTES = 2
_SEEN_LATE_S = 0.6
"""How long after it the device is known to have run dry: half a second of steps, and one more."""
_HELD_S = 0.1
"""How long after it is handed over a frame is heard, at most."""


def main() -> int:
    """Run the program until its window is closed."""
    from reader.__main__ import main as run_program

    pull, begin_softly, note = FrameSource.pull, FrameSource.begin_softly, DeviceClock.note
    folder = Path(sys.argv[1])
    with (
        (folder / _STREAM).open("wb", buffering=0) as stream,
        (folder / _UNFED).open("wb", buffering=0) as unfed,
        (folder / _DRY).open("wb", buffering=0) as dry,
        (folder / _SOFT).open("wb", buffering=0) as soft,
    ):

        def pull_and_keep(source: FrameSource, frame_count: int) -> bytes:
            is_unfed = source.is_flowing and source.is_heard_out(sys.maxsize)
            pcm = pull(source, frame_count)
            unfed.write(bytes([is_unfed]) * (len(pcm) // _FRAME_BYTES))
            stream.write(pcm)
            return pcm

        def begin_softly_and_keep(source: FrameSource) -> None:
            soft.write(np.array([stream.tell() // _FRAME_BYTES]).tobytes())
            begin_softly(source)

        def note_and_keep(clock: DeviceClock, now_s: float, handed_frames: int) -> float:
            dry_s = note(clock, now_s, handed_frames)
            if dry_s:
                dry.write(np.array([now_s, dry_s]).tobytes())
            return dry_s

        with (
            patch.object(FrameSource, "pull", pull_and_keep),
            patch.object(FrameSource, "begin_softly", begin_softly_and_keep),
            patch.object(DeviceClock, "note", note_and_keep),
        ):
            return run_program(sys.argv[2:])


def kept_stream(folder: Path) -> NDArray[np.int16]:
    """Return all that was handed over so far."""
    return np.frombuffer((folder / _STREAM).read_bytes(), np.int16)


def kept_stretches(folder: Path) -> list[NDArray[np.int16]]:
    """Return it cut where silence was heard in between: the device had run dry."""
    ends = np.frombuffer((folder / _SOFT).read_bytes(), np.int64)
    return np.split(kept_stream(folder), ends)


def broken_off(folder: Path) -> list[tuple[float, float]]:
    """Return between which moments the device may have had nothing to play, as the program saw."""
    seen = np.frombuffer((folder / _DRY).read_bytes()).reshape(-1, 2)
    return [(now - dry - _SEEN_LATE_S, now + _HELD_S) for now, dry in seen.tolist()]


def longest_silence(folder: Path, level: int) -> int:
    """Return how many frames silence lasts at most between sounds, while there was speech to give.

    Where the speech process was late the stream had nothing to give, which isn't counted.
    """
    stream = kept_stream(folder)
    is_fed = np.frombuffer((folder / _UNFED).read_bytes(), np.uint8)[: len(stream)] == 0
    loud = np.flatnonzero(np.abs(stream[: len(is_fed)].astype(np.int32)) > level)
    fed_before = np.concatenate([[0], np.cumsum(is_fed)])
    return int(np.diff(fed_before[loud]).max(initial=0))


if __name__ == "__main__":
    sys.exit(main())
