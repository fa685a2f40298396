"""Reads the uncompressed sound files that system voices write: WAV (RIFF) and AIFF, AIFF-C.

After Microsoft's "Multimedia Programming Interface and Data Specifications 1.0" and Apple's "Audio
Interchange File Format AIFF-C". Python's own reader of AIFF is gone from Python 3.13.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BITS = 16
_RIFF_PCM = (1, 0xFFFE)
_LITTLE_ENDIAN, _BIG_ENDIAN = "<i2", ">i2"


class UnreadableSound(Exception):
    """No whole sound file of 16-bit samples."""


@dataclass(frozen=True, slots=True)
class _Format:
    channels: int
    sample_rate: int
    sample_type: str


def read_sound(content: bytes) -> tuple[NDArray[np.float32], int]:
    """Return samples mixed to mono, -1 to 1, and their rate in Hz.

    Raises:
        UnreadableSound: of another kind, or not complete.
    """
    import numpy as np

    try:
        form, samples = _parts(content)
    except struct.error as error:
        raise UnreadableSound(str(error)) from error
    whole = len(samples) // (2 * form.channels) * 2 * form.channels
    frames = np.frombuffer(samples[:whole], dtype=form.sample_type).reshape(-1, form.channels)
    return frames.mean(axis=1, dtype=np.float32) / np.float32(32768), form.sample_rate


def _parts(content: bytes) -> tuple[_Format, bytes]:
    kind, container = content[:4], content[8:12]
    form: _Format | None = None
    samples: bytes | None = None
    if kind == b"RIFF" and container == b"WAVE":
        for name, chunk in _chunks(content, "<I"):
            if name == b"fmt ":
                form = _wav_format(chunk)
            elif name == b"data":
                samples = chunk
    elif kind == b"FORM" and container in (b"AIFF", b"AIFC"):
        for name, chunk in _chunks(content, ">I"):
            if name == b"COMM":
                form = _aiff_format(chunk, is_compressible=container == b"AIFC")
            elif name == b"SSND":
                (offset,) = struct.unpack_from(">I", chunk)
                samples = chunk[8 + offset :]
    if form is None or not samples:
        raise UnreadableSound("no sound in it")
    return form, samples


def _chunks(content: bytes, length_format: str) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        (length,) = struct.unpack_from(length_format, content, at + 4)
        if at + 8 + length > len(content):
            raise UnreadableSound("not all of it is there")
        yield content[at : at + 4], content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2  # chunks start at even places


def _wav_format(chunk: bytes) -> _Format:
    kind, channels, sample_rate, _, _, bits = struct.unpack_from("<HHIIHH", chunk)
    if kind not in _RIFF_PCM or bits != _BITS or not channels:
        raise UnreadableSound(f"format {kind} with {bits} bits")
    return _Format(channels, sample_rate, _LITTLE_ENDIAN)


def _aiff_format(chunk: bytes, is_compressible: bool) -> _Format:
    channels, _, bits = struct.unpack_from(">hIh", chunk)
    exponent, mantissa = struct.unpack_from(">HQ", chunk, 8)  # the rate, in 80-bit floating point
    coding = chunk[18:22] if is_compressible else b"NONE"
    if bits != _BITS or channels < 1 or coding not in (b"NONE", b"sowt"):
        raise UnreadableSound(f"{coding!r} with {bits} bits")
    sample_rate = round(mantissa * 2.0 ** (exponent - 16383 - 63))
    return _Format(channels, sample_rate, _LITTLE_ENDIAN if coding == b"sowt" else _BIG_ENDIAN)
