"""Tests of reader.speech.engines.sound_files."""

from __future__ import annotations

import io
import struct
import wave

import numpy as np
import pytest

from reader.speech.engines.sound_files import UnreadableSound, read_sound

_SAMPLES = [0, 16384, -16384, 32767, -32768, 8192]


def _wav(channels: int = 1, sample_width: int = 2) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(sample_width)
        writer.setframerate(22_050)
        writer.writeframes(struct.pack("<6h", *_SAMPLES))
    return content.getvalue()


def _aiff(coding: bytes | None = None) -> bytes:
    order = "<" if coding == b"sowt" else ">"
    rate = struct.pack(">HQ", 16383 + 14, 22_050 << (63 - 14))
    common = struct.pack(">hIh", 1, len(_SAMPLES), 16) + rate + (coding or b"")
    sound = struct.pack(">II", 0, 0) + struct.pack(f"{order}6h", *_SAMPLES)
    chunks = b"".join(
        name + struct.pack(">I", len(chunk)) + chunk + b"\0" * (len(chunk) % 2)
        for name, chunk in ((b"COMM", common), (b"ANNO", b"odd"), (b"SSND", sound))
    )
    kind = b"AIFC" if coding else b"AIFF"
    return b"FORM" + struct.pack(">I", 4 + len(chunks)) + kind + chunks


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(_wav(), id="wav"),
        pytest.param(_aiff(), id="aiff"),
        pytest.param(_aiff(b"NONE"), id="aiff-c"),
        pytest.param(_aiff(b"sowt"), id="aiff-c, little-endian"),
    ],
)
def test_samples_and_rate_are_read(content: bytes) -> None:
    samples, sample_rate = read_sound(content)
    assert sample_rate == 22_050
    assert np.allclose(samples * 32768, _SAMPLES)


def test_two_channels_are_mixed() -> None:
    samples, _ = read_sound(_wav(channels=2))
    assert np.allclose(samples * 32768, [8192, 8191.5, -12288])


@pytest.mark.parametrize("cut", [3, 11, 20, 40, -1])
@pytest.mark.parametrize("whole", [_wav(), _aiff()], ids=["wav", "aiff"])
def test_a_file_still_being_written_is_not_read(whole: bytes, cut: int) -> None:
    with pytest.raises(UnreadableSound):
        read_sound(whole[:cut])


@pytest.mark.parametrize(
    "content",
    [b"", b"ID3\x04", _wav(sample_width=1), _aiff(b"ima4")],
    ids=["0", "mp3", "8", "ima4"],
)
def test_another_kind_of_sound_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSound):
        read_sound(content)
