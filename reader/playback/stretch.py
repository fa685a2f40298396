"""Changes the speed of speech and keeps its pitch, streaming, with Sonic.

Sonic (Bill Cox, 2010) overlaps and adds pitch periods; a build of it lies in the shared library
that espeakng_loader brings. It is loaded when the speed first differs from 1. Not thread-safe:
a stretcher belongs to whoever holds the lock of its frame source.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from dataclasses import dataclass
from functools import cache

MIN_SPEED = 0.5
MAX_SPEED = 4.0

_FRAME_BYTES = 2
_LOWEST_PITCH_HZ = 65  # Sonic looks for no longer period than that
_BLOCK_FRAMES = 64  # fed at a time: how finely the way from output to input is known
_HARDLY_FASTER = 1.0005  # at exactly 1 Sonic would hand on all it holds, in a step of no known size


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
        ("sonicSetQuality", (stream, ctypes.c_int), None),
        ("sonicSetSpeed", (stream, ctypes.c_float), None),
        ("sonicWriteShortToStream", (stream, ctypes.c_char_p, ctypes.c_int), ctypes.c_int),
        ("sonicReadShortFromStream", (stream, ctypes.c_char_p, ctypes.c_int), ctypes.c_int),
        ("sonicSamplesAvailable", (stream,), ctypes.c_int),
        ("sonicFlushStream", (stream,), ctypes.c_int),
    ):
        function = getattr(library, name)
        function.argtypes, function.restype = takes, gives
    return library


class Stretcher:
    """One endless stream of int16 mono frames in, the same at another speed out.

    Every piece of output says where in the input it comes from. That is not modelled but known:
    Sonic takes its next step exactly when the two longest periods it may need have arrived, so
    a step seen after feeding a small block began that many frames back. Nothing adds up.

    At speed 1 the input is handed on as it is; coming from another speed, from the next silence on.
    """

    def __init__(self, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self._step_needs_frames = 2 * (sample_rate // _LOWEST_PITCH_HZ)
        self._speed = 1.0
        self._stream: int | None = None
        self._fed_frames = 0  # of the input, what was skipped included
        self._skipped_frames = 0
        self._skips: deque[tuple[int, int]] = deque()  # where, and how much had been skipped before
        self._known_frame = 0  # of the input: output from before it is all out
        self._is_holding = False
        self._buffer = ctypes.create_string_buffer(_FRAME_BYTES * 8192)

    def __del__(self) -> None:
        if self._stream is not None:
            _sonic().sonicDestroyStream(self._stream)

    @property
    def fed_frames(self) -> int:
        """How many frames have been fed in all, and skipped."""
        return self._fed_frames

    @property
    def is_holding(self) -> bool:
        """Whether some of what was fed is still held back."""
        return self._is_holding

    def set_speed(self, speed: float) -> None:
        """Use another speed for what is fed from now on; the joint is seamless."""
        speed = 1.0 if math.isclose(speed, 1.0, abs_tol=1e-3) else speed
        if speed == self._speed:
            return
        self._speed = speed
        if self._speed != 1.0 and self._stream is None:
            self._stream = _sonic().sonicCreateStream(self._sample_rate, 1)
            if self._stream is None:
                raise MemoryError
        if self._stream is not None:
            sonic_speed = _HARDLY_FASTER if self._speed == 1.0 else self._speed
            _sonic().sonicSetSpeed(self._stream, sonic_speed)
            # periods are found at the full rate where many of them are left out in a row
            _sonic().sonicSetQuality(self._stream, int(self._speed > 1.0))

    def feed(self, pcm: bytes) -> list[Stretched]:
        """Take frames in; return what has become ready, in order, maybe nothing yet."""
        ready: list[Stretched] = []
        if self._speed == 1.0 and not any(pcm):
            ready += self.drain()  # it fills up with silence, which is what comes
        if self._speed == 1.0 and not self._is_holding:
            return [*ready, *self._copy(pcm)]
        block_bytes = _BLOCK_FRAMES * _FRAME_BYTES
        for at in range(0, len(pcm), block_bytes):
            ready += self._stretch(pcm[at : at + block_bytes])
        return ready

    def skip(self, frame_count: int) -> None:
        """Take so many frames of input as fed, which aren't: nothing comes out for them."""
        if self._is_holding:
            self._skips.append((self._fed_frames, self._skipped_frames))
        self._skipped_frames += frame_count
        self._fed_frames += frame_count

    def drain(self) -> list[Stretched]:
        """Return what is still held back, as if silence followed; none of that is returned."""
        if not self._is_holding:
            return []
        end = self._fed_frames
        pieces: list[Stretched] = []
        while self._known_frame < end + _BLOCK_FRAMES // 2:  # it may be out by half a block
            pieces += self._stretch(bytes(_BLOCK_FRAMES * _FRAME_BYTES))
        _sonic().sonicFlushStream(self._stream)
        self._read()
        self._fed_frames = self._known_frame = end
        self._skips.clear()
        self._is_holding = False
        clipped = [_clipped(piece, end) for piece in pieces]
        return [piece for piece in clipped if piece.pcm]

    def _stretch(self, block: bytes) -> list[Stretched]:
        frame_count = len(block) // _FRAME_BYTES
        if not _sonic().sonicWriteShortToStream(self._stream, block, frame_count):
            raise MemoryError
        self._is_holding = True
        self._fed_frames += frame_count
        out = self._read()
        if not out:
            return []
        # the step began somewhere in the block: its middle halves the error
        began = self._input_frame(self._step_needs_frames + frame_count // 2)
        self._known_frame = max(self._known_frame, began)
        return [Stretched(out, self._known_frame, self._speed)]

    def _input_frame(self, back: int) -> int:
        """Return which frame of input was fed `back` frames ago, over what was skipped since."""
        frame = self._fed_frames - self._skipped_frames - back  # without all skips
        while self._skips and self._skips[0][0] - self._skips[0][1] <= frame:
            self._skips.popleft()
        return frame + (self._skips[0][1] if self._skips else self._skipped_frames)

    def _copy(self, pcm: bytes) -> list[Stretched]:
        began = self._fed_frames
        self._fed_frames = self._known_frame = began + len(pcm) // _FRAME_BYTES
        return [Stretched(pcm, began, 1.0)] if pcm else []

    def _read(self) -> bytes:
        out = b""
        while count := _sonic().sonicSamplesAvailable(self._stream):
            room = min(count, len(self._buffer) // _FRAME_BYTES)
            got = _sonic().sonicReadShortFromStream(self._stream, self._buffer, room)
            out += self._buffer.raw[: got * _FRAME_BYTES]
        return out


def _clipped(piece: Stretched, end: int) -> Stretched:
    """Return a piece without the silence in it that stands for input from `end` on.

    Where the last step was not known to a frame, sound may lie there: it dies away by itself.
    """
    frame_count = math.ceil(max(0, end - piece.input_frame) / piece.frames_per_frame)
    sounding = math.ceil(len(piece.pcm.rstrip(b"\0")) / _FRAME_BYTES)
    pcm = piece.pcm[: max(frame_count, sounding) * _FRAME_BYTES]
    return Stretched(pcm, min(piece.input_frame, end), piece.frames_per_frame)
