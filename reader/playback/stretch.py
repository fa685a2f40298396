"""Changes the speed of speech and keeps its pitch, streaming, with Sonic.

Sonic (Bill Cox, 2010) overlaps and adds pitch periods; a build of it lies in the shared library
that espeakng_loader brings. It is loaded when the speed first differs from 1. Not thread-safe:
a stretcher belongs to whoever holds the lock of its frame source.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from functools import cache

MIN_SPEED = 0.5
MAX_SPEED = 4.0

_FRAME_BYTES = 2
_LOWEST_PITCH_HZ = 65  # Sonic looks for no longer period than that
_BLOCK_FRAMES = 64  # fed at a time: how finely the way from output to input is known


@dataclass(frozen=True, slots=True)
class Stretched:
    """A stretch of output, and the input frame its first frame stands for.

    `frames_per_frame` is how much input each of its frames stands for, on average.
    """

    pcm: bytes
    input_frame: int
    frames_per_frame: float

    @property
    def frame_count(self) -> int:
        """How many frames of output it holds."""
        return len(self.pcm) // _FRAME_BYTES


@cache
def _sonic() -> ctypes.CDLL:
    import espeakng_loader

    library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
    stream = ctypes.c_void_p
    for name, takes, gives in (
        ("sonicCreateStream", (ctypes.c_int, ctypes.c_int), stream),
        ("sonicDestroyStream", (stream,), None),
        ("sonicSetSpeed", (stream, ctypes.c_float), None),
        ("sonicWriteShortToStream", (stream, ctypes.c_char_p, ctypes.c_int), ctypes.c_int),
        ("sonicReadShortFromStream", (stream, ctypes.c_char_p, ctypes.c_int), ctypes.c_int),
        ("sonicSamplesAvailable", (stream,), ctypes.c_int),
    ):
        function = getattr(library, name)
        function.argtypes, function.restype = takes, gives
    return library


class Stretcher:
    """One endless stream of int16 mono frames in, the same at another speed out.

    Every piece of output says where in the input it comes from. That is not modelled but known:
    Sonic takes its next step exactly when the two longest periods it may need have arrived, so
    a step seen after feeding a small block began that many frames back. Nothing adds up.
    """

    def __init__(self, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self._step_needs_frames = 2 * (sample_rate // _LOWEST_PITCH_HZ)
        self._speed = 1.0
        self._stream: int | None = None
        self._fed_frames = 0
        self._is_holding = False
        self._buffer = ctypes.create_string_buffer(_FRAME_BYTES * 8192)

    def __del__(self) -> None:
        if self._stream is not None:
            _sonic().sonicDestroyStream(self._stream)

    @property
    def fed_frames(self) -> int:
        """How many frames have been fed in all."""
        return self._fed_frames

    @property
    def is_holding(self) -> bool:
        """Whether some of what was fed is still held back."""
        return self._is_holding

    def set_speed(self, speed: float) -> None:
        """Use another speed for what is fed from now on; the joint is seamless."""
        speed = min(MAX_SPEED, max(MIN_SPEED, speed))
        if math.isclose(speed, 1.0, abs_tol=1e-3):
            speed = 1.0  # a copy, bit by bit
        self._speed = speed
        if speed != 1.0 and self._stream is None:
            self._stream = _sonic().sonicCreateStream(self._sample_rate, 1)
            if self._stream is None:
                raise MemoryError
        if self._stream is not None:
            _sonic().sonicSetSpeed(self._stream, speed)

    def feed(self, pcm: bytes) -> list[Stretched]:
        """Take frames in; return what has become ready, in order, maybe nothing yet."""
        if self._speed == 1.0:
            return self._copy(pcm)
        ready = []
        block_bytes = _BLOCK_FRAMES * _FRAME_BYTES
        for at in range(0, len(pcm), block_bytes):
            out = self._write(pcm[at : at + block_bytes])
            if out:
                # the step began somewhere in the block: its middle halves the error
                began = self._fed_frames - self._step_needs_frames - _BLOCK_FRAMES // 2
                ready.append(Stretched(out, max(0, began), self._speed))
        self._is_holding = True
        return ready

    def drain(self) -> list[Stretched]:
        """Return what is still held back, at speed 1; one frame of silence is fed for it."""
        if not self._is_holding:
            return []
        speed = self._speed
        self.set_speed(1.0)
        rest = self._copy(bytes(_FRAME_BYTES))
        self.set_speed(speed)
        return rest

    def _copy(self, pcm: bytes) -> list[Stretched]:
        if not pcm:
            return []
        if self._is_holding:
            out = self._write(pcm)  # at speed 1 Sonic hands on all it holds, untouched
            self._is_holding = False
        else:
            out = pcm
            self._fed_frames += len(pcm) // _FRAME_BYTES
        return [Stretched(out, self._fed_frames - len(out) // _FRAME_BYTES, 1.0)]

    def _write(self, pcm: bytes) -> bytes:
        sonic, stream = _sonic(), self._stream
        if not sonic.sonicWriteShortToStream(stream, pcm, len(pcm) // _FRAME_BYTES):
            raise MemoryError
        self._fed_frames += len(pcm) // _FRAME_BYTES
        out = b""
        while count := sonic.sonicSamplesAvailable(stream):
            room = min(count, len(self._buffer) // _FRAME_BYTES)
            got = sonic.sonicReadShortFromStream(stream, self._buffer, room)
            out += self._buffer.raw[: got * _FRAME_BYTES]
        return out
