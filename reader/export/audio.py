"""Spoken audio as one stream at the asked speed, each word's time in it, and as a WAV file."""

from __future__ import annotations

import io
import struct
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, Protocol

from reader.text.document import Span

_FRAME_BYTES = 2


class StretchedPiece(Protocol):
    """Output of a time stretch, and which frame of the input its first frame stands for."""

    @property
    def pcm(self) -> bytes:
        """int16 mono PCM."""

    @property
    def input_frame(self) -> int:
        """Counted from the start of the stream."""

    @property
    def frames_per_frame(self) -> float:
        """How much input a frame of the output stands for."""


class TimeStretch(Protocol):
    """Changes the speed of one stream of int16 mono PCM and keeps its pitch."""

    def feed(
        self, pcm: bytes, flux: bytes, pause_frames: int, pace: float, /
    ) -> Sequence[StretchedPiece]:
        """Take an utterance, and the pause after it, which counts at speed 1 like the audio.

        `flux` says where it may be hurried; all of it is played at `pace` times the speed. Returns
        what has become ready, maybe nothing yet.
        """

    def drain(self) -> Sequence[StretchedPiece]:
        """Return what is still held back."""


@dataclass(frozen=True, slots=True)
class SoundingWord:
    """A word of the text and the frames [first_frame, end_frame) in which it sounds.

    With a `note`, the id of one, it is that note, read aloud at the passage `span`.
    """

    span: Span
    first_frame: int
    end_frame: int
    note: str | None = None


class SpeechStream:
    """Joins utterances into one stream at one speed and says when each word sounds in it."""

    def __init__(self, stretch: TimeStretch) -> None:
        self._stretch = stretch
        self._fed_frames = 0
        self._given_frames = 0
        self._ready: deque[tuple[int, int, float, int]] = deque()  # in, out, in per out, out count
        self._waiting: deque[SoundingWord] = deque()
        self._last_frame = 0

    def add(
        self,
        pcm: bytes,
        words: Sequence[SoundingWord],
        pause_frames: int,
        flux: bytes = b"",
        pace: float = 1.0,
    ) -> tuple[bytes, list[SoundingWord]]:
        """Add an utterance and the pause after it; its words' frames count from its own start.

        Returns what of the stream is ready, and words whose frames in the stream are known by now.
        """
        for word in words:
            first, end = word.first_frame + self._fed_frames, word.end_frame + self._fed_frames
            self._waiting.append(replace(word, first_frame=first, end_frame=end))
        self._fed_frames += len(pcm) // _FRAME_BYTES + pause_frames
        return self._take(self._stretch.feed(pcm, flux, pause_frames, pace))

    def finish(self) -> tuple[bytes, list[SoundingWord]]:
        """Return what is left of the stream and its words."""
        pcm, words = self._take(self._stretch.drain())
        while self._waiting:
            words.append(self._settle(self._waiting.popleft()))
        return pcm, words

    def _take(self, pieces: Sequence[StretchedPiece]) -> tuple[bytes, list[SoundingWord]]:
        for piece in pieces:
            count = len(piece.pcm) // _FRAME_BYTES
            self._ready.append(
                (piece.input_frame, self._given_frames, piece.frames_per_frame, count)
            )
            self._given_frames += count
        reached = self._ready[-1][0] if self._ready else 0
        words = []
        while self._waiting and self._waiting[0].end_frame < reached:
            words.append(self._settle(self._waiting.popleft()))
        return b"".join(piece.pcm for piece in pieces), words

    def _settle(self, word: SoundingWord) -> SoundingWord:
        first = self._output_frame(word.first_frame)
        end = self._output_frame(word.end_frame)
        return replace(word, first_frame=first, end_frame=end)

    def _output_frame(self, input_frame: int) -> int:
        while len(self._ready) > 1 and self._ready[1][0] <= input_frame:
            self._ready.popleft()  # words come in order: no later one lies there
        if not self._ready:
            return self._last_frame
        start, given, input_per_output, count = self._ready[0]
        into = min(max(round((input_frame - start) / input_per_output), 0), count)
        self._last_frame = max(self._last_frame, given + into)
        return self._last_frame


class WavWriter:
    """Writes int16 mono PCM as it comes, with a bounded use of memory.

    On a pipe the sizes in the header are "unknown"; in a file they are filled in at the end, in
    the 64-bit form of EBU Tech 3306 (RF64) where 4 GB do not suffice (about a day of speech).
    """

    def __init__(self, file: BinaryIO, sample_rate: int) -> None:
        self._file = file
        self._sample_rate = sample_rate
        self._start = file.tell() if file.seekable() else None
        self._pcm_bytes = 0
        file.write(self._header(None))

    def write(self, pcm: bytes) -> None:
        """Add PCM."""
        self._file.write(pcm)
        self._pcm_bytes += len(pcm)

    def finish(self) -> None:
        """Fill in the sizes; the file stays open."""
        if self._start is not None:
            self._file.seek(self._start)
            self._file.write(self._header(self._pcm_bytes))
            self._file.seek(0, io.SEEK_END)
        self._file.flush()

    def _header(self, pcm_bytes: int | None) -> bytes:
        riff_bytes = None if pcm_bytes is None else pcm_bytes + 72  # all behind the first 8 bytes
        is_large = riff_bytes is not None and riff_bytes > 0xFFFF_FFFF
        sizes = struct.pack("<QQQI", riff_bytes or 0, pcm_bytes or 0, 0, 0)
        form = struct.pack(
            "<HHIIHH", 1, 1, self._sample_rate, self._sample_rate * _FRAME_BYTES, _FRAME_BYTES, 16
        )
        return b"".join(
            (
                b"RF64" if is_large else b"RIFF",
                _size_field(riff_bytes),
                b"WAVE",
                b"ds64" if is_large else b"JUNK",
                struct.pack("<I", len(sizes)),
                sizes if is_large else bytes(len(sizes)),
                b"fmt ",
                struct.pack("<I", len(form)),
                form,
                b"data",
                _size_field(pcm_bytes),
            )
        )


def _size_field(size_bytes: int | None) -> bytes:
    unknown = 0xFFFF_FFFF
    return struct.pack("<I", unknown if size_bytes is None else min(size_bytes, unknown))
