"""Tests of reader.export.wav."""

from __future__ import annotations

import io
import struct
import wave
from typing import TYPE_CHECKING, BinaryIO

from reader.export.wav import WavWriter

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_RATE = 22_050


def _buzz(frames: int) -> bytes:
    return struct.pack(f"<{frames}h", *(8000 if n // 80 % 2 else -8000 for n in range(frames)))


class _Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False


def _written(file: BinaryIO) -> None:
    writer = WavWriter(file, _RATE)
    writer.write(_buzz(700))
    writer.write(_buzz(300))
    writer.finish()


def test_a_file_holds_what_was_written() -> None:
    file = io.BytesIO()
    _written(file)
    file.seek(0)
    with wave.open(file) as reader:
        assert (reader.getnchannels(), reader.getsampwidth()) == (1, 2)
        assert (reader.getframerate(), reader.getnframes()) == (_RATE, 1000)
        assert reader.readframes(1000) == _buzz(700) + _buzz(300)
    assert struct.unpack_from("<I", file.getvalue(), 4) == (len(file.getvalue()) - 8,)


def test_a_pipe_gets_the_same_sound_with_sizes_left_open() -> None:
    pipe = _Pipe()
    _written(pipe)
    with wave.open(io.BytesIO(pipe.getvalue())) as reader:
        assert reader.readframes(reader.getnframes()) == _buzz(700) + _buzz(300)


class _HeaderOnly(io.BytesIO):
    """Keeps what is written at its start, so that a day of speech takes no room."""

    def write(self, content: ReadableBuffer, /) -> int:
        return super().write(content) if self.tell() == 0 else len(memoryview(content))


def test_more_than_4_gb_take_the_64_bit_form() -> None:
    file = _HeaderOnly()
    writer = WavWriter(file, _RATE)
    for _ in range(50):
        writer.write(bytes(100_000_000))
    writer.finish()
    header = file.getvalue()
    assert (header[:4], header[8:16]) == (b"RF64", b"WAVEds64")
    assert struct.unpack_from("<QQ", header, 20) == (5_000_000_072, 5_000_000_000)
    assert header[-8:] == b"data\xff\xff\xff\xff"
