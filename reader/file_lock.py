"""A lock on a file, held by one program at a time; the system lets it go when that program ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


class FileLock:
    """Locks a file that is made for it. Unlike a file with a number in it, no crash can leave it.

    QLockFile has to write, which costs 4 to 12 ms: as much as a fifth of the window's start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this program holds it."""
        return self._descriptor is not None

    def take(self) -> bool:
        """Take it without waiting; return False if another has it, in this program or another one.

        Raises:
            OSError: it can't be had by anybody, such as on a disk one may not write to.
        """
        while self._descriptor is None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                is_free = _lock(descriptor)
                is_there = _is_still(self._path, descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            if is_free and is_there:
                self._descriptor = descriptor
                break
            os.close(descriptor)
            if is_there:
                return False  # else whoever had it has just removed it: it can be made anew
        return True

    def release(self, *, removes_file: bool = False) -> None:
        """Let another have it; the file stays unless it is to be removed."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            if removes_file:
                with suppress(OSError):  # Windows keeps a file that is open
                    self._path.unlink()
            with suppress(OSError):
                os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _lock(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:

    def _lock(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
