"""A file on disk, looked at before it is believed: a regular one, not too large, read whole."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path

from reader.errors import (
    TextEmpty,
    TextIsFolder,
    TextMissing,
    TextNotAFile,
    TextNotPermitted,
    TextReadFailed,
    TextTooLarge,
    UnreadableText,
    system_reason,
)
from reader.values import value

HEAD_BYTES = 4096
_PIECE_BYTES = 1 << 20
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL}
_NOT_PERMITTED = {errno.EACCES, errno.EPERM}

ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06")
COMPOUND_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How archives begin, and the compound files of older Office programs."""

FileState = tuple[int, int, int]
"""Modification time in nanoseconds, size in bytes, inode: by these one sees that a file changed."""


@value
class Source:
    """A regular file that holds something: its first `HEAD_BYTES` bytes, and the rest on demand.

    `password` is what the user gave to open it with, empty for none.
    """

    path: Path
    head: bytes
    password: str = ""

    def read(self, limit_bytes: int) -> bytes:
        """Return the whole content.

        Raises:
            TextTooLarge: it is larger than `limit_bytes`; nothing, or at most that much, was read.
            TextReadFailed: the file system gave up, or the file changed while it was read.
        """
        return _read(self.path, limit_bytes, whole=True)

    def open(self) -> io.FileIO:
        """Return the file, open for reading; whoever asked closes it.

        Raises:
            UnreadableText: it went away since it was looked at, or the file system gave up.
        """
        try:
            return _opened(self.path)
        except OSError as error:
            raise _typed(self.path, error) from error


def look_at(path: Path, password: str = "") -> Source:
    """Open the file for a first look.

    Raises:
        UnreadableText: missing, a folder, a device or pipe, not permitted, or without a byte.
    """
    head = _read(path, HEAD_BYTES, whole=False)
    if not head:
        raise TextEmpty(path)
    return Source(path, head, password)


def _read(path: Path, limit_bytes: int, *, whole: bool) -> bytes:
    try:
        with _opened(path) as file:
            found = os.fstat(file.fileno())
            _check_kind(path, found)
            if whole and found.st_size > limit_bytes:
                raise TextTooLarge(path, found.st_size, limit_bytes)
            content = _read_at_most(file, limit_bytes + 1 if whole else limit_bytes)
    except ValueError as error:  # a name that no file can have, such as one with a NUL in it
        raise TextMissing(path) from error
    except OSError as error:
        raise _typed(path, error) from error
    if whole and len(content) > limit_bytes:
        raise TextTooLarge(path, len(content), limit_bytes)
    if whole and len(content) < found.st_size:
        raise TextReadFailed(path, "it became shorter while it was read")
    return content


def _opened(path: Path) -> io.FileIO:
    # Looked at before it is opened: to open a device can already move it.
    _check_kind(path, os.stat(path))
    # A pipe put there in between would block the open for ever without O_NONBLOCK.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    return open(number, "rb", buffering=0)


def _check_kind(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise TextIsFolder(path)
    if not stat.S_ISREG(found.st_mode):
        raise TextNotAFile(path)


def _read_at_most(file: io.FileIO, limit_bytes: int) -> bytes:
    # Not by the size the system tells: files under /proc tell 0, and a file may still be growing.
    content = bytearray()
    while len(content) < limit_bytes:
        piece = file.read(min(_PIECE_BYTES, limit_bytes - len(content)))
        if not piece:
            break
        content += piece
    return bytes(content)


def _typed(path: Path, error: OSError) -> UnreadableText:
    if error.errno in _MISSING:
        return TextMissing(path)
    if error.errno in _NOT_PERMITTED:
        return TextNotPermitted(path)
    return TextReadFailed(path, system_reason(error))


def state_of(path: Path) -> FileState | None:
    """Return how a file looks from outside; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
