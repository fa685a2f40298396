"""A file that one holder at a time has, in this program or another; let go when a program ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


class FileIsHeld(Exception):
    """Somebody else has it."""


class HeldFile:
    """An empty file that is ours until the end of the `with` block, and is gone then."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def __enter__(self) -> None:
        return

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # Windows keeps a file that is open
            self._path.unlink()
        os.close(self._descriptor)


def held_file(path: Path) -> HeldFile:
    """Make the file at `path` ours at once; to be used in a `with` statement.

    Raises:
        FileIsHeld: somebody else has it.
        OSError: it can't be made.
    """
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
            if _is_still(path, descriptor):
                return HeldFile(path, descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # whoever had it has just removed it


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise FileIsHeld from error
