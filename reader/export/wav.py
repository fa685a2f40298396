"""A WAV file, written as the sound comes."""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

_FRAME_BYTES = 2


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
