"""How a process of our own gives back the memory of large blocks, such as sound."""

from __future__ import annotations

import sys
from contextlib import suppress

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h


def give_large_blocks_back(larger_than_bytes: int) -> None:
    """Have glibc give blocks of so many bytes and more back as soon as they are freed.

    Left alone it raises its threshold with each that is freed and then cuts them from its heap,
    where ever new lengths leave ever more holes (mallopt(3)). Does nothing with another C library.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(AttributeError):
            set_option = ctypes.CDLL(None).mallopt
            set_option(_M_MMAP_THRESHOLD, larger_than_bytes)
            set_option(_M_TRIM_THRESHOLD, larger_than_bytes)
