"""A ZIP archive that is read in place, with care: nothing is unpacked to disk, all is bounded.

Damaged archives give what they still hold: a directory that is gone is made anew from the entries'
own headers, and an entry that breaks off is read up to there (APPNOTE 6.3.10; EPUB 3.3, OCF).
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import stat
import struct
import unicodedata
import weakref
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from reader.errors import ArchiveUnsafe, TextDamaged, TextReadFailed, system_reason
from reader.formats.archive_recovery import recovered_entries
from reader.formats.source import Source
from reader.values import value

MOST_ENTRIES = 50_000
"""More than any book has; a directory of them takes 0.4 s and 40 MB to read."""

_LONGEST_DIRECTORY_BYTES = 6_000_000
_END_RECORD = struct.Struct("<4s4H2LH")
_END_64_RECORD = struct.Struct("<4sQ2H2L4Q")
_END_64_LOCATOR = struct.Struct("<4sLQL")
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = (1 << 16) + _END_RECORD.size
_BOMB_BYTES = 5_000_000
_BOMB_RATIO = 200
"""Text packs to between a third and a fortieth of its size; deflate's most is a thousandth."""

_DRIVE = re.compile(r"[A-Za-z]:")
_PIECE_BYTES = 1 << 16
_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError, struct.error),
    *(OverflowError, EOFError, IndexError, RuntimeError),
)


@value
class Entry:
    """A file in the archive. `size_bytes` and `checksum` (CRC-32) are what the directory says."""

    name: str
    size_bytes: int
    packed_bytes: int
    checksum: int
    header_offset: int
    method: int = zipfile.ZIP_DEFLATED
    is_encrypted: bool = False


@value
class Content:
    """What an entry holds; not all of it if `is_whole` is false."""

    data: bytes
    is_whole: bool


class Archive:
    """The entries of an archive by name. Open for as long as it lives; used from any thread."""

    def __init__(self, source: Source) -> None:
        """Read the directory.

        Raises:
            TextDamaged: there is no entry in it.
            ArchiveUnsafe: too many entries, or names that lead outside.
            UnreadableText: the file went away.
        """
        self._path = source.path
        self._file = source.open()
        weakref.finalize(self, self._file.close)
        self._lock = Lock()
        self._version = self._version_now()
        self.is_damaged = False
        self._entries = {entry.name: entry for entry in self._read_directory()}
        self._names = {_folded(name): name for name in reversed(self._entries)}

    def find(self, name: str) -> Entry | None:
        """Return the entry of that name, or of the one that differs least: in case, in slashes."""
        found = self._entries.get(name)
        if found is None and (other := self._names.get(_folded(name))) is not None:
            found = self._entries[other]
        return found

    def names(self) -> Iterable[str]:
        """Return the entries' names in the directory's order."""
        return self._entries.keys()

    def read(self, entry: Entry, limit_bytes: int) -> Content | None:
        """Return what the entry holds, as far as it can be read; None if nothing of it can be.

        Raises:
            ArchiveUnsafe: it unpacks to more than `limit_bytes`, whatever the directory says.
            TextReadFailed: the file system gave up.
        """
        if entry.is_encrypted or entry.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return None
        try:
            with self._lock:
                packed = self._packed(entry, limit_bytes)
                is_changed = self._version_now() != self._version
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise TextReadFailed(self._path, reason) from error
        if is_changed:
            raise TextReadFailed(self._path, "it changed while it was open")
        if packed is None:
            return None
        is_sound = True
        data = packed
        if entry.method == zipfile.ZIP_DEFLATED:
            data, is_sound = _inflated(packed, limit_bytes + 1)
        if len(data) > limit_bytes:
            raise ArchiveUnsafe(
                self._path, f"a part of it unpacks to more than {limit_bytes / 1e6:,.0f} MB"
            )
        is_sound = is_sound and (not entry.checksum or zlib.crc32(data) == entry.checksum)
        return Content(data, is_sound) if data or is_sound else None

    def head(self, entry: Entry, size_bytes: int) -> bytes | None:
        """Return about the first `size_bytes` of an entry, unchecked; None if it can't be read."""
        if entry.is_encrypted or entry.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return None
        try:
            with self._lock:
                packed = self._packed(entry, size_bytes)
        except (OSError, ValueError):
            return None
        if packed is None or entry.method == zipfile.ZIP_STORED:
            return packed
        return _inflated(packed, size_bytes)[0]

    def _packed(self, entry: Entry, limit_bytes: int) -> bytes | None:
        self._file.seek(entry.header_offset)
        header = self._file.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            return None
        *_, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
        self._file.seek(name_bytes + extra_bytes, io.SEEK_CUR)
        # Deflated data may be a little longer than what it unpacks to, never much.
        wanted = min(entry.packed_bytes, limit_bytes + (limit_bytes >> 6) + _PIECE_BYTES)
        return self._file.read(wanted)

    def _version_now(self) -> tuple[int, int]:
        found = os.fstat(self._file.fileno())
        return found.st_size, found.st_mtime_ns

    def _read_directory(self) -> list[Entry]:
        try:
            self._check_directory_size()
            with zipfile.ZipFile(self._file) as directory:
                found = directory.infolist()
            if len(found) > MOST_ENTRIES:
                raise ArchiveUnsafe(self._path, f"it holds {len(found):,} files")
            entries = [_entry(info) for info in found if not info.is_dir()]
            self._check_names(found)
        except _BROKEN:
            entries = []
        except OSError as error:
            raise TextReadFailed(self._path, system_reason(error)) from error
        if not entries:
            self.is_damaged = True
            entries = [
                Entry(header.name, header.size_bytes, header.packed_bytes, 0, header.offset, m)
                for header in recovered_entries(self._file, MOST_ENTRIES)
                if (m := header.method) in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
                and not _leads_outside(header.name)
            ]
        if not entries:
            raise TextDamaged(self._path, "it is no ZIP archive, or there is nothing left of it")
        return entries

    def _check_directory_size(self) -> None:
        """Look at the directory's end record first: zipfile reads all entries before it returns."""
        size = self._file.seek(0, io.SEEK_END)
        start = self._file.seek(max(size - _LONGEST_COMMENT, 0))
        tail = self._file.read(_LONGEST_COMMENT)
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) - at < _END_RECORD.size:
            return
        _, _, _, _, count, directory_bytes, _, _ = _END_RECORD.unpack_from(tail, at)
        locator_at = start + at - _END_64_LOCATOR.size
        if locator_at >= 0:
            self._file.seek(locator_at)
            locator = self._file.read(_END_64_LOCATOR.size)
            if locator.startswith(b"PK\x06\x07"):
                self._file.seek(max(locator_at - _END_64_RECORD.size, 0))
                record = self._file.read(_END_64_RECORD.size)
                if len(record) == _END_64_RECORD.size and record.startswith(b"PK\x06\x06"):
                    *_, count, directory_bytes, _ = _END_64_RECORD.unpack(record)
        if count > MOST_ENTRIES or directory_bytes > _LONGEST_DIRECTORY_BYTES:
            count = max(count, directory_bytes // 100)
            raise ArchiveUnsafe(self._path, f"it holds about {count:,} files")

    def _check_names(self, entries: Iterable[zipfile.ZipInfo]) -> None:
        for info in entries:
            if _leads_outside(info.orig_filename):
                raise ArchiveUnsafe(
                    self._path, f"a file in it is named {info.orig_filename[:80]}, outside of it"
                )
            if info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16):
                raise ArchiveUnsafe(
                    self._path, f"{info.filename[:80]} in it is a link to somewhere else"
                )


def refuse_bomb(path: Path, size_bytes: int, packed_bytes: int) -> None:
    """Raise ArchiveUnsafe for what unpacks to so many times its size that no text does."""
    if size_bytes > max(_BOMB_BYTES, packed_bytes * _BOMB_RATIO):
        times = size_bytes / max(packed_bytes, 1)
        raise ArchiveUnsafe(path, f"it unpacks to {times:,.0f} times its size")


def _entry(info: zipfile.ZipInfo) -> Entry:
    return Entry(
        info.filename,
        info.file_size,
        info.compress_size,
        info.CRC,
        info.header_offset,
        info.compress_type,
        bool(info.flag_bits & _ENCRYPTED),
    )


def _folded(name: str) -> str:
    path = posixpath.normpath(name.replace("\\", "/")).lstrip("/")
    return unicodedata.normalize("NFC", path).casefold()


def _leads_outside(name: str) -> bool:
    path = name.replace("\\", "/")
    return (
        path.startswith("/")
        or _DRIVE.match(path) is not None
        or posixpath.normpath(path).split("/", 1)[0] == ".."
    )


def _inflated(packed: bytes, most_bytes: int) -> tuple[bytes, bool]:
    """Return at most `most_bytes` of what deflated data holds, and whether it was sound so far."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    data = bytearray()
    # In pieces, since a fault takes with it all that its call would have given.
    for start in range(0, len(packed), _PIECE_BYTES):
        piece = packed[start : start + _PIECE_BYTES]
        try:
            data += inflater.decompress(piece, most_bytes - len(data))
        except zlib.error:
            return bytes(data), False
        if inflater.eof or len(data) >= most_bytes:
            return bytes(data), True
    return bytes(data), False
