"""Finds the entries of a ZIP archive whose directory is lost, such as one cut off while it came.

Each entry has a header of its own before its data (APPNOTE 6.3.10, 4.3.7).
"""

from __future__ import annotations

import io
import mmap
import os
import struct
from collections.abc import Iterator

from reader.values import value

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_SIGNATURE = b"PK\x03\x04"
_DIRECTORY_SIGNATURE = b"PK\x01\x02"
_HAS_UTF8_NAME = 0x800
_HAS_SIZES_BEHIND = 0x8
_ENCRYPTED = 0x1
_LIKELY_RATIO = 3
_LARGEST_BYTES = 150_000_000  # to search a file brings all of it into memory


@value
class Header:
    """What is told before an entry's data. Sizes that aren't told are the most there can be."""

    name: str
    method: int
    size_bytes: int
    packed_bytes: int
    offset: int


def recovered_entries(file: io.FileIO, most: int) -> Iterator[Header]:
    """Yield the headers found in the file, at most so many."""
    if os.fstat(file.fileno()).st_size > _LARGEST_BYTES:
        return
    try:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return
    with content:
        at = content.find(_SIGNATURE)
        while at >= 0 and most > 0 and at + _LOCAL_HEADER.size <= len(content):
            header, end = _header_at(content, at)
            if header is not None:
                most -= 1
                yield header
            at = content.find(_SIGNATURE, end)


def _header_at(content: mmap.mmap, at: int) -> tuple[Header | None, int]:
    """Return the header and where its entry's data end."""
    fields = _LOCAL_HEADER.unpack_from(content, at)
    _, _, flags, method, _, _, _, packed_bytes, size_bytes, name_bytes, extra_bytes = fields
    name_start = at + _LOCAL_HEADER.size
    start = name_start + name_bytes + extra_bytes
    if start > len(content):
        return None, at + len(_SIGNATURE)
    if flags & _HAS_SIZES_BEHIND and not packed_bytes:
        following = content.find(_SIGNATURE, start)
        if following < 0:
            following = content.find(_DIRECTORY_SIGNATURE, start)
        packed_bytes = (len(content) if following < 0 else following) - start
        size_bytes = packed_bytes * _LIKELY_RATIO
    packed_bytes = min(packed_bytes, len(content) - start)
    raw = content[name_start : name_start + name_bytes]
    name = raw.decode("utf-8" if flags & _HAS_UTF8_NAME else "cp437", "replace")
    if flags & _ENCRYPTED or not name or name.endswith("/"):
        return None, start + packed_bytes
    return Header(name, method, size_bytes, packed_bytes, at), start + packed_bytes
