"""Tests of reader.export.audio."""

from __future__ import annotations

import io
import struct
import wave
from typing import TYPE_CHECKING, BinaryIO

import pytest

from reader.export.audio import SoundingWord, SpeechStream, WavWriter
from reader.playback.stream.tape import TapeStretch
from reader.text.document import Span

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_RATE = 22_050
_UTTERANCE_FRAMES = 11_000
_PAUSE_FRAMES = 3_000


def _buzz(frames: int) -> bytes:
    return struct.pack(f"<{frames}h", *(8000 if n // 80 % 2 else -8000 for n in range(frames)))


def _stream_of_utterances(speed: float, count: int) -> tuple[bytes, list[SoundingWord]]:
    stream = SpeechStream(TapeStretch(_RATE, speed))
    pcm, heard = b"", list[SoundingWord]()
    for number in range(count):
        words = [
            SoundingWord(Span(0, 10 * number, 10 * number + 4), 100, 5_000),
            SoundingWord(Span(0, 10 * number + 5, 10 * number + 9), 5_000, _UTTERANCE_FRAMES),
        ]
        more, known = stream.add(_buzz(_UTTERANCE_FRAMES), words, _PAUSE_FRAMES)
        pcm, heard = pcm + more, heard + known
    more, known = stream.finish()
    return pcm + more, heard + known


def test_at_the_voices_own_pace_nothing_is_changed() -> None:
    pcm, words = _stream_of_utterances(1.0, 2)
    assert pcm == (_buzz(_UTTERANCE_FRAMES) + bytes(2 * _PAUSE_FRAMES)) * 2
    assert [(word.first_frame, word.end_frame) for word in words] == [
        (100, 5_000),
        (5_000, 11_000),
        (14_100, 19_000),
        (19_000, 25_000),
    ]


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0, 3.5])
def test_words_and_pauses_scale_with_the_speed(speed: float) -> None:
    pcm, words = _stream_of_utterances(speed, 8)
    whole = 8 * (_UTTERANCE_FRAMES + _PAUSE_FRAMES)
    assert len(pcm) // 2 == pytest.approx(whole / speed, rel=0.02)
    assert [word.span.start for word in words] == [
        n * 10 + part for n in range(8) for part in (0, 5)
    ]
    for number, word in enumerate(words):
        own = (100, 5_000)[number % 2]
        expected = (number // 2 * (_UTTERANCE_FRAMES + _PAUSE_FRAMES) + own) / speed
        assert word.first_frame == pytest.approx(expected, abs=0.03 * _RATE)
    edges = [edge for word in words for edge in (word.first_frame, word.end_frame)]
    assert edges == sorted(edges)
    assert edges[-1] <= len(pcm) // 2


def test_a_word_that_ends_with_the_stream_is_told_at_its_end() -> None:
    stream = SpeechStream(TapeStretch(_RATE, 1.0))
    word = SoundingWord(Span(0, 0, 4), 100, _UTTERANCE_FRAMES)
    _, known = stream.add(_buzz(_UTTERANCE_FRAMES), [word], 0)
    _, rest = stream.finish()
    assert [*known, *rest] == [word]


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
