"""How a process of our own gives memory back to the system: glibc's way is to keep most of it."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h


def give_large_blocks_back(larger_than_bytes: int) -> None:
    """Have glibc give blocks of so many bytes and more back as soon as they are freed.

    Left alone it raises its threshold with each that is freed and then cuts them from its heap,
    where ever new lengths leave ever more holes (mallopt(3)). Does nothing with another C library.
    """
    _call_glibc("mallopt", _M_MMAP_THRESHOLD, larger_than_bytes)
    _call_glibc("mallopt", _M_TRIM_THRESHOLD, larger_than_bytes)


def give_freed_memory_back() -> None:
    """Have glibc give back the whole pages that are free, also those in the midst of its heap.

    It does so by itself at the heap's end only (malloc_trim(3)). Takes milliseconds.
    """
    _call_glibc("malloc_trim", 0)


def _call_glibc(name: str, *arguments: int) -> None:
    if sys.platform == "linux" and (function := _of_c_library(name)) is not None:
        function(*arguments)


@cache
def _of_c_library(name: str) -> Any:
    """Return a function of this process's C library; None if it has none of that name.

    Kept: each time the library is asked for ctypes makes classes, and one calls after every word.
    """
    import ctypes

    return getattr(ctypes.CDLL(None), name, None)
