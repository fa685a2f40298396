"""A lock that one program holds on a folder; the system lets it go when that program ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


class FolderLock:
    """Locks a file, which stays. Unlike a file with a number in it, it can't be left by a crash.

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
        """Take it without waiting; return False if another program has it.

        Raises:
            OSError: it can't be had by anybody, such as on a disk one may not write to.
        """
        if self._descriptor is not None:
            return True
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(
            self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600
        )
        try:
            is_free = _lock(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        if is_free:
            self._descriptor = descriptor
        else:
            os.close(descriptor)
        return is_free

    def release(self) -> None:
        """Let another have it."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


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
