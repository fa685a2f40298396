"""Sonic (Bill Cox, 2010), which most readers play faster with: what ours is held against.

It overlaps and adds pitch periods. A build of it lies in the library that espeakng_loader brings.
"""

from __future__ import annotations

import ctypes
from functools import cache

_FRAME_BYTES = 2


@cache
def _library() -> ctypes.CDLL:
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


def played_by_sonic(pcm: bytes, sample_rate: int, speed: float) -> bytes:
    """Return int16 mono PCM at a speed, stretched evenly, at its better quality."""
    sonic = _library()
    stream = sonic.sonicCreateStream(sample_rate, 1)
    if not stream:
        raise MemoryError
    try:
        sonic.sonicSetSpeed(stream, speed)
        sonic.sonicSetQuality(stream, 1)
        if not sonic.sonicWriteShortToStream(stream, pcm, len(pcm) // _FRAME_BYTES):
            raise MemoryError
        sonic.sonicFlushStream(stream)
        count = sonic.sonicSamplesAvailable(stream)
        room = ctypes.create_string_buffer(count * _FRAME_BYTES)
        got = sonic.sonicReadShortFromStream(stream, room, count)
        return room.raw[: got * _FRAME_BYTES]
    finally:
        sonic.sonicDestroyStream(stream)
